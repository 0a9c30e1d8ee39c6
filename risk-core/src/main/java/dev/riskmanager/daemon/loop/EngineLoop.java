package dev.riskmanager.daemon.loop;

import dev.riskmanager.daemon.port.DurableWriter;
import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.daemon.port.EventSink;
import dev.riskmanager.daemon.port.EventTap;
import dev.riskmanager.daemon.port.Reconfiguration;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.RiskEngine;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single writer. One thread owns the state; everything else sends it events. For each event it
 * steps the core, has written what must not be lost, publishes the new state, and hands the actions
 * to the executor, strictly in the order of {@code rules.md} §2: no flatten before the lockout row
 * of its rule is on the disk, except that a disk which has not answered after 250 ms is not waited
 * for.
 *
 * <p>The next event is taken in while the last one is still being written, unless that one decided
 * something about lockouts or somebody waits for its outcome: what is seen outside waits for the
 * disk, the judgement of the next event does not (docs/adr/0010).
 */
public final class EngineLoop implements EventSink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  /** Expiry is checked at least this often, and at each exact deadline. */
  private static final Duration TICK = Duration.ofSeconds(1);

  private static final int CAPACITY = 100_000;

  private final Inbox inbox = new Inbox(CAPACITY);
  private final InstantSource clock;
  private final Journal journal;
  private final Enforcement enforcement;
  private final Publisher publisher;
  private final EventTap tap;
  private final HandOver handOver;
  private final DegradedLog degraded = new DegradedLog(LOG::warn, LOG::info);
  private final DiskTrust disk = new DiskTrust();
  private final Thread thread;
  private final Unseen unseen;
  private volatile EngineState state;

  /** The newest state, which the next event meets; its step may not have been written yet. */
  private EngineState current;

  private volatile boolean diskAnswers = true;
  private volatile long rounds;

  /** Told, on the loop's thread, of each state that may be seen. Must not block. */
  public interface Publisher {
    /** A new state, with what led to it. */
    void published(EngineState state, List<Decision> decisions);

    /** A rule threw: a defect, shown as FAILED. */
    void ruleFailed(Step.RuleFailure failure);

    /** Something was committed; on the journal's thread. */
    void written();

    /** The disk does not answer (a text), or answers again (empty). */
    void journalTrouble(String why);
  }

  /**
   * Makes a loop around a state; it runs after {@link #start}.
   *
   * @param initial the restored state
   * @param clock the engine's one clock
   * @param tap hears what is taken in
   */
  public EngineLoop(
      EngineState initial,
      InstantSource clock,
      DurableWriter store,
      Enforcement enforcement,
      Publisher publisher,
      EventTap tap) {
    this.state = initial;
    this.current = initial;
    this.clock = clock;
    this.unseen = new Unseen(clock, DiskTrust.PATIENCE);
    this.journal =
        new Journal(
            store,
            () -> {
              publisher.written();
              inbox.wake();
            });
    this.enforcement = enforcement;
    this.publisher = publisher;
    this.tap = tap;
    this.handOver = new HandOver(enforcement);
    this.thread = Thread.ofPlatform().name("engine-loop").unstarted(this::run);
  }

  public void start() {
    handOver.allowances(state);
    thread.start();
  }

  /** The newest state that has been written or had to be published unwritten. */
  public EngineState state() {
    return state;
  }

  /** Whether everything that had to be written is on the disk. */
  public boolean isDurable() {
    return journal.trouble().isEmpty() && diskAnswers;
  }

  /** How many events wait; for tests. */
  int backlog() {
    return inbox.size();
  }

  /** Grows at least once a second while the loop does its work: its sign of life. */
  public long rounds() {
    return rounds;
  }

  @Override
  public void accept(Instant arrivedAt, RiskEvent event) {
    inbox.put(new Inbox.Item(arrivedAt, event, null, null));
  }

  /** Takes an event in and tells what became of it, once it is written and handed over. */
  public CompletableFuture<Handled> submit(Instant arrivedAt, RiskEvent event) {
    return submit(arrivedAt, event, List.of());
  }

  /**
   * The same.
   *
   * @param rows written in one transaction with what comes of it: who asked for it
   */
  public CompletableFuture<Handled> submit(
      Instant arrivedAt, RiskEvent event, List<Store.Change> rows) {
    CompletableFuture<Handled> done = new CompletableFuture<>();
    inbox.put(new Inbox.Item(arrivedAt, event, null, done, rows));
    return done;
  }

  /** Writes rows that no step led to: receipts, audit, connection events. Does not wait. */
  public void append(List<Store.Change> changes) {
    journal.write(changes);
  }

  private void run() {
    while (true) {
      rounds = rounds + 1;
      try {
        Inbox.Item item = inbox.poll(patience());
        if (item == null && Thread.currentThread().isInterrupted()) {
          return;
        }
        if (item == null || item != Inbox.WOKEN) {
          take(item);
        }
        publishWritten();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        // The loop is the guard itself: a defect in handling one event must not end it.
        LOG.error("An event could not be handled; the books stay as they were before it", e);
      }
    }
  }

  private Duration patience() {
    Instant deadline = current.nextDeadline();
    Instant patient = unseen.patientUntil();
    Instant first = patient.isBefore(deadline) ? patient : deadline;
    if (first.equals(Instant.MAX)) {
      return TICK;
    }
    Duration left = Duration.between(clock.instant(), first);
    return left.isNegative() ? Duration.ZERO : left.compareTo(TICK) < 0 ? left : TICK;
  }

  private void take(Inbox.@Nullable Item item) throws InterruptedException {
    EngineState before = current;
    if (item == null) {
      RiskEvent tick = new RiskEvent.ClockTicked();
      Step step = RiskEngine.step(before, clock.instant(), tick);
      tap.taken(step.state().now(), tick);
      handle(before, tick, step, List.of(), null);
      return;
    }
    try {
      Step step =
          item.rules == null
              ? RiskEngine.step(before, item.arrivedAt, item.event)
              : RiskEngine.configure(before, item.arrivedAt, item.rules.book());
      if (item.rules == null) {
        tap.taken(step.state().now(), item.event);
      } else {
        tap.configured(step.state().now(), item.rules.text());
      }
      handle(before, item.event, step, item.rows, item.done);
    } catch (RuntimeException e) {
      if (item.done != null) {
        item.done.completeExceptionally(e);
      }
      throw e;
    }
  }

  /** Puts other rules in force, as an event among the others. */
  public CompletableFuture<Handled> configure(Reconfiguration rules) {
    CompletableFuture<Handled> done = new CompletableFuture<>();
    inbox.put(new Inbox.Item(clock.instant(), new RiskEvent.ClockTicked(), rules, done));
    return done;
  }

  private void handle(
      EngineState before,
      RiskEvent event,
      Step step,
      List<Store.Change> others,
      @Nullable CompletableFuture<Handled> done)
      throws InterruptedException {
    step.failures().forEach(this::failed);
    EngineLog.event(event, before, step);
    for (Decision decision : step.decisions()) {
      EngineLog.decision(decision, step.state());
    }
    boolean waiting = handOver.begin(step);
    askDiskAgain();
    List<Store.Change> rows =
        new ArrayList<>(StateChanges.between(before, step.state(), event, step.decisions()));
    rows.addAll(others);
    Journal.Pending pending = unseen.add(step, List.copyOf(rows), journal);
    boolean durable = false;
    if (done != null || aboutLockouts(step)) {
      durable = awaited(pending);
    }
    current = step.state();
    if (done != null || aboutLockouts(step)) {
      // What was written before it is on the disk as well, or is not waited for either.
      unseen.all().forEach(this::publish);
    }
    Optional<Instant> committedAt = durable ? Optional.of(clock.instant()) : Optional.empty();
    handOver.finish(step, waiting, committedAt);
    handOver.observed(event);
    if (done != null) {
      done.complete(new Handled(step.state(), step.decisions(), durable));
    }
  }

  /**
   * Whether it sets, ends or upgrades one: neither protection nor its end rests on memory alone.
   */
  static boolean aboutLockouts(Step step) {
    return step.decisions().stream()
        .anyMatch(
            d ->
                d instanceof Decision.LockoutSet
                    || d instanceof Decision.LockoutCleared
                    || d instanceof Decision.Reset);
  }

  private void publish(Step step) {
    state = step.state();
    publisher.published(step.state(), step.decisions());
    degraded.look(step.state());
  }

  /** Shows what is on the disk by now, and what a disk that does not answer keeps back. */
  private void publishWritten() throws InterruptedException {
    unseen.written().forEach(this::publish);
    if (!diskAnswers) {
      unseen.all().forEach(this::publish);
    } else if (!clock.instant().isBefore(unseen.patientUntil())) {
      disk.fails(false);
      noAnswer();
      unseen.all().forEach(this::publish);
    }
  }

  private void failed(Step.RuleFailure failure) {
    LOG.error(
        "{} FAILED on account {}; it neither passed nor found a violation",
        failure.rule(),
        failure.account(),
        failure.error());
    publisher.ruleFailed(failure);
  }

  /** Whether the write is on the disk; a disk known not to answer is not waited for again. */
  private boolean awaited(Journal.Pending pending) throws InterruptedException {
    boolean written = disk.waits() ? pending.await(DiskTrust.PATIENCE) : pending.isWritten();
    if (disk.fails(written)) {
      noAnswer();
    }
    return written;
  }

  private void noAnswer() {
    diskAnswers = false;
    String why = journal.trouble();
    String text = why.isEmpty() ? "no answer within " + DiskTrust.PATIENCE.toMillis() + " ms" : why;
    LOG.error("ALARM: the database does not take writes ({}); lockouts are held in memory", text);
    publisher.journalTrouble(text);
  }

  /** A disk that has taken everything is waited for again: before the next write is given to it. */
  private void askDiskAgain() {
    if (disk.answersAgain(journal.isIdle())) {
      diskAnswers = true;
      LOG.info("The database answers again; what was held in memory is written");
      publisher.journalTrouble("");
    }
  }

  /** Ends the loop after the event under way, and writes what is waiting. */
  @Override
  public void close() {
    inbox.close();
    thread.interrupt();
    try {
      // One that was never started has nothing to end.
      if (thread.getState() != Thread.State.NEW) {
        thread.join(Duration.ofSeconds(2));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    journal.close();
  }
}
