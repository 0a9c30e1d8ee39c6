package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.ConfigText;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ConfigReport;
import dev.riskmanager.wire.RuleChange;
import dev.riskmanager.wire.RuleSetRequest;
import dev.riskmanager.wire.WireJson;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands that change a rule share: the options, the question, the outcome. */
final class RuleChanging {
  @Spec(Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec;

  @Mixin private Options options;

  @Option(
      names = "--now",
      description = "Loosening does not wait for the reset; needs a reason, kept on the audit.")
  private boolean now;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept on the audit.")
  private @Nullable String reason;

  @Option(names = "--preview", description = "Only say what it would do.")
  private boolean preview;

  @Option(names = "--yes", description = "Do not ask; needed without a terminal for what loosens.")
  private boolean yes;

  @Option(
      names = "--account",
      paramLabel = "ACCOUNT",
      description = "For this account alone, in accounts.yaml; else for all.")
  private @Nullable Long account;

  int make(String rule, String key, String value) throws Exception {
    String why = now && !preview ? Questions.reason(reason) : reason;
    try (AdminClient client = options.admin()) {
      boolean person = Options.onTerminal();
      if (preview || !yes) {
        ConfigReport report = client.rulesSet(request(rule, key, value, why, true));
        if (preview || !report.valid()) {
          return print(report);
        }
        if (person && !report.changes().isEmpty()) {
          print(report);
        }
        if (loosens(report)) {
          Questions.insist("It loosens. Change it?", false);
          ConfigReport again = client.rulesSet(request(rule, key, value, why, true));
          if (!what(again).equals(what(report))) {
            throw new CommandException(
                "the rules have changed while the question was open; nothing was changed, look"
                    + " again");
          }
        }
      }
      ConfigReport done = client.rulesSet(request(rule, key, value, why, false));
      if (yes || !person || !done.valid() || done.changes().isEmpty()) {
        return print(done);
      }
      spec.commandLine().getOut().println("Done.");
      return 0;
    }
  }

  private RuleSetRequest request(
      String rule, String key, String value, @Nullable String why, boolean onlySay) {
    return new RuleSetRequest(rule, key, value, now, why, onlySay, account);
  }

  /** The changes without their times, which go on. */
  private static List<String> what(ConfigReport report) {
    return report.changes().stream()
        .map(c -> c.rule() + " " + c.key() + " " + c.oldValue() + " " + c.newValue())
        .toList();
  }

  private static boolean loosens(ConfigReport report) {
    return report.changes().stream()
        .anyMatch(change -> change.direction() == RuleChange.Direction.LOOSENS);
  }

  private int print(ConfigReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (options.json()) {
      out.println(WireJson.write(report));
      return code(report);
    }
    PrintWriter err = spec.commandLine().getErr();
    ConfigText.problems(report).forEach(err::println);
    if (!report.valid()) {
      err.println("risk-admin: nothing was changed");
    } else if (report.changes().isEmpty()) {
      ConfigText.withdrawn(report).forEach(out::println);
      out.println(
          report.withdrawn().isEmpty()
              ? "Nothing changes: what holds is like that already."
              : "What holds goes on as it is.");
    } else {
      ConfigText.changes(report, now).forEach(out::println);
      ConfigText.history(report, true).forEach(out::println);
    }
    return code(report);
  }

  private static int code(ConfigReport report) {
    return report.valid() ? 0 : CommandException.FAILED;
  }
}
