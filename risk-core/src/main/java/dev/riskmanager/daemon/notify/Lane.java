package dev.riskmanager.daemon.notify;

import dev.riskmanager.daemon.port.Notice;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one target: a bounded queue and a thread that tries until the target takes the
 * message, with growing pauses. When the queue is full its oldest notice goes: what happens now is
 * worth more than what happened then.
 */
final class Lane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("notify");

  /** Pauses before the second, third, … try; the last holds on. */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5));

  /** After so many tries, about an hour, it is no news any more. */
  private static final int MOST_TRIES = 16;

  /** A target may ask for a pause, but not for one without end. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  private final Target target;
  private final int capacity;
  private final Pause pause;
  private final Deque<Notice> waiting = new ArrayDeque<>();
  private final Thread thread;
  private boolean busy;
  private long lost;
  private long lostInAll;

  /** Waits between two tries; a test does not. */
  @FunctionalInterface
  interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  /**
   * Starts the thread.
   *
   * @param capacity notices that may wait, ≥ 1
   */
  Lane(Target target, int capacity, Pause pause) {
    this.target = target;
    this.capacity = capacity;
    this.pause = pause;
    this.thread = Thread.ofPlatform().daemon().name("notify-" + target.name()).start(this::run);
  }

  /** Returns at once. */
  synchronized void offer(Notice notice) {
    if (waiting.size() >= capacity) {
      waiting.removeFirst();
      lose(1, "they come faster than it takes them");
    }
    waiting.addLast(notice);
    notifyAll();
  }

  /** How many wait. */
  synchronized int backlog() {
    return waiting.size();
  }

  /** How many were never delivered, since the start. */
  synchronized long lost() {
    return lostInAll;
  }

  /** Waits until everything is delivered, or for that long. */
  synchronized void awaitIdle(long nanosLeft) throws InterruptedException {
    long deadline = System.nanoTime() + nanosLeft;
    while (busy || !waiting.isEmpty()) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  private void run() {
    try {
      while (true) {
        deliver(take());
      }
    } catch (InterruptedException e) {
      // Closed: whatever waits is not news any more.
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<Notice> take() throws InterruptedException {
    busy = false;
    notifyAll();
    while (waiting.isEmpty()) {
      wait();
    }
    busy = true;
    List<Notice> batch = new ArrayList<>();
    while (batch.size() < target.batch() && !waiting.isEmpty()) {
      batch.add(waiting.removeFirst());
    }
    return batch;
  }

  private void deliver(List<Notice> batch) throws InterruptedException {
    String told = "";
    for (int tries = 1; ; tries++) {
      String why;
      Duration wait;
      try {
        long before = lostSoFar();
        target.send(batch, before);
        delivered(before, !told.isEmpty());
        return;
      } catch (SendException e) {
        why = String.valueOf(e.getMessage());
        if (e.isPermanent() || tries >= MOST_TRIES) {
          giveUp(batch.size(), why);
          return;
        }
        wait = longer(e.pause(), PAUSES.get(Math.min(tries, PAUSES.size()) - 1));
      } catch (RuntimeException | Error e) {
        // A defect of one target must not end its thread, nor be repeated for an hour; a class
        // that is missing or a stack that overflows is one.
        LOG.warn("Notification: {} failed", target.name(), e);
        giveUp(batch.size(), e.getClass().getSimpleName());
        return;
      }
      if (!why.equals(told)) {
        LOG.warn("Notification: {} takes nothing ({}); trying on", target.name(), why);
        told = why;
      }
      pause.of(wait);
    }
  }

  private static Duration longer(Duration asked, Duration own) {
    Duration wait = asked.compareTo(own) > 0 ? asked : own;
    return wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait;
  }

  private synchronized long lostSoFar() {
    return lost;
  }

  private synchronized void delivered(long toldOf, boolean again) {
    lost -= toldOf;
    if (again) {
      LOG.info("Notification: {} takes notices again", target.name());
    }
  }

  private synchronized void giveUp(int count, String why) {
    lose(count, why);
  }

  /** Each loss is counted; the first, the tenth, the hundredth … are logged. */
  private void lose(int count, String why) {
    long before = lostInAll;
    lost += count;
    lostInAll += count;
    if (Long.toString(before).length() < Long.toString(lostInAll).length() || before == 0) {
      LOG.warn(
          "Notification: {} did not get {} notice(s) so far: {}", target.name(), lostInAll, why);
    }
  }

  /** Ends the thread; a message under way is given up. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
