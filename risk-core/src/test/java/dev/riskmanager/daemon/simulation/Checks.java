package dev.riskmanager.daemon.simulation;

import dev.riskmanager.daemon.enforce.VirtualTime;
import dev.riskmanager.daemon.loop.SimulatedLoop;
import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.state.AccountState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What must hold in every world at every moment. */
final class Checks implements SimulatedLoop.Witness {
  private final long seed;
  private final VirtualTime time;
  private final Disk disk;
  private final Set<AccountId> watched;
  private final List<String> journal;
  final List<String> broken = new ArrayList<>();
  private List<Lockout> setNow = List.of();

  Checks(long seed, VirtualTime time, Disk disk, Set<AccountId> watched, List<String> journal) {
    this.seed = seed;
    this.time = time;
    this.disk = disk;
    this.watched = watched;
    this.journal = journal;
  }

  void check(boolean holds, String rule) {
    if (!holds) {
      broken.add("seed " + seed + " at " + time.millis() + " ms: " + rule);
    }
  }

  void note(String line) {
    journal.add(time.now() + " " + line);
  }

  @Override
  public void stepped(EngineState before, RiskEvent event, Step step) {
    for (Step.RuleFailure failure : step.failures()) {
      check(false, failure.rule() + " threw " + failure.error());
    }
    setNow =
        step.decisions().stream()
            .filter(d -> d instanceof Decision.LockoutSet)
            .map(d -> ((Decision.LockoutSet) d).lockout())
            .toList();
    boolean byAdmin = event instanceof RiskEvent.UnlockRequested;
    for (LongMap.Entry<AccountState> entry : before.accounts()) {
      for (Lockout lockout : entry.value().locks().active()) {
        stillHolds(lockout, step.state(), byAdmin, "ended by " + event.getClass().getSimpleName());
      }
    }
  }

  /** A lockout with an end holds until then, itself or as one of its rule that ends no sooner. */
  private void stillHolds(Lockout lockout, EngineState state, boolean byAdmin, String how) {
    Instant end = lockout.expiresAt().orElse(Instant.MAX);
    if (byAdmin || !time.now().isBefore(end)) {
      return;
    }
    boolean holds = false;
    for (Lockout now : state.account(lockout.account()).orElseThrow().locks().active()) {
      holds |=
          now.rule().equals(lockout.rule())
              && now.symbol().equals(lockout.symbol())
              && !now.expiresAt().orElse(Instant.MAX).isBefore(end);
    }
    check(holds, "too early " + how + ": " + lockout);
  }

  /** What is shown survives a crash: it is on the disk, or that was waited for long enough. */
  @Override
  public void published(RiskEvent event, Step step) {
    if (event instanceof RiskEvent.TradeReported told && watched.contains(told.account())) {
      check(disk.has(told.trade()) || disk.isLate(), "shown before it is on the disk: " + event);
    }
    for (Decision decision : step.decisions()) {
      if (decision instanceof Decision.LockoutSet set) {
        check(
            disk.has(set.lockout()) || disk.isLate(),
            "shown before it is on the disk: " + set.lockout());
      }
    }
  }

  /** No enforcement of a lockout before its row is on the disk, or was waited for long enough. */
  void handedOver(Enforcement.Order order) {
    check(watched.contains(order.account()), "a decision about " + order.account());
    for (Lockout lockout : setNow) {
      if (lockout.account().equals(order.account())) {
        check(disk.has(lockout) || disk.isLate(), "enforced without the row of " + lockout);
      }
    }
    note("order " + order.rule() + " " + order.actions().size());
  }

  /** What was on the disk when the process died is in force in the next one. */
  void restored(List<Lockout> onDisk, EngineState state) {
    for (Lockout lockout : onDisk) {
      stillHolds(lockout, state, false, "lost by a restart");
    }
    setNow = List.of();
  }

  /** Nothing that the engine asks for makes a position larger or turns it round. */
  void touched(AccountId account, ContractId contract, long before, long after) {
    check(watched.contains(account), "a close of " + account + ", which is nobody's business");
    check(
        Math.abs(after) < Math.abs(before)
            && (after == 0 || Long.signum(after) == Long.signum(before)),
        "exposure went from " + before + " to " + after + " in " + contract);
  }
}
