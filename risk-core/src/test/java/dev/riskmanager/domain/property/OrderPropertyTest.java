package dev.riskmanager.domain.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.RuleSet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Which lines are printed, in which order, and how often. */
class OrderPropertyTest extends Scenarios {

  /** The place of a line among those of one account at one instant. */
  private record Place(int kind, int rule, long order, String contract)
      implements Comparable<Place> {
    static Place of(Decision decision) {
      int rule = decision.cause().rule().map(RuleId::number).orElse(0);
      return switch (decision) {
        case Decision.Reset r -> new Place(0, 0, 0, "");
        case Decision.LockoutCleared c -> new Place(1, 0, 0, "");
        case Decision.PrecheckBlocked b -> new Place(2, 0, 0, "");
        case Decision.ViolationFound v -> new Place(3, rule, 0, "");
        case Decision.LockoutSet set -> new Place(4, rule, 0, "");
        case Decision.CancelAllOrders all -> new Place(5, 0, 0, "");
        case Decision.CancelOrder c -> new Place(6, 0, c.orderId(), "");
        case Decision.CloseAllPositions all -> new Place(7, 0, 0, "");
        case Decision.ReducePosition r -> new Place(8, 0, 0, r.contract().value());
        case Decision.ClosePosition c -> new Place(9, 0, 0, c.contract().value());
        case Decision.ModifyStop m -> new Place(10, 0, m.orderId(), "");
        case Decision.PlaceStop s -> new Place(11, 0, 0, s.contract().value());
        case Decision.PlaceTarget t -> new Place(12, 0, 0, t.contract().value());
        case Decision.ResizeOrder r -> new Place(13, 0, r.orderId(), "");
        case Decision.Alert a -> new Place(14, 0, 0, "");
      };
    }

    @Override
    public int compareTo(Place other) {
      return Comparator.comparingInt(Place::kind)
          .thenComparingInt(Place::rule)
          .thenComparingLong(Place::order)
          .thenComparing(Place::contract)
          .compare(this, other);
    }
  }

  @Property(seed = SEED)
  void linesComeInTheirOrder(@ForAll("scenarios") Scenario scenario) {
    for (Walk.Seen seen : scenario.walk().steps()) {
      Decision last = null;
      for (Decision decision : seen.decisions()) {
        if (last != null) {
          inOrder(last, decision, seen);
        }
        last = decision;
      }
      contained(seen);
    }
  }

  private static void inOrder(Decision a, Decision b, Walk.Seen seen) {
    int byTime = a.cause().at().compareTo(b.cause().at());
    int byAccount = a.account().compareTo(b.account());
    int byPlace = Place.of(a).compareTo(Place.of(b));
    int order = byTime != 0 ? byTime : byAccount != 0 ? byAccount : byPlace;
    assertThat(order).as("%s before %s: %s", a, b, seen).isLessThanOrEqualTo(0);
  }

  /** What a flatten or a close contains is not printed again, and nothing is printed twice. */
  private static void contained(Walk.Seen seen) {
    assertThat(seen.decisions()).as("%s", seen).doesNotHaveDuplicates();
    Map<String, List<Decision>> plans = new TreeMap<>();
    for (Decision decision : seen.decisions()) {
      plans
          .computeIfAbsent(
              decision.cause().at() + " " + decision.account(), at -> new ArrayList<>())
          .add(decision);
    }
    for (List<Decision> plan : plans.values()) {
      boolean closesAll = plan.stream().anyMatch(d -> d instanceof Decision.CloseAllPositions);
      boolean cancelsAll = plan.stream().anyMatch(d -> d instanceof Decision.CancelAllOrders);
      List<ContractId> closed = new ArrayList<>();
      for (Decision decision : plan) {
        if (decision instanceof Decision.ClosePosition close) {
          closed.add(close.contract());
        }
        if (decision instanceof Decision.ReducePosition reduce) {
          closed.add(reduce.contract());
        }
        assertThat(cancelsAll && decision instanceof Decision.CancelOrder).as("%s", seen).isFalse();
      }
      assertThat(closed).as("one close a contract %s", seen).doesNotHaveDuplicates();
      assertThat(closesAll && !closed.isEmpty()).as("%s", seen).isFalse();
    }
  }

  /** One reset for each account, day and distinct reset time, at its instant, late or not. */
  @Property(seed = SEED)
  void eachDayBeginsOnce(@ForAll("scenarios") Scenario scenario) {
    Walk walk = scenario.walk();
    Instant end = walk.end().now();
    for (AccountId account : walk.accounts()) {
      List<String> expected = new ArrayList<>();
      RuleSet rules = walk.start().rules().of(account).orElseThrow();
      for (ResetTime reset : rules.resets()) {
        for (Instant t = reset.next(walk.start().now()); !t.isAfter(end); t = reset.next(t)) {
          expected.add(t + " " + reset + " begins " + reset.tradingDay(t));
        }
      }
      List<String> printed = new ArrayList<>();
      for (Decision decision : walk.decisions()) {
        if (decision instanceof Decision.Reset reset && reset.account().equals(account)) {
          LocalDate day = reset.tradingDay();
          printed.add(reset.cause().at() + " " + reset.resetTime() + " begins " + day);
        }
      }
      assertThat(printed).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /** Told twice, nothing is decided twice. A quote told twice is a second quote. */
  @Property(seed = SEED)
  void whatIsToldTwicePrintsNothingNew(@ForAll("scenarios") Scenario scenario) {
    for (Walk.Seen seen : scenario.walk().steps()) {
      boolean counts =
          seen.event() instanceof RiskEvent.AdminRequested
              || seen.event() instanceof RiskEvent.QuoteReported;
      if (!counts) {
        Walk.Seen again = Walk.step(seen.after(), seen.t(), seen.event());
        assertThat(again.decisions()).as("after %s", seen).isEmpty();
        boolean row = seen.event() instanceof RiskEvent.AccountScoped;
        assertThat(!row || again.after().equals(seen.after())).as("after %s", seen).isTrue();
      }
    }
  }

  /** A breach that goes on is told once: only more of it, or something the trader did, is news. */
  @Property(seed = SEED)
  void aBreachIsToldOnce(@ForAll("scenarios") Scenario scenario) {
    Walk walk = scenario.walk();
    for (AccountId account : walk.accounts()) {
      Map<String, Decision.ViolationFound> told = new TreeMap<>();
      for (Walk.Seen seen : walk.steps()) {
        if (isNews(seen, account)) {
          told.clear();
        }
        for (Decision decision : seen.of(account)) {
          if (decision instanceof Decision.ViolationFound found) {
            String key =
                found.cause().rule().orElseThrow()
                    + " "
                    + found.contract().map(ContractId::value).or(found::symbol).orElse("");
            // The clock ends and begins sessions and days.
            boolean byTime = key.startsWith("RULE-009");
            Optional<Decision.ViolationFound> before = Optional.ofNullable(told.put(key, found));
            assertThat(byTime ? Optional.empty() : before).as("told again %s", seen).isEmpty();
          }
        }
      }
    }
  }

  /** Anything but quotes, the clock, and the two lines about the hub. */
  private static boolean isNews(Walk.Seen seen, AccountId account) {
    boolean passive =
        seen.event() instanceof RiskEvent.ClockTicked
            || seen.event() instanceof RiskEvent.QuoteReported
            || seen.event() instanceof RiskEvent.Disconnected
            || seen.event() instanceof RiskEvent.Reconnected;
    boolean ended =
        seen.of(account).stream()
            .anyMatch(d -> d instanceof Decision.Reset || d instanceof Decision.LockoutCleared);
    return !passive || ended;
  }
}
