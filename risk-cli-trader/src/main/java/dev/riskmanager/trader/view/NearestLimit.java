package dev.riskmanager.trader.view;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.RuleState;
import dev.riskmanager.wire.RuleView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The limit of which most is used, and those that nobody watches. */
final class NearestLimit {
  /** A loss is over with the cooldown it led to: what it reached says nothing of the next. */
  private static final String ANSWERED = "cooldown_after_loss";

  private NearestLimit() {}

  /** The rule of which most is used; none when no limit is touched. */
  static @Nullable RuleView of(AccountView account) {
    RuleView nearest = null;
    BigDecimal most = BigDecimal.ZERO;
    for (RuleView rule : account.rules()) {
      BigDecimal used = rule.used();
      boolean acts =
          rule.state() == RuleState.OK
              || rule.state() == RuleState.NEAR
              || rule.state() == RuleState.BREACHED;
      boolean over = rule.rule().equals(ANSWERED) && used != null && isPast(rule);
      if (used != null && acts && !over && used.compareTo(most) > 0) {
        nearest = rule;
        most = used;
      }
    }
    return nearest;
  }

  /** Beyond its limit without a lock; at its limit a count of contracts is allowed. */
  static boolean isPast(RuleView rule) {
    BigDecimal used = rule.used();
    return used != null && used.compareTo(BigDecimal.ONE) > 0;
  }

  static String text(@Nullable RuleView nearest, Times times, Instant now) {
    if (nearest == null) {
      return "No limit is touched.";
    }
    BigDecimal used = nearest.used();
    String left = Measure.of(nearest, times, now).left();
    return "Nearest limit: "
        + nearest.rule()
        + " at "
        + Figures.percent(used == null ? BigDecimal.ZERO : used)
        + (left.isEmpty() ? "." : ", " + left + ".");
  }

  /** Rules that are on and do not work: a limit that nobody watches. */
  static String faults(AccountView account) {
    List<String> faults =
        account.rules().stream()
            .filter(r -> r.state() == RuleState.FAILED || r.state() == RuleState.DEGRADED)
            .map(r -> r.rule() + " is " + r.state())
            .toList();
    return faults.isEmpty() ? "" : "Not watched: " + String.join(", ", faults) + ".";
  }
}
