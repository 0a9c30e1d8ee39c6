package dev.riskmanager.domain.decision;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Side;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What the core decided. Deciding changes nothing at the venue: lockouts are committed by the
 * store, and whatever is an {@link Action} is carried out by the executor, which re-reads before it
 * acts.
 */
public sealed interface Decision {
  Cause cause();

  default AccountId account() {
    return cause().account();
  }

  /** What the executor carries out at the venue. */
  sealed interface Action extends Decision {}

  /** An action on one contract. */
  sealed interface ContractAction extends Action {
    ContractId contract();

    String symbol();
  }

  /**
   * A rule found a breach.
   *
   * @param observed the value found, as text with its unit where it has one
   * @param limit the value allowed
   * @param lockoutType of the lockout it sets; empty when it sets none
   * @param until end of that lockout; empty when it has none
   * @param tradingDay of the rule
   */
  record ViolationFound(
      Cause cause,
      Optional<String> symbol,
      Optional<ContractId> contract,
      Optional<Long> orderId,
      String observed,
      String limit,
      Optional<LockoutType> lockoutType,
      Optional<Instant> until,
      LocalDate tradingDay)
      implements Decision {}

  /** A new order, position or trade event met an account lockout: no rule was evaluated. */
  record PrecheckBlocked(
      Cause cause, Lockout lockout, Optional<String> symbol, Optional<ContractId> contract)
      implements Decision {}

  /** A lockout was set or lengthened. */
  record LockoutSet(Cause cause, Lockout lockout) implements Decision {}

  /**
   * A lockout ended.
   *
   * @param by {@code expired}, {@code reset}, {@code condition}, {@code configuration}, or {@code
   *     admin:} and the user
   */
  record LockoutCleared(Cause cause, Lockout lockout, String by) implements Decision {}

  /**
   * Cancel every working order of the account, or of one symbol.
   *
   * @param symbol only this symbol's; empty means all
   */
  record CancelAllOrders(Cause cause, Optional<String> symbol) implements Action {}

  record CancelOrder(
      Cause cause, String symbol, ContractId contract, long orderId, OrderSide side, long size)
      implements ContractAction {}

  /** Close every position of the account. */
  record CloseAllPositions(Cause cause) implements Action {}

  /**
   * Reduce a position.
   *
   * @param size contracts held now
   * @param toSize contracts that may stay: a target, the amount comes from the executor's re-read
   */
  record ReducePosition(
      Cause cause, String symbol, ContractId contract, Side side, long size, long toSize)
      implements ContractAction {}

  record ClosePosition(Cause cause, String symbol, ContractId contract, Side side, long size)
      implements ContractAction {}

  /** Move a working stop to a tighter price. */
  record ModifyStop(
      Cause cause,
      String symbol,
      ContractId contract,
      long orderId,
      OrderSide side,
      long size,
      Price price)
      implements ContractAction {}

  record PlaceStop(
      Cause cause, String symbol, ContractId contract, OrderSide side, long size, Price price)
      implements ContractAction {}

  record PlaceTarget(
      Cause cause, String symbol, ContractId contract, OrderSide side, long size, Price price)
      implements ContractAction {}

  /**
   * Shrink a working order.
   *
   * @param size contracts it has now
   * @param toSize contracts it may have
   */
  record ResizeOrder(
      Cause cause,
      String symbol,
      ContractId contract,
      long orderId,
      OrderSide side,
      long size,
      long toSize)
      implements ContractAction {}

  /** Tell people; nothing is sent to the venue. */
  record Alert(Cause cause, Optional<String> symbol, Optional<ContractId> contract)
      implements Decision {}

  /**
   * A trading day began.
   *
   * @param tradingDay the day that begins
   */
  record Reset(Cause cause, ResetTime resetTime, LocalDate tradingDay) implements Decision {}
}
