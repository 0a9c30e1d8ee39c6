package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.store.SqliteStore;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the database's log short, looks through the whole file once a day and after a kill, and
 * makes the daily backup; says what is wrong, and in the log only when it is news.
 */
final class DatabaseCare {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  private final SqliteStore store;
  private final Health health;
  private String told = "";

  DatabaseCare(SqliteStore store, Health health) {
    this.store = store;
    this.health = health;
  }

  /** To be called every second. */
  void tick(Instant now) {
    String trouble = look(now);
    if (!trouble.isEmpty() && !trouble.equals(told)) {
      LOG.error("ALARM: {}", trouble);
    }
    told = trouble;
    health.problem("database file", trouble);
    health.problem("audit log", store.auditTrouble());
  }

  private String look(Instant now) {
    try {
      store.maintain(now);
      if (store.isCheckDue(now)) {
        long began = System.nanoTime();
        store.check(now);
        LOG.info("Database checked, all of it, in {} ms", (System.nanoTime() - began) / 1_000_000);
      }
      if (store.isBackupDue(now)) {
        LOG.info("Backup written: {}", store.backup(now));
      }
      return "";
    } catch (Store.StoreException e) {
      return "the database could not be maintained: " + e.getMessage();
    }
  }
}
