package dev.riskmanager.admin.shell;

import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Person;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Asks as the shell does, for a command outside it that has many questions. */
public final class TerminalPerson implements Person, AutoCloseable {
  private static final String GIVEN_UP = "given up; nothing was changed";

  /** What a shell reports of a program that Ctrl-C has ended. */
  private static final int INTERRUPTED = 130;

  private final Terminal terminal;
  private final LineReader reader;

  private TerminalPerson(Terminal terminal, BooleanSupplier mayEnd) {
    this.terminal = terminal;
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("risk-admin")
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .variable(LineReader.DISABLE_HISTORY, true)
            .variable(LineReader.DISABLE_COMPLETION, true)
            .build();
    terminal.handle(
        Terminal.Signal.INT,
        signal -> {
          if (mayEnd.getAsBoolean()) {
            System.err.println("risk-admin: " + GIVEN_UP);
            Runtime.getRuntime().halt(INTERRUPTED);
          }
        });
  }

  /**
   * Opens the terminal.
   *
   * @param mayEnd whether Ctrl-C between the questions ends the process: true as long as nothing
   *     has been changed
   */
  public static TerminalPerson open(BooleanSupplier mayEnd) throws IOException {
    return new TerminalPerson(
        TerminalBuilder.builder().name("risk-admin").system(true).build(), mayEnd);
  }

  @Override
  public String line(String prompt) throws CommandException {
    return ask(prompt, null);
  }

  @Override
  public char[] secret(String prompt) throws CommandException {
    return ask(prompt, '\0').toCharArray();
  }

  private String ask(String prompt, @org.jspecify.annotations.Nullable Character mask)
      throws CommandException {
    try {
      return reader.readLine(prompt, mask);
    } catch (UserInterruptException | EndOfFileException e) {
      Thread.interrupted();
      throw new CommandException(GIVEN_UP);
    }
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }
}
