package dev.riskmanager.admin.shell;

import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Session;
import dev.riskmanager.wire.HomeDir;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.SyntaxError;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine;

/** Puts a shell together: on a terminal, or for lines that come from a file or a pipe. */
public final class ShellRunner {
  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final int KEPT_LINES = 1000;

  private final Options options;
  private final HomeDir home;
  private final Shell.Commands commands;

  public ShellRunner(Options options, Shell.Commands commands) throws CommandException {
    this.options = options;
    this.home = options.homeDir();
    this.commands = commands;
  }

  /**
   * The shell on a terminal.
   *
   * @return the exit code
   */
  public int onTerminal() throws IOException, InterruptedException {
    try (Terminal terminal = TerminalBuilder.builder().name("risk-admin").system(true).build()) {
      OnTerminal asker = new OnTerminal();
      IdleLock idle = new IdleLock(IDLE, System::nanoTime);
      try (ShellSession session =
              new ShellSession(
                  home, Options.name(), asker, () -> options.passwords().given(), idle);
          Watch watch =
              new Watch(home.adminSocket(), Options.name(), Duration.ofSeconds(1), asker::notice)) {
        Shell shell =
            new Shell(terminal, new ShellHistory(), session, watch, commands, options.color());
        asker.shell = shell;
        keepHistory(shell.reader(), terminal.writer());
        watch.start();
        int code = shell.run();
        shell.saveHistory();
        return code;
      }
    }
  }

  private static void keepHistory(LineReader reader, PrintWriter out) {
    Path file = ShellHistory.file(System.getenv(), HomeDir.userHome(System.getenv()));
    try {
      ShellHistory.prepare(file);
      reader.setVariable(LineReader.HISTORY_FILE, file);
      reader.setVariable(LineReader.HISTORY_FILE_SIZE, KEPT_LINES);
      reader.setVariable(LineReader.HISTORY_SIZE, KEPT_LINES);
      reader.getHistory().load();
    } catch (IOException e) {
      out.println("risk-admin: no history is kept: " + e.getMessage());
    }
  }

  /** Asks through the reader of the shell. */
  private static final class OnTerminal implements ShellSession.Asker {
    private volatile @org.jspecify.annotations.Nullable Shell shell;

    private LineReader reader() {
      Shell known = shell;
      if (known == null) {
        throw new IllegalStateException("the shell is not there yet");
      }
      return known.reader();
    }

    void notice(String text) {
      Shell known = shell;
      if (known != null) {
        known.notice(text);
      }
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
      LineReader reader = reader();
      boolean kept = Boolean.TRUE.equals(reader.getVariable(LineReader.DISABLE_HISTORY));
      boolean completes = Boolean.TRUE.equals(reader.getVariable(LineReader.DISABLE_COMPLETION));
      reader.setVariable(LineReader.DISABLE_HISTORY, true);
      reader.setVariable(LineReader.DISABLE_COMPLETION, true);
      try {
        return reader.readLine(prompt, mask);
      } catch (UserInterruptException | EndOfFileException e) {
        Thread.interrupted();
        throw new CommandException("given up; nothing was changed");
      } finally {
        reader.setVariable(LineReader.DISABLE_HISTORY, kept);
        reader.setVariable(LineReader.DISABLE_COMPLETION, completes);
      }
    }

    @Override
    public boolean interactive() {
      return true;
    }

    @Override
    public int columns() {
      return reader().getTerminal().getWidth();
    }
  }

  /**
   * Lines of standard input, one command each; the first that fails ends it.
   *
   * @return its exit code, or 0
   */
  public int script(PrintWriter out, PrintWriter err) throws IOException, CommandException {
    // Before the lines are read: with --password-stdin the first of them is the password.
    java.util.Optional<char[]> password = options.passwords().given();
    try (ShellSession session =
        new ShellSession(
            home,
            Options.name(),
            new Nobody(),
            () -> password.map(char[]::clone),
            new IdleLock(IDLE, System::nanoTime))) {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      // Half a quote would take what follows for its text.
      DefaultParser parser = new DefaultParser().eofOnUnclosedQuote(true);
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        List<String> words;
        try {
          words = ShellLine.words(parser, line);
        } catch (SyntaxError e) {
          throw new CommandException(
              "line " + number + ": a quote is not closed", CommandLine.ExitCode.USAGE);
        }
        if (words.isEmpty()) {
          continue;
        }
        if (ShellLine.isLast(words)) {
          return 0;
        }
        if (ShellLine.isOutside(words)) {
          throw new CommandException(
              "line " + number + ": run `risk-admin " + words.getFirst() + "` outside the shell",
              CommandLine.ExitCode.USAGE);
        }
        int code =
            ScopedValue.where(Session.CURRENT, session)
                .call(() -> commands.execute(out, err, words));
        if (code != 0) {
          return code;
        }
      }
      return 0;
    } finally {
      password.ifPresent(chars -> java.util.Arrays.fill(chars, '\0'));
    }
  }

  /** Nobody sits at a script. */
  private static final class Nobody implements ShellSession.Asker {
    @Override
    public String line(String prompt) throws CommandException {
      throw new CommandException("there is no terminal to ask at");
    }

    @Override
    public char[] secret(String prompt) throws CommandException {
      throw new CommandException(
          "a password is needed and there is no terminal to ask at; use --password-stdin or"
              + " RISK_ADMIN_PASSWORD_FILE",
          CommandException.NOT_AUTHENTICATED);
    }

    @Override
    public boolean interactive() {
      return false;
    }

    @Override
    public int columns() {
      return 0;
    }
  }
}
