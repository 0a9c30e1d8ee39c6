package dev.riskmanager.daemon.control;

import dev.riskmanager.daemon.port.Answer;
import dev.riskmanager.daemon.port.ViewBackend;
import dev.riskmanager.wire.Protocol;
import dev.riskmanager.wire.StatusView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells watchers of changes. The engine only rings a bell; a thread of the hub takes the newest
 * picture, writes it once for all who watch the same, and leaves it with them. The first few
 * changes after a pause go out at once, further ones at the pace of {@link Limits#pace}: a lockout
 * comes on the heels of the trade that it answers, and must not wait because that one has been
 * told.
 */
final class WatchHub implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WatchHub.class);

  /** So many changes after a pause are told without a wait for the pace. */
  private static final int AT_ONCE = 4;

  /** Between those: what comes together is told together. */
  private static final long TOGETHER = Duration.ofMillis(2).toNanos();

  private final ViewBackend backend;
  private final Limits limits;
  private final Map<Connection, Watcher> watchers = new ConcurrentHashMap<>();
  private final Semaphore bell = new Semaphore(0);
  private final AtomicBoolean changed = new AtomicBoolean();
  private final Runnable unsubscribe;
  private final Thread thread;
  private volatile boolean stopped;

  WatchHub(ViewBackend backend, Limits limits) {
    this.backend = backend;
    this.limits = limits;
    this.unsubscribe = backend.subscribe(this::ring);
    this.thread = Thread.ofVirtual().name("control-watch").start(this::run);
  }

  /** The client is told of changes from now on, beginning with the present picture. */
  void add(Connection client, OptionalLong accountId) {
    watchers.put(client, new Watcher(accountId));
    bell.release();
  }

  /** The client is told no more. */
  void remove(Connection client) {
    watchers.remove(client);
  }

  private void ring() {
    if (!changed.getAndSet(true)) {
      bell.release();
    }
  }

  private void run() {
    long pace = limits.pace().toNanos();
    int atOnce = AT_ONCE;
    try {
      while (!stopped) {
        // Each pace without a change gives back one that is told at once.
        while (atOnce < AT_ONCE && !bell.tryAcquire(pace, TimeUnit.NANOSECONDS)) {
          atOnce++;
        }
        if (atOnce == AT_ONCE) {
          bell.acquire();
        }
        bell.drainPermits();
        boolean all = changed.getAndSet(false);
        try {
          push(all);
        } catch (RuntimeException e) {
          log.error("control: cannot tell watchers of a change", e);
        }
        TimeUnit.NANOSECONDS.sleep(--atOnce > 0 ? Math.min(TOGETHER, pace) : pace);
        atOnce = Math.max(atOnce, 0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Leaves a line with each watcher it concerns.
   *
   * @param all whether there is a new picture; else it is only for those who have none yet
   */
  private void push(boolean all) {
    Map<OptionalLong, byte @Nullable []> pictures = new LinkedHashMap<>();
    for (Map.Entry<Connection, Watcher> entry : watchers.entrySet()) {
      Watcher watcher = entry.getValue();
      if (!all && watcher.greeted) {
        continue;
      }
      byte[] line = pictures.computeIfAbsent(watcher.accountId, this::pictureLine);
      if (line != null) {
        entry.getKey().picture(line);
        watcher.greeted = true;
      }
    }
  }

  private byte @Nullable [] pictureLine(OptionalLong accountId) {
    if (!(backend.status(accountId) instanceof Answer.Done<StatusView>(StatusView status))) {
      return null;
    }
    byte[] line = AnswerLine.of(new Notification("2.0", "changed", status));
    if (line.length > Protocol.MAX_LINE_BYTES) {
      log.warn("control: the status is too long to be sent; watch single accounts");
      return null;
    }
    return line;
  }

  @Override
  public void close() {
    stopped = true;
    unsubscribe.run();
    thread.interrupt();
  }

  private record Notification(String jsonrpc, String method, Object params) {}

  /** A client that watches; only the hub's thread changes it. */
  private static final class Watcher {
    final OptionalLong accountId;
    boolean greeted;

    Watcher(OptionalLong accountId) {
      this.accountId = accountId;
    }
  }
}
