package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.decision.Cause;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.AccountState.Phase;
import dev.riskmanager.domain.state.Attempts;
import dev.riskmanager.domain.state.Holding;
import dev.riskmanager.domain.state.Locks;
import dev.riskmanager.domain.state.Tries;
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
    settleGone(step);
    // Before the positions have been read, a stop would look like an entry.
    if (step.state.phase() != Phase.RESTORED) {
      for (LongMap.Entry<Order> entry : step.state.orders()) {
        String symbol = step.market.symbol(entry.value().contract());
        if (step.state.locks().guards(symbol)) {
          OrderGuard.apply(step, entry.value(), symbol);
        }
      }
    }
  }

  private static void position(AccountStep step, Holding holding, String symbol, boolean judgeNow) {
    AccountState state = step.state;
    ContractId contract = holding.contract();
    // A closing fill lowers the baseline before its position event comes.
    long held = holding.held();
    long allowed = state.locks().allowed(contract, symbol);
    if (Baseline.permits(allowed, held)) {
      settle(step, holding, allowed);
      return;
    }
    long closing = state.locks().closing().getOrDefault(contract, 0L);
    if (Baseline.permits(closing, held)) {
      return;
    }
    if (!judgeNow && awaitsFill(step, holding, symbol, allowed)) {
      await(step, contract);
      return;
    }
    Cause cause =
        cause(step, symbol, "beyond what may stay: " + held + " (allowed: " + allowed + ")");
    long target = Long.signum(allowed) == Long.signum(held) ? Math.abs(allowed) : 0;
    step.lines.plan().add(close(step, contract, held, target, cause));
    AttemptCount.position(step, contract, held);
    step.state =
        step.state
            .withLocks(step.state.locks().withClosing(contract, held))
            .withTimers(step.state.timers().without(JUDGE + contract));
  }

  /**
   * A close or reduce is no longer outstanding once both the position and what the fills imply are
   * within the baseline: a fill that was seen at the decision may still be on its way into the
   * position.
   */
  private static void settle(AccountStep step, Holding holding, long allowed) {
    AccountState state = step.state;
    if (Baseline.permits(allowed, holding.implied())) {
      Locks locks = state.locks().withoutClosing(holding.contract());
      state = state.withLocks(locks.withAttempts(locks.attempts().settled(holding.contract())));
    }
    if (!state.timers().isEmpty()) {
      state = state.withTimers(state.timers().without(JUDGE + holding.contract()));
    }
    step.state = state;
  }

  /** Nothing is outstanding, and nothing to be told, of a contract of which nothing is left. */
  private static void settleGone(AccountStep step) {
    Locks locks = step.state.locks();
    Table<ContractId, Long> closing = locks.attempts().closing();
    for (int i = 0; i < closing.size(); i++) {
      if (!step.state.holdings().containsKey(closing.keyAt(i))) {
        locks = locks.withoutClosing(closing.keyAt(i));
      }
    }
    Table<Attempts.Way, Tries> ways = locks.attempts().ways();
    for (int i = 0; i < ways.size(); i++) {
      ContractId contract = ways.keyAt(i).contract();
      if (!step.state.holdings().containsKey(contract)) {
        locks = locks.withAttempts(locks.attempts().settled(contract));
      }
    }
    step.state = step.state.withLocks(locks);
  }

  /** What was under way where no lockout guards any more is decided anew under the next one. */
  static void forgetUnguarded(AccountStep step) {
    Locks locks = step.state.locks();
    for (int i = locks.closing().size() - 1; i >= 0; i--) {
      ContractId contract = locks.closing().keyAt(i);
      locks = locks.guards(step.market.symbol(contract)) ? locks : locks.withoutClosing(contract);
    }
    for (LongMap.Entry<Order> entry : step.state.orders()) {
      String symbol = step.market.symbol(entry.value().contract());
      locks = locks.guards(symbol) ? locks : locks.withoutOrder(entry.key());
    }
    step.state = step.state.withLocks(locks);
  }

  /** Growth beyond a baseline that is not zero, explained by a fill that has not arrived yet. */
  private static boolean awaitsFill(
      AccountStep step, Holding holding, String symbol, long allowed) {
    if (!step.state.locks().letsAnythingStay(symbol) || holding.shown().isEmpty()) {
      return false;
    }
    long unexplained = holding.unexplained(step.now.minus(JUDGED_AFTER));
    return unexplained != 0 && Baseline.permits(allowed, holding.held() - unexplained);
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

  static Cause cause(AccountStep step, String symbol, String reason) {
    Lockout governing = step.state.locks().governing(symbol).orElseThrow();
    return step.cause(governing.rule(), true, reason);
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

  /** What the plan does to anything that is guarded is under way: it is not decided again. */
  static void underWay(AccountStep step) {
    if (step.state.locks().active().isEmpty()) {
      return;
    }
    Plan plan = step.lines.plan();
    for (Holding holding : step.state.holdings()) {
      String symbol = step.market.symbol(holding.contract());
      if (step.state.locks().guards(symbol) && plan.closes(holding.contract())) {
        long size = largest(holding);
        if (size != 0) {
          step.state =
              step.state.withLocks(step.state.locks().withClosing(holding.contract(), size));
        }
      }
    }
    for (LongMap.Entry<Order> entry : step.state.orders()) {
      String symbol = step.market.symbol(entry.value().contract());
      if (step.state.locks().guards(symbol) && plan.cancels(entry.key())) {
        step.state = step.state.withLocks(step.state.locks().withCancelled(entry.key()));
        AttemptCount.known(step, entry.value());
      }
    }
  }

  /** The position, or what the fills make of it where that is more of the same side. */
  private static long largest(Holding holding) {
    long held = holding.signedSize();
    long implied = holding.implied();
    boolean more =
        held == 0
            || (Long.signum(held) == Long.signum(implied) && Math.abs(implied) > Math.abs(held));
    return more ? implied : held;
  }

  /** What the fills imply is held now. */
  static Baseline impliedBaseline(AccountState state) {
    Table<ContractId, Long> allowed = Table.empty();
    for (Holding holding : state.holdings()) {
      allowed = allowed.with(holding.contract(), holding.implied());
    }
    return Baseline.of(allowed);
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
