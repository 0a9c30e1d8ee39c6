package dev.riskmanager.admin.render;

import dev.riskmanager.wire.ConfigReport;
import dev.riskmanager.wire.LimitHistory;
import dev.riskmanager.wire.RuleChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    return changes(report, false);
  }

  /**
   * The same of changes that an admin has said shall not wait.
   *
   * @param atOnce whether loosening does not wait
   */
  public static List<String> changes(ConfigReport report, boolean atOnce) {
    List<String> lines = new ArrayList<>(withdrawn(report));
    if (report.changes().isEmpty()) {
      lines.add("No differences: the files say what is in force.");
      return lines;
    }
    TextTable table = new TextTable("KEY", "OLD", "NEW", "DIRECTION", "TAKES EFFECT");
    for (RuleChange change : report.changes()) {
      table.row(
          change.key().isEmpty() ? change.rule() : change.rule() + "." + change.key(),
          change.oldValue() == null ? "-" : change.oldValue(),
          change.newValue() == null ? "-" : change.newValue(),
          change.direction().name(),
          change.direction() == RuleChange.Direction.LOOSENS && !atOnce
              ? Times.text(change.effectiveAt())
              : "at once");
    }
    lines.addAll(table.lines());
    return lines;
  }

  /** What waited for its reset and does not any more, a line each. */
  public static List<String> withdrawn(ConfigReport report) {
    return report.withdrawn().stream().map(ConfigText::withdrawn).toList();
  }

  private static String withdrawn(RuleChange change) {
    return "Withdrawn: "
        + (change.key().isEmpty() ? change.rule() : change.rule() + "." + change.key())
        + (change.oldValue() == null && change.newValue() == null
            ? ""
            : " " + value(change.oldValue()) + " → " + value(change.newValue()))
        + ", which waited for "
        + Times.text(change.effectiveAt());
  }

  private static String value(@Nullable String written) {
    return written == null ? "(not set)" : written;
  }

  /**
   * What the changed limits would have meant: a line for each rule and account.
   *
   * @param unknownToo whether to say also of which it is not known, and why
   */
  public static List<String> history(ConfigReport report, boolean unknownToo) {
    List<String> lines = new ArrayList<>();
    long accounts = report.history().stream().map(LimitHistory::accountId).distinct().count();
    for (LimitHistory history : report.history()) {
      String who = (accounts > 1 ? history.accountId() + "/" : "") + history.rule();
      if (history.firedAfter() == null && !unknownToo) {
        continue;
      }
      if (history.firedAfter() == null) {
        lines.add(who + ": how often it would have fired is " + history.note());
      } else {
        lines.add(
            who
                + ": would have fired on "
                + history.firedAfter()
                + " of the last "
                + history.tradingDays()
                + " trading days with trades (as it is now: "
                + history.firedBefore()
                + ")");
      }
    }
    return lines;
  }
}
