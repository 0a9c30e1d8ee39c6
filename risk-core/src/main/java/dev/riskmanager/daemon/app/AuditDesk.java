package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.port.Answer;
import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.daemon.port.Refusal;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.store.AuditRow;
import dev.riskmanager.daemon.store.AuditVerification;
import dev.riskmanager.daemon.store.SqliteStore;
import dev.riskmanager.wire.AuditCheck;
import dev.riskmanager.wire.AuditView;
import dev.riskmanager.wire.BackupResult;
import java.time.Instant;
import java.util.List;

/** Shows the audit, checks its chain, and makes a backup when asked. */
final class AuditDesk {
  private final SqliteStore store;
  private final AuditWatch watch;

  AuditDesk(SqliteStore store, AuditWatch watch) {
    this.store = store;
    this.watch = watch;
  }

  Answer<AuditView> newest(int tail) {
    try {
      List<AuditView.Entry> entries = store.auditTail(tail).stream().map(AuditDesk::entry).toList();
      return Answer.done(new AuditView(entries));
    } catch (Store.StoreException e) {
      return Answer.refused(Refusal.Kind.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  Answer<AuditCheck> verify(Peer by) {
    try {
      AuditVerification found = store.verifyAudit();
      watch.seenBy(by, found);
      return Answer.done(
          new AuditCheck(
              found.valid(),
              found.records(),
              found.firstBroken().isPresent() ? found.firstBroken().getAsLong() : null,
              found.message()));
    } catch (Store.StoreException e) {
      return Answer.refused(Refusal.Kind.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  Answer<BackupResult> backup(Instant now) {
    try {
      return Answer.done(new BackupResult(store.backup(now).toString()));
    } catch (Store.StoreException e) {
      return Answer.refused(Refusal.Kind.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private static AuditView.Entry entry(AuditRow row) {
    return new AuditView.Entry(
        row.seq(),
        row.at(),
        row.by(),
        row.action(),
        row.account().isPresent() ? row.account().getAsLong() : null,
        row.detail().isEmpty() ? null : row.detail(),
        row.reason().isEmpty() ? null : row.reason(),
        row.hash());
  }
}
