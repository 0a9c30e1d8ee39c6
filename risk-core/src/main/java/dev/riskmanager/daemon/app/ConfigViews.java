package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.ConfigText;
import dev.riskmanager.domain.rule.change.KeyChange;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.wire.ConfigReport;
import dev.riskmanager.wire.LimitHistory;
import dev.riskmanager.wire.RuleChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is found about a configuration, in the words of the protocol. */
final class ConfigViews {
  private ConfigViews() {}

  /** Nothing but what is wrong. */
  static ConfigReport problems(Problems problems) {
    return report(problems, List.of(), List.of(), false, List.of());
  }

  static ConfigReport report(
      Problems problems,
      List<KeyChange> changes,
      List<KeyChange> withdrawn,
      boolean severalAccounts,
      List<LimitHistory> history) {
    List<ConfigReport.Problem> rows = new ArrayList<>();
    problems.errors().forEach(problem -> rows.add(row(problem)));
    problems.warnings().forEach(problem -> rows.add(row(problem)));
    return new ConfigReport(
        !problems.hasErrors(),
        rows,
        changes.stream().map(change -> row(change, severalAccounts)).toList(),
        withdrawn.stream().map(change -> row(change, severalAccounts)).toList(),
        history);
  }

  private static ConfigReport.Problem row(Problems.Problem problem) {
    return new ConfigReport.Problem(
        !problem.warning(),
        problem.place().file(),
        problem.place().line(),
        problem.place().column(),
        problem.text());
  }

  /** The rule is the section; of several accounts the account stands before it. */
  static RuleChange row(KeyChange change, boolean severalAccounts) {
    List<String> path = change.path();
    String account = change.account().filter(id -> severalAccounts).map(id -> id + "/").orElse("");
    String section = path.isEmpty() ? "account " + change.account().orElseThrow() : path.get(0);
    String key = path.size() < 2 ? "" : change.key().substring(section.length() + 1);
    return new RuleChange(
        path.isEmpty() ? section : account + section,
        key,
        path.isEmpty() ? null : text(change.before()),
        path.isEmpty() ? null : text(change.after()),
        RuleChange.Direction.valueOf(change.direction().name()),
        change.effectiveAt());
  }

  private static @Nullable String text(Optional<ConfigNode> node) {
    return node.map(ConfigText::flow).orElse(null);
  }

  /** {@code daily_realized_loss.limit: -500 → -800, LOOSENS, takes effect at 2025-…}. */
  static String line(KeyChange change) {
    return what(change)
        + ", "
        + change.direction()
        + (change.direction() == KeyChange.Direction.LOOSENS
            ? ", takes effect at " + change.effectiveAt()
            : "");
  }

  /** {@code daily_realized_loss.limit: -500 → -800}. */
  static String what(KeyChange change) {
    RuleChange row = row(change, change.account().isPresent());
    String what =
        change.path().isEmpty()
            ? (change.after().isPresent() ? "is watched" : "is watched no more")
            : row.oldValue() == null && row.newValue() == null
                ? "changed"
                : (row.oldValue() == null ? "(not set)" : row.oldValue())
                    + " → "
                    + (row.newValue() == null ? "(not set)" : row.newValue());
    return row.rule() + (row.key().isEmpty() ? "" : "." + row.key()) + ": " + what;
  }
}
