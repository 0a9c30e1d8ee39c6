package dev.riskmanager.trader.view;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.RuleMode;
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

  /** It judges a trade when there is one. */
  private static final String OF_TRADES = "trade_frequency_limit";

  private NearestLimit() {}

  /** The rule of which most is used; none when no limit is touched. */
  static @Nullable RuleView of(AccountView account) {
    RuleView nearest = null;
    for (RuleView rule : account.rules()) {
      boolean acts =
          rule.state() == RuleState.OK
              || rule.state() == RuleState.NEAR
              || rule.state() == RuleState.BREACHED;
      boolean over = rule.rule().equals(ANSWERED) && isPast(rule);
      nearest = acts && !over ? nearer(nearest, rule) : nearest;
    }
    return nearest;
  }

  /**
   * The rule of which most is used of those that the end of a cooldown asks. Until then they are
   * blocked; the loss and the trades of before are not judged again.
   */
  static @Nullable RuleView askedAfter(AccountView account, LockoutView cooldown) {
    RuleView nearest = null;
    for (RuleView rule : account.rules()) {
      boolean silenced = rule.state() == RuleState.BLOCKED || rule.state() == RuleState.BREACHED;
      boolean asked =
          rule.mode() != RuleMode.SHADOW
              && !rule.rule().equals(cooldown.rule())
              && !rule.rule().equals(ANSWERED)
              && !rule.rule().equals(OF_TRADES);
      nearest = silenced && asked ? nearer(nearest, rule) : nearest;
    }
    return nearest;
  }

  private static @Nullable RuleView nearer(@Nullable RuleView nearest, RuleView rule) {
    BigDecimal most = nearest == null ? null : nearest.used();
    BigDecimal used = rule.used();
    return used != null && used.compareTo(most == null ? BigDecimal.ZERO : most) > 0
        ? rule
        : nearest;
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
