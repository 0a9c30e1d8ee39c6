package dev.riskmanager.admin.shell;

import dev.riskmanager.admin.render.Fold;
import dev.riskmanager.admin.render.FoldedWriter;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.OneDocument;
import dev.riskmanager.admin.session.Session;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.RulesView;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.SyntaxError;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp;
import picocli.CommandLine;

/** Reads lines and carries them out, until {@code exit} or {@code Ctrl-D}. */
public final class Shell {
  private static final int NOT_AUTHENTICATED = 4;
  private static final int NOT_RUNNING = 3;
  private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());

  private final Terminal terminal;
  private final LineReader reader;
  private final ShellSession session;
  private final Watch watch;
  private final Commands commands;
  private final boolean color;
  private final PrintWriter screen;
  private final ShellPrompt prompt;

  /** Makes the commands anew for each line: they keep what they were given. */
  @FunctionalInterface
  public interface Commands {
    CommandLine create(PrintWriter out, PrintWriter err);

    /**
     * Runs one.
     *
     * @return the exit code
     */
    default int execute(PrintWriter out, PrintWriter err, List<String> words) {
      String[] args = words.toArray(String[]::new);
      return OneDocument.of(out, err, (answer, rest) -> create(answer, rest).execute(args), args);
    }
  }

  Shell(
      Terminal terminal,
      ShellHistory history,
      ShellSession session,
      Watch watch,
      Commands commands,
      boolean color) {
    this.terminal = terminal;
    this.session = session;
    this.watch = watch;
    this.commands = commands;
    this.color = color;
    this.screen = new PrintWriter(new FoldedWriter(terminal.writer(), terminal::getWidth), true);
    CommandLine.Model.CommandSpec spec =
        commands.create(terminal.writer(), terminal.writer()).getCommandSpec();
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("risk-admin")
            .parser(new DefaultParser())
            .history(history)
            .completer(new ShellCompleter(spec, watch::latest, this::rulesNow))
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
            .option(LineReader.Option.CASE_INSENSITIVE, true)
            .build();
    this.prompt =
        new ShellPrompt(
            reader,
            () -> !session.isOpen(),
            spec.subcommands().keySet(),
            words -> commands.create(NOWHERE, NOWHERE).parseArgs(words.toArray(String[]::new)));
    history.keepOnly(prompt::mayBeKept);
  }

  LineReader reader() {
    return reader;
  }

  /** Something happened: a line above the prompt, which goes on as it was. */
  void notice(String text) {
    String line = String.join("\n", Fold.lines(List.of("*** " + text), terminal.getWidth()));
    prompt.follow();
    reader.printAbove(color ? "\033[33m" + line + "\033[0m" : line);
  }

  /**
   * Runs until the end.
   *
   * @return the exit code
   */
  int run() {
    ScheduledExecutorService ticker =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("shell-idle").factory());
    ticker.scheduleWithFixedDelay(new Idle(), 1, 1, TimeUnit.SECONDS);
    try {
      terminal.writer().println("risk-admin shell; `help` lists the commands, Ctrl-D leaves.");
      unlock();
      while (true) {
        try {
          if (!take(prompt.readLine())) {
            return 0;
          }
        } catch (UserInterruptException e) {
          // The line is given up, the shell goes on.
          Thread.interrupted();
        } catch (EndOfFileException e) {
          return 0;
        } catch (SyntaxError e) {
          screen.println("risk-admin: " + e.getMessage());
        }
      }
    } finally {
      ticker.shutdownNow();
    }
  }

  /** Asks for the password, without echo; who cannot answer may still look. */
  private void unlock() {
    try {
      session.admin().close();
    } catch (CommandException | ControlException e) {
      screen.println("risk-admin: " + e.getMessage());
    }
  }

  /** Carries out a line; false when it is the last. */
  boolean take(String text) {
    if (session.lockIfIdle()) {
      sayLocked();
    }
    session.touch();
    if (!session.isOpen() && !prompt.beginsWithCommand(text)) {
      if (!text.isBlank()) {
        screen.println("That is no command, and is kept nowhere. The password is typed here:");
      }
      unlock();
      return true;
    }
    List<String> words = ShellLine.words(reader.getParser(), text);
    if (words.isEmpty()) {
      return true;
    }
    if (ShellLine.isLast(words)) {
      return false;
    }
    switch (words.get(0)) {
      case "clear" -> terminal.puts(InfoCmp.Capability.clear_screen);
      case "history" ->
          reader
              .getHistory()
              .forEach(entry -> screen.println(entry.index() + 1 + "  " + entry.line()));
      default -> {
        if (ShellLine.isOutside(words)) {
          screen.println("risk-admin: run `risk-admin " + words.get(0) + "` outside the shell");
        } else {
          execute(words);
        }
      }
    }
    terminal.flush();
    return true;
  }

  /** Carries out a command; Ctrl-C ends the waiting, not the shell. */
  int execute(List<String> words) {
    Thread me = Thread.currentThread();
    Terminal.SignalHandler before =
        terminal.handle(
            Terminal.Signal.INT,
            signal -> {
              // The terminal has written ^C.
              screen.println();
              me.interrupt();
            });
    int code;
    try {
      PrintWriter out =
          OneDocument.isAsked(words.toArray(String[]::new)) ? terminal.writer() : screen;
      code =
          ScopedValue.where(Session.CURRENT, session)
              .call(() -> commands.execute(out, screen, words));
    } finally {
      terminal.handle(Terminal.Signal.INT, before);
    }
    if (Thread.interrupted()) {
      screen.println(
          "Interrupted. What was already asked of the engine may still be carried out; look at"
              + " `lockouts` and `rules list`.");
    }
    if (code == NOT_RUNNING || code == NOT_AUTHENTICATED) {
      session.forget();
    }
    session.touch();
    return code;
  }

  private void sayLocked() {
    notice("LOCKED after " + session.idleMinutes() + " idle minutes; Enter asks for the password");
  }

  /** Locks when nobody types and nothing runs. */
  private final class Idle implements Runnable {
    private String seen = "";

    @Override
    public void run() {
      String typed = reader.isReading() ? reader.getBuffer().toString() : "";
      if (!typed.equals(seen)) {
        seen = typed;
        session.touch();
      }
      if (session.lockIfIdle()) {
        sayLocked();
      } else {
        prompt.redraw();
      }
    }
  }

  /** Asked of the engine only when the password has been shown: completing asks nobody anything. */
  private Optional<RulesView> rulesNow() {
    if (!session.isOpen()) {
      return Optional.empty();
    }
    try (AdminClient client = session.view()) {
      return Optional.of(client.rulesList(OptionalLong.empty()));
    } catch (ControlException e) {
      return Optional.empty();
    }
  }

  /** Writes what is to be kept of the history. */
  void saveHistory() throws IOException {
    reader.getHistory().save();
  }
}
