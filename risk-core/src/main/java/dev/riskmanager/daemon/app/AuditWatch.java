package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.store.AuditVerification;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through the whole audit beside the engine, soon after each start and once a day: that an
 * older record was changed takes nothing away from what holds, and is shown until an admin has
 * looked. Safe for many threads.
 */
final class AuditWatch {
  private static final Logger LOG = LoggerFactory.getLogger("engine");
  private static final String PART = "audit chain";

  /** The row of what an admin has looked at. */
  static final String SEEN = "audit.seen";

  /** The row of what was recorded, so that each start does not do it again. */
  static final String FOUND = "audit.found";

  /** Not among what a start has to do: the closes of its first seconds come first. */
  private static final Duration AFTER_START = Duration.ofSeconds(10);

  private static final Duration EVERY = Duration.ofDays(1);

  private final Check check;
  private final Health health;
  private final InstantSource clock;
  private final Consumer<List<Store.Change>> rows;
  private String seen;
  private String recorded;

  /** Goes through the audit. */
  @FunctionalInterface
  interface Check {
    AuditVerification run() throws Store.StoreException;
  }

  /**
   * Knows what earlier engines found.
   *
   * @param rows takes what is to be written; must not block
   */
  AuditWatch(
      Check check,
      List<Store.MetaSaved> before,
      Health health,
      InstantSource clock,
      Consumer<List<Store.Change>> rows) {
    this.check = check;
    this.health = health;
    this.clock = clock;
    this.rows = rows;
    this.seen = Store.MetaSaved.of(before, SEEN);
    this.recorded = Store.MetaSaved.of(before, FOUND);
  }

  /** Begins; the timer's threads only wake it. */
  AuditWatch begin(ScheduledExecutorService scheduler) {
    scheduler.scheduleWithFixedDelay(
        () -> Thread.ofPlatform().daemon().name("audit-watch").start(this::look),
        AFTER_START.toSeconds(),
        EVERY.toSeconds(),
        TimeUnit.SECONDS);
    return this;
  }

  /** Goes through it now. */
  void look() {
    long began = System.nanoTime();
    try {
      AuditVerification found = check.run();
      long millis = (System.nanoTime() - began) / 1_000_000;
      LOG.info("Audit: {} records looked through in {} ms", found.records(), millis);
      take(found);
    } catch (Store.StoreException e) {
      health.problem(PART, String.valueOf(e.getMessage()));
      LOG.warn("Audit: {}", e.getMessage());
    }
  }

  private synchronized void take(AuditVerification found) {
    String what = found.valid() ? "" : found.message();
    if (what.isEmpty() || what.equals(seen)) {
      health.problem(PART, "");
      return;
    }
    String text =
        "ALARM: the audit is not as it was written: " + what + "; look at: risk-admin audit verify";
    health.problem(PART, text);
    LOG.error("{}", text);
    if (!what.equals(recorded)) {
      recorded = what;
      rows.accept(
          List.of(
              new Store.MetaSaved(FOUND, what),
              row(clock.instant(), "engine", "AUDIT_CHANGED", what)));
    }
  }

  /** An admin has asked, and was told that. */
  synchronized void seenBy(Peer by, AuditVerification found) {
    take(found);
    if (!found.valid() && !found.message().equals(seen)) {
      seen = found.message();
      rows.accept(
          List.of(
              new Store.MetaSaved(SEEN, seen),
              row(clock.instant(), by.user(), "audit.seen", seen)));
    }
    health.problem(PART, "");
  }

  private static Store.Change row(Instant now, String by, String action, String what) {
    return new Store.AuditAppended(now, by, action, Optional.empty(), what, "");
  }
}
