package dev.riskmanager.daemon.app;

import java.util.List;

/** The engine cannot start, and only a person can change that. */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1;

  private static final int FAILED = 1;
  private static final int NOT_AUTHENTICATED = 4;

  private final transient List<String> lines;
  private final int exitCode;
  private final boolean leavesUnprotected;

  /**
   * Says what is wrong and what to do.
   *
   * @param lines one for each thing that is wrong
   */
  public StartException(List<String> lines) {
    this(lines, FAILED, true);
  }

  private StartException(List<String> lines, int exitCode, boolean leavesUnprotected) {
    super(String.join("\n", lines));
    this.lines = List.copyOf(lines);
    this.exitCode = exitCode;
    this.leavesUnprotected = leavesUnprotected;
  }

  public StartException(String line) {
    this(List.of(line));
  }

  /** A password was missing, wrong or not looked at. */
  static StartException notAuthenticated(String line) {
    return new StartException(List.of(line), NOT_AUTHENTICATED, true);
  }

  /** Another engine runs on this home: nobody misses this one. */
  static StartException anotherRuns(String line) {
    return new StartException(List.of(line), FAILED, false);
  }

  /** Whether nobody protects the accounts because of this. */
  boolean leavesUnprotected() {
    return leavesUnprotected;
  }

  /** What a program ends with because of this. */
  public int exitCode() {
    return exitCode;
  }

  /** One line for each thing that is wrong. */
  public List<String> lines() {
    return lines;
  }
}
