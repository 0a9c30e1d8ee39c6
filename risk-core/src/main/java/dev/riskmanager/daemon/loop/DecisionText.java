package dev.riskmanager.daemon.loop;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.state.AccountState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Decisions as the lines a trader reads. */
public final class DecisionText {
  private final EngineState state;

  /** For decisions of the step that led to {@code state}. */
  public DecisionText(EngineState state) {
    this.state = state;
  }

  /** One line, without time and level. */
  public String of(Decision decision) {
    return of(decision, decision.cause().guard());
  }

  /** The same, where it is known whether an action is the guard's. */
  String of(Decision decision, boolean guards) {
    String guard = guards ? "GUARD: " : "";
    return switch (decision) {
      case Decision.ViolationFound found ->
          (found.cause().shadow() ? "SHADOW VIOLATION: " : "VIOLATION: ")
              + title(found)
              + " - "
              + found.cause().reason();
      case Decision.PrecheckBlocked blocked -> precheck(blocked.lockout());
      case Decision.LockoutSet set -> locked(set.lockout());
      case Decision.LockoutCleared cleared ->
          "Account "
              + cleared.account()
              + scope(cleared.lockout())
              + " unlocked ("
              + cleared.by()
              + "): "
              + cleared.lockout().reason()
              + remaining(cleared.lockout());
      case Decision.CancelAllOrders all -> guard + "cancel all orders" + because(decision);
      case Decision.CloseAllPositions all -> guard + "close all positions" + because(decision);
      case Decision.CancelOrder cancel ->
          guard
              + "cancel order "
              + cancel.orderId()
              + " ("
              + cancel.side()
              + " "
              + cancel.size()
              + " "
              + cancel.symbol()
              + ")"
              + because(decision);
      case Decision.ReducePosition reduce ->
          guard
              + "reduce "
              + reduce.symbol()
              + " "
              + reduce.side()
              + " from "
              + reduce.size()
              + " to "
              + reduce.toSize()
              + because(decision);
      case Decision.ClosePosition close ->
          guard
              + "close "
              + close.symbol()
              + " "
              + close.side()
              + " "
              + close.size()
              + because(decision);
      case Decision.ModifyStop modify ->
          "move stop "
              + modify.orderId()
              + " of "
              + modify.symbol()
              + " to "
              + modify.price()
              + because(decision);
      case Decision.PlaceStop place ->
          "place stop "
              + place.side()
              + " "
              + place.size()
              + " "
              + place.symbol()
              + " at "
              + place.price()
              + because(decision);
      case Decision.PlaceTarget place ->
          "place target "
              + place.side()
              + " "
              + place.size()
              + " "
              + place.symbol()
              + " at "
              + place.price()
              + because(decision);
      case Decision.ResizeOrder resize ->
          guard
              + "resize order "
              + resize.orderId()
              + " from "
              + resize.size()
              + " to "
              + resize.toSize()
              + because(decision);
      case Decision.Alert alert -> "ALERT: " + title(alert) + " - " + alert.cause().reason();
      case Decision.Reset reset ->
          "Trading day " + reset.tradingDay() + " began (reset " + reset.resetTime() + ")";
    };
  }

  /** {@code ENFORCING RULE-003: Account 13298777 Daily P&L: $-170.50, Limit: $-5.00}. */
  public static String enforcing(Decision.ViolationFound found) {
    return "ENFORCING "
        + found.cause().rule().map(RuleId::toString).orElse("")
        + ": Account "
        + found.account()
        + " "
        + found.observed()
        + ", Limit: "
        + found.limit();
  }

  private String precheck(Lockout lockout) {
    int rules = state.rules().of(lockout.account()).map(set -> set.rules().size()).orElse(0);
    return "LOCKOUT ACTIVE ("
        + lockout.type().text()
        + ") Reason: "
        + lockout.reason()
        + " Until: "
        + until(lockout)
        + lockout
            .remaining(state.now())
            .map(left -> " (" + left.toSeconds() + "s remaining)")
            .orElse("")
        + " Skipping ALL "
        + rules
        + " rules";
  }

  /** {@code Account 13298777 locked until 2025-10-31T22:00:00Z: reason}. */
  static String locked(Lockout lockout) {
    return "Account "
        + lockout.account()
        + scope(lockout)
        + (lockout.isHold() ? " held, nothing may be added, until " : " locked until ")
        + until(lockout)
        + ": "
        + lockout.reason();
  }

  /** {@code RESTORED LOCKOUT: Account … locked until … (14523s remaining) - Reason: …}. */
  public static String restored(Lockout lockout, Instant now) {
    return "RESTORED LOCKOUT: Account "
        + lockout.account()
        + scope(lockout)
        + " locked until "
        + until(lockout)
        + lockout.remaining(now).map(left -> " (" + left.toSeconds() + "s remaining)").orElse("")
        + " - Reason: "
        + lockout.reason();
  }

  private static String until(Lockout lockout) {
    return lockout
        .expiresAt()
        .map(end -> end.truncatedTo(ChronoUnit.SECONDS).toString())
        .orElse("it is over " + lockout.ending());
  }

  private static String scope(Lockout lockout) {
    return lockout.symbol().map(symbol -> " (" + symbol + ")").orElse("");
  }

  /** That a lockout ends does not mean that the account is free. */
  private String remaining(Lockout ended) {
    if (!ended.isAccountWide()) {
      return "";
    }
    return state
        .account(ended.account())
        .flatMap(account -> account.locks().governing())
        .filter(lock -> lock.id() != ended.id())
        .map(lock -> "; the account stays locked by " + lock.rule())
        .orElse("");
  }

  private static String because(Decision decision) {
    String rule = decision.cause().rule().map(id -> " [" + id + "]").orElse("");
    return rule + (decision.cause().reason().isEmpty() ? "" : " " + decision.cause().reason());
  }

  private String title(Decision decision) {
    Optional<RuleSet> rules = state.rules().of(decision.account());
    return decision
        .cause()
        .rule()
        .map(id -> rules.flatMap(set -> set.rule(id)).map(RiskRule::title).orElse(id.key()))
        .orElse("");
  }

  /** The name by which people call an account: its own, else its number. */
  static String name(EngineState state, AccountId id) {
    return state
        .account(id)
        .flatMap(AccountState::row)
        .map(row -> row.name())
        .orElse(id.toString());
  }
}
