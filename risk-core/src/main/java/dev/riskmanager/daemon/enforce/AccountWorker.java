package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the plan of one account: lets one caller at a time at it, sends what it asks for, and
 * wakes it when it wants to be woken. Everything it does is short; nothing blocks.
 */
final class AccountWorker {
  private static final Logger LOG = LoggerFactory.getLogger(AccountWorker.class);

  /** After an error of our own the plan is looked at again. */
  private static final long AFTER_ERROR = Timing.SECOND;

  private final AccountId account;
  private final Calls calls;
  private final Pacer pacer;
  private final RequestBudget budget;
  private final RandomGenerator random;
  private final Function<ContractId, String> symbolOf;
  private final Teller teller;
  private final Object turn = new Object();
  private final Map<Long, Long> lastModified = new HashMap<>();
  private Optional<AccountPlan> plan = Optional.empty();
  private LockView lock = LockView.OPEN;
  private long planNumber;
  private long armedFor = Timing.NEVER;
  private boolean failing;
  private boolean stopped;

  AccountWorker(
      AccountId account,
      Calls calls,
      Pacer pacer,
      RequestBudget budget,
      RandomGenerator random,
      Function<ContractId, String> symbolOf,
      Teller teller) {
    this.account = account;
    this.calls = calls;
    this.pacer = pacer;
    this.budget = budget;
    this.random = random;
    this.symbolOf = symbolOf;
    this.teller = teller;
  }

  void carryOut(Enforcement.Order order) {
    act(
        now -> {
          if (stopped) {
            LOG.warn("Account {}: the executor is closed, nothing is carried out", account);
          } else if (plan.isPresent()) {
            plan.get().carryOut(order, now);
          } else {
            planNumber++;
            lastModified.values().removeIf(at -> now.nanos() - at >= Timing.MODIFY_SPACING);
            plan =
                Optional.of(
                    new AccountPlan(order, now, lock, budget, random, symbolOf, lastModified));
          }
        });
  }

  void allow(LockView view) {
    act(
        now -> {
          lock = view;
          plan.ifPresent(p -> p.allow(view, now));
        });
  }

  void observed(boolean open) {
    act(now -> plan.ifPresent(p -> p.observed(open, now)));
  }

  /** Sends nothing more; answers still to come are taken in. */
  void stop() {
    synchronized (turn) {
      stopped = true;
    }
  }

  /** Leaves the receipt of a plan that was not finished. */
  void abandon() {
    synchronized (turn) {
      plan.ifPresent(
          p -> {
            p.abandon(new Moment(pacer.now(), pacer.nanos()));
            teller.tell(p.drain());
          });
      plan = Optional.empty();
    }
  }

  private void answered(long number, long id, VenueReply<?> reply) {
    act(
        now -> {
          // A plan that is over wants no more answers, and its numbers are used again by the next.
          if (number == planNumber) {
            plan.ifPresent(p -> p.answered(id, reply, now));
          }
        });
  }

  private void wake(long armed) {
    act(
        now -> {
          if (armedFor == armed) {
            armedFor = Timing.NEVER;
          }
        });
  }

  private void act(Consumer<Moment> change) {
    synchronized (turn) {
      Moment now = new Moment(pacer.now(), pacer.nanos());
      try {
        change.accept(now);
        if (!stopped) {
          plan.ifPresent(p -> drive(p, now));
          recovered();
        }
      } catch (RuntimeException e) {
        // The executor does not die of its own error: it says so and goes on with what it knows.
        LOG.error("Account {}: error in the executor, trying again", account, e);
        failed(e);
        arm(now.nanos() + AFTER_ERROR);
      }
    }
  }

  private void failed(RuntimeException e) {
    if (!failing) {
      failing = true;
      teller.tell(
          List.of(
              new Told.AlarmRaised(account, "error in the executor: " + e.getMessage(), false)));
    }
  }

  private void recovered() {
    if (failing && plan.filter(AccountPlan::isAlarmed).isEmpty()) {
      failing = false;
      teller.tell(List.of(new Told.AlarmCleared(account)));
    }
  }

  private void drive(AccountPlan running, Moment now) {
    long number = planNumber;
    for (AccountPlan.Sending sending : running.poll(now)) {
      calls.send(sending.request(), reply -> answered(number, sending.id(), reply));
    }
    teller.tell(running.drain());
    if (running.isDone()) {
      plan = Optional.empty();
    } else {
      arm(running.wakeAt(now));
    }
  }

  private void arm(long at) {
    if (at < Timing.NEVER && at < armedFor) {
      armedFor = at;
      pacer.runAt(at, () -> wake(at));
    }
  }
}
