package dev.riskmanager.admin.app;

import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
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
    Options.folded(lines.stream().map(line -> "risk-admin: " + line).toList())
        .forEach(err::println);
    return switch (e) {
      case CommandException failure -> failure.exitCode();
      case StartException failure -> failure.exitCode();
      case ControlException refused -> refused.exitCode();
      default -> FAILED;
    };
  }
}
