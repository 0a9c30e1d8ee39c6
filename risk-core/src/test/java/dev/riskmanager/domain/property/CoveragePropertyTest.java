package dev.riskmanager.domain.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * The scenarios are worth something: everything that can be decided is decided in some of them. The
 * other properties draw from the same source.
 */
class CoveragePropertyTest extends Scenarios {

  @Property(seed = SEED)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void everythingHappens(@ForAll("scenarios") Scenario scenario) {
    Walk walk = scenario.walk();
    Set<String> seen = new TreeSet<>();
    for (Walk.Seen step : walk.steps()) {
      assertThat(step.failures()).as("%s", step).isEmpty();
      step.decisions().forEach(decision -> note(decision, seen));
    }
    for (RuleId rule : RuleCatalog.ids()) {
      String name = rule.number() == 12 ? "automation" : "violation " + rule;
      sometimes(name, seen, 3);
    }
    for (LockoutType type : LockoutType.values()) {
      sometimes("lockout " + type.text(), seen, 3);
    }
    for (String action :
        new String[] {"close_position", "reduce_position", "cancel_order", "resize_order"}) {
      sometimes("guard " + action, seen, 1);
    }
    for (String other :
        new String[] {
          "blocked",
          "reset",
          "cleared admin",
          "cleared expired",
          "cleared reset",
          "cleared condition",
          "guard violation",
          "shadow",
          "alert",
          "flatten",
          "lengthened"
        }) {
      sometimes(other, seen, 1);
    }
  }

  private static void sometimes(String label, Set<String> seen, double percent) {
    Statistics.label(label)
        .collect(seen.contains(label))
        .coverage(checker -> checker.check(true).percentage(p -> p >= percent));
  }

  private static void note(Decision decision, Set<String> seen) {
    String guard = decision.cause().guard() ? "guard " : "";
    if (decision.cause().shadow()) {
      seen.add("shadow");
    }
    switch (decision) {
      case Decision.ViolationFound v -> {
        seen.add("violation " + v.cause().rule().orElseThrow());
        seen.add(guard + "violation");
      }
      case Decision.PrecheckBlocked b -> seen.add("blocked");
      case Decision.LockoutSet set -> {
        seen.add("lockout " + set.lockout().type().text().toLowerCase(Locale.ROOT));
        if (set.lockout().lockedAt().isBefore(set.cause().at())) {
          seen.add("lengthened");
        }
      }
      case Decision.LockoutCleared c -> seen.add("cleared " + c.by().replaceFirst(":.*", ""));
      case Decision.CancelAllOrders all -> {}
      case Decision.CloseAllPositions all -> seen.add("flatten");
      case Decision.CancelOrder c -> seen.add(guard + "cancel_order");
      case Decision.ReducePosition r -> seen.add(guard + "reduce_position");
      case Decision.ClosePosition c -> seen.add(guard + "close_position");
      case Decision.ResizeOrder r -> seen.add(guard + "resize_order");
      case Decision.ModifyStop m -> seen.add("automation");
      case Decision.PlaceStop p -> seen.add("automation");
      case Decision.PlaceTarget p -> seen.add("automation");
      case Decision.Alert a -> seen.add("alert");
      case Decision.Reset r -> seen.add("reset");
    }
  }
}
