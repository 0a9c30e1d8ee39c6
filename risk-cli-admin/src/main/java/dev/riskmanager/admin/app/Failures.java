package dev.riskmanager.admin.app;

import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.OneDocument;
import dev.riskmanager.daemon.app.StartException;
import dev.riskmanager.wire.ControlException;
import java.io.PrintWriter;
import java.util.List;

/** What a command could not do. */
final class Failures {
  private static final int FAILED = 1;

  private Failures() {}

  /**
   * Says it, one line for each reason, with what to do.
   *
   * @return the exit code
   */
  static int tell(Exception e, PrintWriter err) {
    List<String> lines =
        switch (e) {
          case CommandException failure -> failure.lines();
          case StartException failure -> failure.lines();
          case ControlException refused -> List.of(refused.getMessage());
          default -> List.of(e + "; this is a defect, please report it");
        };
    lines.forEach(line -> err.println("risk-admin: " + line));
    OneDocument.failed(
        lines, e instanceof ControlException.Refused refused ? (Integer) refused.code() : null);
    return switch (e) {
      case CommandException failure -> failure.exitCode();
      case StartException failure -> failure.exitCode();
      case ControlException refused -> refused.exitCode();
      default -> FAILED;
    };
  }
}
