package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is committed from the database to {@code audit.log} and the marker, in this order and
 * beside the commits: no enforcement waits for it. What a crash or a full disk keeps back is
 * brought later, because it is read from the database again.
 */
final class AuditMirror implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("audit");
  private static final int AT_ONCE = 500;
  private static final long RETRY_MILLIS = 1_000;
  private static final long CLOSE_PATIENCE_MILLIS = 3_000;

  private final AuditReader reader;
  private final AuditLog log;
  private final Marker marker;
  private final InstantSource clock;
  private final Consumer<String> alarm;
  private final Semaphore committed = new Semaphore(0);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("audit-mirror").unstarted(this::run);
  private @Nullable AuditHead mirrored; // guarded by this; null until the log was looked at
  private AuditHead marked = AuditHead.NONE; // guarded by this
  private LocalDate pruned = LocalDate.MIN; // guarded by this
  private volatile String trouble = "";
  private volatile boolean closing;

  /**
   * Makes it; nothing is written before {@link #start} or {@link #catchUp}.
   *
   * @param alarm told, in a line, when another program has changed the log
   */
  AuditMirror(
      AuditReader reader,
      AuditLog log,
      Marker marker,
      InstantSource clock,
      Consumer<String> alarm) {
    this.alarm = alarm;
    this.reader = reader;
    this.log = log;
    this.marker = marker;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  /** There may be something new; returns at once. */
  void wake() {
    committed.release();
  }

  /** Why the log or the marker is behind; empty when neither is. */
  String trouble() {
    return trouble;
  }

  /** Brings everything; returns when the disk has it. */
  synchronized void catchUp() throws StoreException, IOException {
    try {
      bring();
    } catch (AuditLog.Changed e) {
      Path kept = log.setAside("changed-" + Replacement.stamp(clock.instant()));
      mirrored = agreed();
      bring();
      String what = e.getMessage() + " and is written anew; what was left of it is " + kept;
      LOG.error("ALARM: {}", what);
      alarm.accept(what);
    }
  }

  /** The newest record of the files of earlier days, when the database has the same. */
  private AuditHead agreed() throws StoreException, IOException {
    Optional<AuditHead> newest = log.newest().map(AuditRecord::head);
    return newest.isPresent() && reader.at(newest.get().seq()).map(AuditRecord::head).equals(newest)
        ? newest.get()
        : AuditHead.NONE;
  }

  private void bring() throws StoreException, IOException {
    AuditHead head = mirrored == null ? agreed() : mirrored;
    mirrored = head;
    while (true) {
      List<AuditRecord> records = reader.after(head.seq(), AT_ONCE);
      if (records.isEmpty()) {
        break;
      }
      log.append(records);
      head = records.getLast().head();
      mirrored = head;
    }
    if (!head.isNone() && !marked.equals(head)) {
      marker.write(head);
      marked = head;
    }
    prune();
  }

  /** Looks through database, log and marker. */
  synchronized AuditVerification verify() throws StoreException {
    try {
      catchUp();
      return AuditVerification.of(
          reader, log, marker, mirrored == null ? AuditHead.NONE : mirrored);
    } catch (IOException e) {
      throw new StoreException("the audit cannot be checked: " + StoreErrors.why(e), e);
    }
  }

  private void prune() throws StoreException, IOException {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (today.isAfter(pruned)) {
      LocalDate needed =
          reader.oldestLockout().map(at -> LocalDate.ofInstant(at, ZoneOffset.UTC)).orElse(today);
      log.prune(today, needed);
      pruned = today;
    }
  }

  private void run() {
    try {
      while (!closing) {
        boolean woken = committed.tryAcquire(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        committed.drainPermits();
        if (woken || !trouble.isEmpty()) {
          attempt();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Brings everything, or remembers what is in the way. */
  void attempt() {
    try {
      catchUp();
      if (!trouble.isEmpty()) {
        LOG.info("audit.log and its marker are complete again");
      }
      trouble = "";
    } catch (StoreException | IOException | RuntimeException e) {
      if (closing) {
        return; // The books may be closed already; the next start brings what is left.
      }
      String why =
          e instanceof IOException io ? StoreErrors.why(io) : String.valueOf(e.getMessage());
      String text =
          "audit.log or its marker cannot be written: "
              + why
              + ". The database has the records; make room, or give the engine's user access";
      if (!text.equals(trouble)) {
        LOG.error("{}", text);
      }
      trouble = text;
    }
  }

  /** Brings what is left, within a few seconds. */
  @Override
  public void close() {
    closing = true;
    wake();
    try {
      if (thread.isAlive()) {
        thread.join(CLOSE_PATIENCE_MILLIS);
      }
      if (!thread.isAlive()) {
        attempt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // What is left is brought at the next start.
    }
  }
}
