package dev.riskmanager.domain.world;

import dev.riskmanager.domain.decision.Cause;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import java.time.Instant;
import java.util.Locale;

/** A decision as a short line, e.g. {@code lock 003 hard until 2025-10-31T22:00:00Z}. */
final class Compact {
  private Compact() {}

  /** The line; time and account are named where they are not the ones expected. */
  static String line(Decision decision, AccountId usual, Instant now) {
    Cause cause = decision.cause();
    StringBuilder line = new StringBuilder();
    if (!cause.account().equals(usual)) {
      line.append('[').append(cause.account()).append("] ");
    }
    if (!cause.at().equals(now)) {
      line.append('@').append(cause.at()).append(' ');
    }
    line.append(text(decision));
    line.append(cause.guard() ? " guard" : "").append(cause.shadow() ? " shadow" : "");
    return line.toString();
  }

  private static String text(Decision decision) {
    String rule = number(decision.cause());
    return switch (decision) {
      case Decision.ViolationFound v ->
          "violation "
              + rule
              + v.contract()
                  .map(id -> " " + World.shortName(id))
                  .or(() -> v.symbol().map(s -> " " + s))
                  .orElse("")
              + v.orderId().map(id -> " order " + id).orElse("")
              + v.lockoutType().map(type -> " " + type.text()).orElse("")
              + v.until().map(end -> " until " + end).orElse("");
      case Decision.PrecheckBlocked b -> "blocked " + rule;
      case Decision.LockoutSet set -> "lock " + rule + lockout(set.lockout());
      case Decision.LockoutCleared c -> "unlock " + rule + symbol(c.lockout()) + " by " + c.by();
      case Decision.CancelAllOrders all -> "cancel all " + rule;
      case Decision.CancelOrder c -> "cancel " + c.orderId() + " " + rule;
      case Decision.CloseAllPositions all -> "close all " + rule;
      case Decision.ReducePosition r ->
          "reduce "
              + World.shortName(r.contract())
              + " "
              + r.size()
              + ">"
              + r.toSize()
              + " "
              + rule;
      case Decision.ClosePosition c ->
          "close "
              + World.shortName(c.contract())
              + " "
              + c.side().name().toLowerCase(Locale.ROOT)
              + " "
              + c.size()
              + " "
              + rule;
      case Decision.ModifyStop m -> "stop " + m.orderId() + " to " + m.price() + " " + rule;
      case Decision.PlaceStop p ->
          "place stop " + p.side() + " " + p.size() + " at " + p.price() + " " + rule;
      case Decision.PlaceTarget p ->
          "place target " + p.side() + " " + p.size() + " at " + p.price() + " " + rule;
      case Decision.ResizeOrder r ->
          "resize " + r.orderId() + " " + r.size() + ">" + r.toSize() + " " + rule;
      case Decision.Alert a -> "alert " + rule + a.symbol().map(s -> " " + s).orElse("");
      case Decision.Reset r -> "reset " + r.resetTime() + " begins " + r.tradingDay();
    };
  }

  private static String lockout(Lockout lockout) {
    return symbol(lockout)
        + " "
        + lockout.type().text()
        + lockout.expiresAt().map(end -> " until " + end).orElse(" open");
  }

  private static String symbol(Lockout lockout) {
    return lockout.symbol().map(s -> " " + s).orElse("");
  }

  private static String number(Cause cause) {
    return cause.rule().map(RuleId::toString).orElse("").replace("RULE-", "");
  }
}
