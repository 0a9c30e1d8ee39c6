package dev.riskmanager.admin.render;

import dev.riskmanager.wire.ConfigReport;
import dev.riskmanager.wire.RuleChange;
import java.util.ArrayList;
import java.util.List;

/** What is found about a configuration, as lines. */
public final class ConfigText {
  private ConfigText() {}

  /** Errors and warnings, a line each: {@code error: risk_config.yaml:3:10: message}. */
  public static List<String> problems(ConfigReport report) {
    List<String> lines = new ArrayList<>();
    for (ConfigReport.Problem problem : report.problems()) {
      String place =
          problem.line() == 0
              ? problem.file()
              : problem.file() + ":" + problem.line() + ":" + problem.column();
      lines.add((problem.error() ? "error: " : "warning: ") + place + ": " + problem.message());
    }
    return lines;
  }

  /** Each change: old and new, whether it tightens or loosens, when it takes effect. */
  public static List<String> changes(ConfigReport report) {
    if (report.changes().isEmpty()) {
      return List.of("No differences: the files say what is in force.");
    }
    TextTable table = new TextTable("KEY", "OLD", "NEW", "DIRECTION", "TAKES EFFECT");
    for (RuleChange change : report.changes()) {
      table.row(
          change.key().isEmpty() ? change.rule() : change.rule() + "." + change.key(),
          change.oldValue() == null ? "-" : change.oldValue(),
          change.newValue() == null ? "-" : change.newValue(),
          change.direction().name(),
          change.direction() == RuleChange.Direction.LOOSENS
              ? change.effectiveAt().toString()
              : "at once");
    }
    return table.lines();
  }
}
