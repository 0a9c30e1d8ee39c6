package dev.riskmanager.admin.app;

import dev.riskmanager.admin.command.Printers;
import dev.riskmanager.admin.command.Urgent;
import dev.riskmanager.admin.session.OneDocument;
import dev.riskmanager.admin.session.Screen;
import dev.riskmanager.trader.term.Descriptors;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code risk-admin} as it is started. It loads picocli and all the commands only where the
 * arguments do not ask plainly for one of the {@link Urgent} ones.
 */
public final class RiskAdminMain {
  private RiskAdminMain() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    boolean exact = OneDocument.isAsked(args);
    PrintWriter answer =
        Screen.folding(new PrintWriter(out, true, StandardCharsets.UTF_8), Descriptors.OUT, exact);
    PrintWriter rest =
        Screen.folding(new PrintWriter(err, true, StandardCharsets.UTF_8), Descriptors.ERR, false);
    Urgent urgent = urgent(args);
    int code = urgent == null ? RiskAdmin.run(answer, rest, args) : run(urgent, answer, rest, args);
    out.flush();
    // What is urgent leaves no thread behind, and the end of main ends the process sooner: exit()
    // sets up logging, to log itself.
    if (urgent == null || code != 0) {
      System.exit(code);
    }
  }

  /**
   * Runs one command, with its output and its messages elsewhere.
   *
   * @return the exit code
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    Urgent urgent = urgent(args);
    return urgent == null ? RiskAdmin.run(out, err, args) : run(urgent, out, err, args);
  }

  private static @Nullable Urgent urgent(String... args) {
    return args.length == 0 ? null : Urgent.read(args[0], Arrays.copyOfRange(args, 1, args.length));
  }

  private static int run(Urgent urgent, PrintWriter out, PrintWriter err, String... args) {
    return OneDocument.of(out, err, (answer, rest) -> act(urgent, answer, rest), args);
  }

  private static int act(Urgent urgent, PrintWriter out, PrintWriter err) {
    try {
      return urgent.run(new Printers(out, err));
    } catch (Exception e) {
      return Failures.tell(e, err);
    }
  }
}
