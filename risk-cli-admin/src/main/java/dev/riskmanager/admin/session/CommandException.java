package dev.riskmanager.admin.session;

import java.util.List;

/** A command cannot be done; says why and what to do. */
public final class CommandException extends Exception {
  private static final long serialVersionUID = 1;

  /** Failed for another reason than the ones with an exit code of their own. */
  public static final int FAILED = 1;

  /** The password was missing or wrong. */
  public static final int NOT_AUTHENTICATED = 4;

  private final transient List<String> lines;
  private final int exitCode;

  public CommandException(String line) {
    this(List.of(line), FAILED);
  }

  public CommandException(String line, int exitCode) {
    this(List.of(line), exitCode);
  }

  /**
   * Several things are wrong.
   *
   * @param lines one for each
   */
  public CommandException(List<String> lines, int exitCode) {
    super(String.join("; ", lines));
    this.lines = List.copyOf(lines);
    this.exitCode = exitCode;
  }

  /** One line for each thing that is wrong. */
  public List<String> lines() {
    return lines;
  }

  public int exitCode() {
    return exitCode;
  }
}
