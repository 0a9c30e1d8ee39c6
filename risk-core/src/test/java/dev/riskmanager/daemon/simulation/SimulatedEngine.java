package dev.riskmanager.daemon.simulation;

import dev.riskmanager.daemon.app.SimulatedWatch;
import dev.riskmanager.daemon.enforce.Pacer;
import dev.riskmanager.daemon.enforce.RequestBudget;
import dev.riskmanager.daemon.enforce.VenueEnforcement;
import dev.riskmanager.daemon.enforce.VenueRequest;
import dev.riskmanager.daemon.enforce.VirtualTime;
import dev.riskmanager.daemon.loop.SimulatedLoop;
import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.daemon.port.RequestAllowance;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.RiskEngine;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Trade;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;

/** One process of the engine, from its start to its end, which may be a crash. */
final class SimulatedEngine {
  final SimulatedLoop loop;
  final Wire wire;
  final Hub hub;
  final Set<AccountId> alarmed = new TreeSet<>();
  final SimulatedWatch watch;
  private final Sabotage sabotage;
  private final boolean watches;
  private final VirtualTime time;
  private final Checks checks;
  private boolean dead;

  SimulatedEngine(
      EngineState initial,
      SimVenue venue,
      Disk disk,
      VirtualTime time,
      SplittableRandom random,
      Set<AccountId> watched,
      Checks checks,
      Consumer<VenueRequest> departures,
      Sabotage sabotage,
      boolean watches,
      RequestRate rate) {
    this.sabotage = sabotage;
    this.time = time;
    this.checks = checks;
    wire = new Wire(venue, time, random.split(), departures, rate);
    RequestBudget budget = new RequestBudget();
    RequestAllowance others = budget.others(time::nanos);
    VenueEnforcement enforcement =
        new VenueEnforcement(
            wire,
            new MortalPacer(),
            budget,
            random.split(),
            contract -> initial.market().symbol(contract),
            new Ears(),
            () -> {});
    loop =
        new SimulatedLoop(
            initial,
            new MortalPacer(),
            disk,
            new Watched(enforcement),
            checks,
            this::step,
            haste(sabotage));
    watch = new SimulatedWatch(rate.around(venue), loop::state, loop::accept, time::now, others);
    this.watches = watches;
    hub = new Hub(venue, time, random.split(), watched, watch::pass, rate, others);
  }

  private static SimulatedLoop.Haste haste(Sabotage sabotage) {
    return switch (sabotage) {
      case HASTY_LOCKOUTS -> SimulatedLoop.Haste.WITH_LOCKOUTS;
      case HASTY_STATES -> SimulatedLoop.Haste.WITH_STATES;
      default -> SimulatedLoop.Haste.NONE;
    };
  }

  private Step step(EngineState before, Instant t, RiskEvent event) {
    if (sabotage == Sabotage.EARLY_CLOCK) {
      return RiskEngine.step(before, t.plusSeconds(3), event);
    }
    Step step = RiskEngine.step(before, t, event);
    if (sabotage == Sabotage.DOUBLE_TRADES
        && event instanceof RiskEvent.TradeReported told
        && told.trade().profitAndLoss().isPresent()) {
      Trade again = SimVenue.underAnotherId(told.trade());
      Step second = RiskEngine.step(step.state(), t, new RiskEvent.TradeReported(again));
      List<Decision> both = new ArrayList<>(step.decisions());
      both.addAll(second.decisions());
      return new Step(second.state(), both, step.failures());
    }
    return step;
  }

  /** Looks for lost events every two seconds, as long as the process lives. */
  private void lookAround() {
    new MortalPacer()
        .runAt(
            time.nanos() + 2_000_000_000L,
            () -> {
              watch.look();
              lookAround();
            });
  }

  void start() {
    loop.start();
    hub.connect();
    if (watches) {
      lookAround();
    }
  }

  /** Nothing that it planned happens any more; what it sent is on its way. */
  void crash() {
    dead = true;
    loop.die();
    wire.die();
    hub.die();
  }

  private final class MortalPacer implements Pacer {
    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public long nanos() {
      return time.nanos();
    }

    @Override
    public void run(Runnable task) {
      runAt(time.nanos(), task);
    }

    @Override
    public void runAt(long nanos, Runnable task) {
      time.runAt(
          nanos,
          () -> {
            if (!dead) {
              task.run();
            }
          });
    }
  }

  /** Lets the checks see what is handed to the executor, at the moment it is. */
  private final class Watched implements Enforcement {
    private final Enforcement target;

    Watched(Enforcement target) {
      this.target = target;
    }

    @Override
    public void carryOut(Order order) {
      checks.handedOver(order);
      if (sabotage == Sabotage.IDLE_EXECUTOR) {
        return;
      }
      target.carryOut(order);
    }

    @Override
    public void allow(AccountId account, Optional<Baseline> locked, Set<ContractId> symbols) {
      if (sabotage != Sabotage.IDLE_EXECUTOR) {
        target.allow(account, locked, symbols);
      }
    }

    @Override
    public void observed(AccountId account, boolean open) {
      target.observed(account, open);
    }

    @Override
    public void close() {
      target.close();
    }
  }

  private final class Ears implements Enforcement.Listener {
    @Override
    public void request(
        AccountId account, String operation, String detail, Instant sentAt, VenueReply<?> reply) {
      checks.note(account + " " + operation + " " + detail + ": " + reply);
    }

    @Override
    public void provenFlat(AccountId account, Instant began, Instant provenAt) {}

    @Override
    public void alarm(AccountId account, String what, boolean notProtected) {
      alarmed.add(account);
    }

    @Override
    public void alarmCleared(AccountId account) {
      alarmed.remove(account);
    }

    @Override
    public void progress(Enforcement.Receipt soFar) {}

    @Override
    public void finished(Enforcement.Receipt receipt) {
      checks.note("receipt " + receipt.id() + " " + receipt.rule() + " " + receipt.outcome());
    }

    @Override
    public void recorded(Enforcement.Receipt receipt) {
      finished(receipt);
    }
  }
}
