package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.Enforcement;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on what plans have to say, in order and one at a time, away from the threads that send
 * requests: neither a slow disk under a log nor a listener delays a close.
 */
final class Teller {
  private static final Logger LOG = LoggerFactory.getLogger(VenueEnforcement.class);

  /** Goes to {@code enforcement.log}; its appender puts the time in front. */
  private static final Logger OPERATIONS = LoggerFactory.getLogger("enforcement");

  private final Pacer pacer;
  private final Enforcement.Listener listener;
  private final Queue<Told> waiting = new ArrayDeque<>();
  private boolean telling;

  Teller(Pacer pacer, Enforcement.Listener listener) {
    this.pacer = pacer;
    this.listener = listener;
  }

  void tell(List<Told> told) {
    synchronized (waiting) {
      waiting.addAll(told);
      if (telling || waiting.isEmpty()) {
        return;
      }
      telling = true;
    }
    pacer.run(this::tellAll);
  }

  /** Says what is left on the caller's thread: the others are gone. */
  void flush() {
    tellAll();
  }

  private void tellAll() {
    while (true) {
      Told next;
      synchronized (waiting) {
        Told head = waiting.poll();
        if (head == null) {
          telling = false;
          return;
        }
        next = head;
      }
      try {
        tell(next);
      } catch (RuntimeException e) {
        LOG.error("a listener of the executor failed", e);
      }
    }
  }

  private void tell(Told told) {
    switch (told) {
      case Told.Operation operation -> OPERATIONS.info("{}", operation.line());
      case Told.Line line -> {
        if (line.warning()) {
          LOG.warn("{}", line.line());
        } else {
          LOG.info("{}", line.line());
        }
      }
      case Told.RequestEnded r ->
          listener.request(r.account(), r.operation(), r.detail(), r.sentAt(), r.reply());
      case Told.ProvenFlat flat ->
          listener.provenFlat(flat.account(), flat.began(), flat.provenAt());
      case Told.AlarmRaised alarm ->
          listener.alarm(alarm.account(), alarm.what(), alarm.notProtected());
      case Told.AlarmCleared cleared -> listener.alarmCleared(cleared.account());
      case Told.Progress progress -> listener.progress(progress.soFar());
      case Told.Finished finished -> listener.finished(finished.receipt());
      case Told.Recorded recorded -> listener.recorded(recorded.receipt());
    }
  }
}
