package dev.riskmanager.trader.app;

import dev.riskmanager.trader.term.Descriptors;
import dev.riskmanager.wire.ControlException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The trader's program: it shows, and can change nothing. Exit codes: 0 done, 1 failed (one line on
 * standard error says why and what to do), 2 wrong options, 3 engine not running, 10 {@code
 * --check} found an account lockout.
 */
public final class RiskTrader {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int ENGINE_NOT_RUNNING = 3;

  private RiskTrader() {}

  /**
   * The program.
   *
   * @param args its arguments
   */
  public static void main(String... args) {
    int code = run(args);
    // The end of main ends the process sooner: exit() sets up logging, to log itself.
    if (code != DONE) {
      System.exit(code);
    }
  }

  /**
   * The program inside another one, on this process's streams and terminal. Returns when the
   * command is done, in the live screen when the user quits.
   *
   * @param args its arguments
   * @return its exit code
   */
  public static int run(String... args) {
    Output output = new Output(new FileOutputStream(FileDescriptor.out));
    try (PrintStream out =
            new PrintStream(
                new BufferedOutputStream(output, 1 << 13), false, StandardCharsets.UTF_8);
        PrintStream err =
            new PrintStream(
                new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)) {
      Console console =
          new Console(
              out,
              err,
              Descriptors.isTerminal(Descriptors.OUT),
              System.getenv(),
              Clock.systemUTC(),
              System::nanoTime);
      int code = run(console, args);
      String lost = output.lost();
      return lost == null ? code : failed(console, lost, FAILED);
    }
  }

  /** The program with everything it sees of the world as an argument. */
  static int run(Console console, String... args) {
    try {
      QuickArgs quick = QuickArgs.read(args);
      return quick == null
          ? CommandTree.run(console, args)
          : Status.run(new Context(console, quick.options()), quick.request());
    } catch (ControlException.TimedOut e) {
      // That it has a process protects nobody.
      return failed(console, e.getMessage() + "; it is stopped or hangs", ENGINE_NOT_RUNNING);
    } catch (ControlException e) {
      return failed(console, e.getMessage(), e.exitCode());
    } catch (Failure e) {
      return failed(console, e.getMessage(), e.exitCode());
    } catch (IOException e) {
      return failed(console, e.getMessage(), FAILED);
    } catch (LiveStatus.Defect e) {
      return failed(
          console,
          e.getMessage() + "; this is a defect of the screen, the engine goes on: start it again",
          FAILED);
    } catch (RuntimeException e) {
      // An answer that nobody understands, or a defect of ours: never an end without a word.
      return failed(
          console,
          "could not show what the engine answered ("
              + e
              + "); compare --version with that of the engine, and look at its log",
          FAILED);
    } finally {
      console.out().flush();
    }
  }

  private static int failed(Console console, @Nullable String why, int code) {
    // What was printed before stands before the error also when both go to one file.
    console.out().flush();
    console.err().println("risk-trader: " + why);
    return code == DONE ? FAILED : code;
  }
}
