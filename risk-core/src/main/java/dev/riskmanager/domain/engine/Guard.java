package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.decision.Cause;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Holding;
import dev.riskmanager.domain.timer.Timer;
import java.time.Duration;
import java.util.Optional;

/**
 * The lockout guard: while a lockout lasts it undoes what goes beyond the exposure that may stay,
 * and never stands in the way of reducing ({@code rules.md} §4).
 */
final class Guard {
  /** How long growth whose fill has not arrived may wait for it. */
  private static final Duration JUDGED_AFTER = Duration.ofMillis(250);

  private static final String JUDGE = "guard/";

  private Guard() {}

  /**
   * Closes, reduces, cancels and resizes what is beyond the baseline and not yet under way.
   *
   * @param judged growth of this contract is judged now, whether its fill has arrived or not
   */
  static void apply(AccountStep step, Optional<ContractId> judged) {
    if (step.state.locks().active().isEmpty()) {
      return;
    }
    for (Holding holding : step.state.holdings()) {
      String symbol = step.market.symbol(holding.contract());
      if (step.state.locks().guards(symbol)) {
        position(step, holding, symbol, judged.filter(holding.contract()::equals).isPresent());
      }
    }
    for (LongMap.Entry<Order> entry : step.state.orders()) {
      String symbol = step.market.symbol(entry.value().contract());
      if (step.state.locks().guards(symbol)) {
        order(step, entry.value(), symbol);
      }
    }
  }

  private static void position(AccountStep step, Holding holding, String symbol, boolean judgeNow) {
    AccountState state = step.state;
    ContractId contract = holding.contract();
    long held = holding.signedSize();
    long allowed = state.locks().allowed(contract, symbol);
    if (Baseline.permits(allowed, held)) {
      step.state =
          state
              .withLocks(state.locks().withoutClosing(contract))
              .withTimers(state.timers().without(JUDGE + contract));
      return;
    }
    long closing = state.locks().closing().getOrDefault(contract, 0L);
    if (Baseline.permits(closing, held)) {
      return;
    }
    if (!judgeNow && awaitsFill(state, holding, allowed)) {
      await(step, contract);
      return;
    }
    Cause cause =
        cause(step, symbol, "beyond what may stay: " + held + " (allowed: " + allowed + ")");
    long target = Long.signum(allowed) == Long.signum(held) ? Math.abs(allowed) : 0;
    step.plan.add(close(step, contract, held, target, cause));
    step.state =
        step.state
            .withLocks(step.state.locks().withClosing(contract, held).withCircumventions(1))
            .withTimers(step.state.timers().without(JUDGE + contract));
  }

  /** Growth beyond a baseline that is not zero, explained by a fill that has not arrived yet. */
  private static boolean awaitsFill(AccountState state, Holding holding, long allowed) {
    boolean anyBaseline = false;
    for (Lockout lockout : state.locks().active()) {
      anyBaseline |= !lockout.baseline().isZero();
    }
    return anyBaseline
        && holding.unexplained() != 0
        && Baseline.permits(allowed, holding.signedSize() - holding.unexplained());
  }

  private static void await(AccountStep step, ContractId contract) {
    String name = JUDGE + contract;
    if (!step.state.timers().containsKey(name)) {
      Timer timer =
          new Timer(
              step.state.id(), name, step.now.plus(JUDGED_AFTER), "judge growth of " + contract);
      step.state = step.state.withTimers(step.state.timers().with(name, timer));
    }
  }

  private static void order(AccountStep step, Order order, String symbol) {
    AccountState state = step.state;
    if (order.status() == OrderStatus.PENDING_CANCELLATION
        || order.remaining() == 0
        || state.locks().cancelled().containsKey(order.id())) {
      return;
    }
    long held = state.holding(order.contract()).implied();
    if (held == 0 || order.side().increases(Side.ofSigned(held))) {
      String reason = "entry order while locked";
      step.plan.add(cancel(order, symbol, cause(step, symbol, reason)));
      boolean sinceTheLock =
          state
              .locks()
              .governing(symbol)
              .filter(l -> order.createdAt().isAfter(l.lockedAt()))
              .isPresent();
      step.state =
          state.withLocks(
              state.locks().withCancelled(order.id()).withCircumventions(sinceTheLock ? 1 : 0));
      return;
    }
    long toSize = order.filled() + Math.abs(held);
    boolean asked = state.locks().resized().get(order.id()).filter(s -> s == toSize).isPresent();
    if (order.remaining() > Math.abs(held) && !asked) {
      step.plan.add(
          new Decision.ResizeOrder(
              cause(step, symbol, "larger than the position of " + Math.abs(held)),
              symbol,
              order.contract(),
              order.id(),
              order.side(),
              order.size(),
              toSize));
      step.state = state.withLocks(state.locks().withResized(order.id(), toSize));
    }
  }

  private static Decision.CancelOrder cancel(Order order, String symbol, Cause cause) {
    return new Decision.CancelOrder(
        cause, symbol, order.contract(), order.id(), order.side(), order.size());
  }

  private static Cause cause(AccountStep step, String symbol, String reason) {
    Lockout governing = step.state.locks().governing(symbol).orElseThrow();
    return step.cause(governing.rule(), true, reason);
  }

  /** Cancels every working order of a symbol. */
  static void cancelOrders(AccountStep step, String symbol, Cause cause) {
    for (LongMap.Entry<Order> entry : step.state.orders()) {
      Order order = entry.value();
      if (step.market.symbol(order.contract()).equalsIgnoreCase(symbol)) {
        step.plan.add(cancel(order, symbol, cause));
      }
    }
  }

  /** A close when nothing may stay, else a reduction. */
  static Decision close(
      AccountStep step, ContractId contract, long signedSize, long toSize, Cause cause) {
    String symbol = step.market.symbol(contract);
    Side side = Side.ofSigned(signedSize);
    long size = Math.abs(signedSize);
    return toSize == 0
        ? new Decision.ClosePosition(cause, symbol, contract, side, size)
        : new Decision.ReducePosition(cause, symbol, contract, side, size, toSize);
  }

  /** Everything held is being closed and every order cancelled: neither is decided again. */
  static void closingAll(AccountStep step) {
    if (!step.state.locks().accountLocked()) {
      return;
    }
    for (Holding holding : step.state.holdings()) {
      long size = holding.isFlat() ? holding.implied() : holding.signedSize();
      if (size != 0) {
        step.state = step.state.withLocks(step.state.locks().withClosing(holding.contract(), size));
      }
    }
    for (LongMap.Entry<Order> entry : step.state.orders()) {
      step.state = step.state.withLocks(step.state.locks().withCancelled(entry.key()));
    }
  }

  /**
   * What the fills imply is held now, with the fills that the positions show and nobody reported.
   */
  static Baseline impliedBaseline(AccountState state) {
    Table<ContractId, Long> allowed = Table.empty();
    Table<ContractId, Long> awaited = Table.empty();
    for (Holding holding : state.holdings()) {
      allowed = allowed.with(holding.contract(), holding.implied());
      awaited = awaited.with(holding.contract(), holding.unexplained());
    }
    return Baseline.of(allowed, awaited);
  }

  static boolean judges(String timer) {
    return timer.startsWith(JUDGE);
  }

  static ContractId judged(String timer) {
    return new ContractId(timer.substring(JUDGE.length()));
  }

  static Table<String, Timer> withoutJudgeTimers(Table<String, Timer> timers) {
    return timers.where(timer -> !judges(timer.name()));
  }
}
