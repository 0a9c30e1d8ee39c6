package dev.riskmanager.daemon.loop;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.engine.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Steps that nobody outside has seen, because they may not be on the disk; oldest first. */
final class Unseen {
  private final InstantSource clock;
  private final Duration patience;
  private final Deque<Waiting> steps = new ArrayDeque<>();

  private record Waiting(Step step, Journal.Pending pending, Instant since) {}

  /**
   * @param patience how long the disk may take
   */
  Unseen(InstantSource clock, Duration patience) {
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * Has it written. Where nothing has to be written, it is on the disk when what was before it is.
   *
   * @param rows what it leaves behind
   */
  Journal.Pending add(Step step, List<Store.Change> rows, Journal journal) {
    Waiting last = steps.peekLast();
    Journal.Pending pending = rows.isEmpty() && last != null ? last.pending() : journal.write(rows);
    steps.add(new Waiting(step, pending, clock.instant()));
    return pending;
  }

  /** Takes out those that are written, up to the first that is not. */
  List<Step> written() {
    List<Step> written = new ArrayList<>();
    for (Waiting first = steps.peek();
        first != null && first.pending().isWritten();
        first = steps.peek()) {
      written.add(steps.remove().step());
    }
    return written;
  }

  /** Takes out all, written or not. */
  List<Step> all() {
    List<Step> all = steps.stream().map(Waiting::step).toList();
    steps.clear();
    return all;
  }

  /** When the disk has had its time for the oldest; never, when none waits. */
  Instant patientUntil() {
    Waiting first = steps.peek();
    return first == null ? Instant.MAX : first.since().plus(patience);
  }
}
