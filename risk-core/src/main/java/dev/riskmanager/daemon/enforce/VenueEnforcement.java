package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The executor: one plan for each account, carried out at the venue until it is proven done
 * (rules.md §5). May be called from any thread and never blocks it; calls to the venue, logs and
 * the listener run on threads of its own.
 *
 * <p>Whoever calls {@link #carryOut} for an account that has just been locked calls {@link #allow}
 * first, so that the plan knows from its first request what may stay.
 */
public final class VenueEnforcement implements Enforcement {
  /** Every custom tag of an order the engine places begins with this. */
  public static final String TAG_PREFIX = dev.riskmanager.domain.model.Order.ENGINE_TAG;

  private static final long PATIENCE_AT_CLOSE_SECONDS = 2;

  private final Calls calls;
  private final Pacer pacer;
  private final RequestBudget budget;
  private final long seed;
  private final Function<ContractId, String> symbolOf;
  private final Teller teller;
  private final Runnable atClose;
  private final Map<AccountId, AccountWorker> workers = new ConcurrentSkipListMap<>();
  private volatile boolean closed;

  /**
   * With time and transport of the caller's choice, e.g. simulated ones.
   *
   * @param symbolOf the symbol of a contract, e.g. {@code MNQ}; asked on any thread
   * @param atClose run by {@link #close} after the plans have stopped
   */
  public VenueEnforcement(
      Calls calls,
      Pacer pacer,
      RequestBudget budget,
      RandomGenerator random,
      Function<ContractId, String> symbolOf,
      Listener listener,
      Runnable atClose) {
    this.calls = calls;
    this.pacer = pacer;
    this.budget = budget;
    this.seed = random.nextLong();
    this.symbolOf = symbolOf;
    this.teller = new Teller(pacer, listener);
    this.atClose = atClose;
  }

  /**
   * On a real venue: calls on virtual threads, one timer thread.
   *
   * @param clock wall time, for logs and receipts
   * @param nanos monotonic time, for waiting
   * @param random for jitter and tags
   */
  public static VenueEnforcement onVenue(
      Venue venue,
      InstantSource clock,
      LongSupplier nanos,
      RequestBudget budget,
      RandomGenerator random,
      Function<ContractId, String> symbolOf,
      Listener listener) {
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("enforce-", 0).factory());
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("enforce-timer").factory());
    return new VenueEnforcement(
        new VenueCalls(venue, threads, nanos),
        new LivePacer(clock, nanos, threads, timer),
        budget,
        random,
        symbolOf,
        listener,
        () -> stop(threads, timer));
  }

  private static void stop(ExecutorService threads, ScheduledExecutorService timer) {
    timer.shutdownNow();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE_AT_CLOSE_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void carryOut(Order order) {
    if (order.actions().isEmpty()) {
      teller.tell(List.of(new Told.Recorded(Case.recorded(order, pacer.now()))));
    } else {
      worker(order.account()).carryOut(order);
    }
  }

  @Override
  public void allow(AccountId account, Optional<Baseline> locked, Set<ContractId> symbols) {
    worker(account).allow(new LockView(locked, symbols));
  }

  @Override
  public void observed(AccountId account, boolean open) {
    worker(account).observed(open);
  }

  private AccountWorker worker(AccountId account) {
    AccountWorker worker = workerOf(account);
    if (closed) {
      worker.stop();
    }
    return worker;
  }

  private AccountWorker workerOf(AccountId account) {
    return workers.computeIfAbsent(
        account,
        id ->
            new AccountWorker(
                id,
                calls,
                pacer,
                budget,
                new SplittableRandom(seed ^ id.value()),
                symbolOf,
                teller));
  }

  @Override
  public void close() {
    closed = true;
    workers.values().forEach(AccountWorker::stop);
    atClose.run();
    workers.values().forEach(AccountWorker::abandon);
    teller.flush();
  }
}
