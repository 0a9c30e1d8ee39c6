package dev.riskmanager.daemon.loop;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.DayLedger;
import dev.riskmanager.domain.state.Locks;
import dev.riskmanager.domain.timer.Timer;
import dev.riskmanager.recording.DecisionLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a step must leave on the disk, found by comparing the state before and after. Immutable
 * parts that did not change are the same objects, so what is not different costs a comparison of
 * references.
 */
final class StateChanges {
  private final EngineState after;
  private final List<Decision> decisions;
  private final List<Store.Change> changes = new ArrayList<>();

  private StateChanges(EngineState after, List<Decision> decisions) {
    this.after = after;
    this.decisions = decisions;
  }

  static List<Store.Change> between(
      EngineState before, EngineState after, RiskEvent event, List<Decision> decisions) {
    StateChanges found = new StateChanges(after, decisions);
    if (before.accounts() != after.accounts()) {
      for (LongMap.Entry<AccountState> entry : after.accounts()) {
        AccountState now = entry.value();
        AccountState then =
            before.accounts().getOrDefault(entry.key(), AccountState.empty(now.id()));
        if (then != now) {
          found.account(then, now);
        }
      }
    }
    found.trades(before, event);
    found.contracts(event);
    found.log();
    return List.copyOf(found.changes);
  }

  private void account(AccountState then, AccountState now) {
    if (then.locks().active() != now.locks().active()) {
      lockouts(then, now);
    }
    if (then.timers() != now.timers()) {
      timers(then, now);
    }
    if (then.trades().days() != now.trades().days()) {
      days(then, now);
    }
    changes.addAll(MemoryRows.changes(then, now));
  }

  private void lockouts(AccountState then, AccountState now) {
    for (Lockout lockout : then.locks().active()) {
      Optional<Lockout> still = now.locks().active().get(Locks.Key.of(lockout));
      if (still.filter(l -> l.id() == lockout.id()).isEmpty()) {
        undoneAtItsEnd(lockout);
        changes.add(new Store.LockoutEnded(lockout.id(), endedAt(lockout), endedBy(lockout)));
      }
    }
    for (Lockout lockout : now.locks().active()) {
      if (then.locks().active().get(Locks.Key.of(lockout)).orElse(null) != lockout) {
        changes.add(new Store.LockoutSaved(lockout));
      }
    }
  }

  /** What was undone in the very step that ended it counts as well. */
  private void undoneAtItsEnd(Lockout lockout) {
    long attempts = cleared(lockout).map(c -> c.lockout().attempts()).orElse(0L);
    if (attempts > lockout.attempts()) {
      changes.add(new Store.LockoutSaved(lockout.withAttempts(attempts)));
    }
  }

  private Instant endedAt(Lockout lockout) {
    return cleared(lockout).map(c -> c.cause().at()).orElse(after.now());
  }

  private String endedBy(Lockout lockout) {
    return cleared(lockout).map(Decision.LockoutCleared::by).orElse("replaced");
  }

  private Optional<Decision.LockoutCleared> cleared(Lockout lockout) {
    for (Decision decision : decisions) {
      if (decision instanceof Decision.LockoutCleared cleared
          && cleared.lockout().id() == lockout.id()) {
        return Optional.of(cleared);
      }
    }
    return Optional.empty();
  }

  private void timers(AccountState then, AccountState now) {
    for (Timer timer : then.timers()) {
      if (!now.timers().containsKey(timer.name())) {
        changes.add(new Store.TimerRemoved(now.id(), timer.name()));
      }
    }
    for (Timer timer : now.timers()) {
      if (then.timers().get(timer.name()).orElse(null) != timer) {
        changes.add(new Store.TimerSaved(timer));
      }
    }
  }

  private void days(AccountState then, AccountState now) {
    for (DayLedger day : now.trades().days()) {
      DayLedger known = then.trades().days().get(day.reset()).orElse(null);
      if (known == day) {
        continue;
      }
      changes.add(
          new Store.DailyPnlSaved(
              now.id(),
              day.reset().toString(),
              day.tradingDay(),
              day.gross(),
              day.fees(),
              day.trades()));
      if (known == null || !known.tradingDay().equals(day.tradingDay())) {
        changes.add(
            new Store.ResetMarked(now.id(), day.reset().toString(), day.tradingDay(), day.start()));
      }
    }
  }

  private void trades(EngineState before, RiskEvent event) {
    if (event instanceof RiskEvent.TradeReported reported) {
      trade(before, reported.trade());
    } else if (event instanceof RiskEvent.SnapshotTaken snapshot) {
      snapshot.trades().orElse(List.of()).forEach(trade -> trade(before, trade));
    }
  }

  private void trade(EngineState before, Trade trade) {
    Optional<Trade> now =
        after.account(trade.account()).flatMap(a -> a.trades().trades().get(trade.id()));
    Optional<Trade> then =
        before.account(trade.account()).flatMap(a -> a.trades().trades().get(trade.id()));
    if (now.isPresent() && !now.equals(then)) {
      changes.add(new Store.TradeSaved(now.get()));
    }
  }

  private void contracts(RiskEvent event) {
    if (event instanceof RiskEvent.ContractsListed listed) {
      listed.contracts().forEach(contract -> changes.add(new Store.ContractSaved(contract)));
    }
  }

  private void log() {
    DecisionText text = new DecisionText(after);
    for (Decision decision : decisions) {
      changes.add(
          new Store.LogAppended(
              decision.cause().at(),
              decision.account(),
              decision.cause().rule(),
              isGuards(decision) ? "guard" : DecisionLine.name(decision),
              text.of(decision, isGuards(decision)),
              DecisionLine.of(decision)));
    }
  }

  /** What a rule decides while a lockout lets something stay is the rule's, not the guard's. */
  private boolean isGuards(Decision decision) {
    return decision.cause().guard()
        && decision instanceof Decision.Action
        && decisions.stream()
            .noneMatch(
                other ->
                    other instanceof Decision.ViolationFound found
                        && found.account().equals(decision.account())
                        && found.cause().rule().equals(decision.cause().rule()));
  }
}
