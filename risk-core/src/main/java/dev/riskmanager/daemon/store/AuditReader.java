package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.StoreException;
import dev.riskmanager.domain.lockout.Lockout;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The audit in the database, read on a connection of its own. Safe for many threads. */
final class AuditReader implements AutoCloseable {
  private static final String RECORDS = "SELECT seq, record, hash FROM audit ";

  private final Rows rows;

  private AuditReader(Rows rows) {
    this.rows = rows;
  }

  /** Opens a database of which something is known already. */
  static AuditReader open(Path database, StoreErrors errors) throws SQLException {
    return new AuditReader(new Rows(Connections.reader(database), errors));
  }

  /** Records after that number, oldest first. */
  List<AuditRecord> after(long seq, int limit) throws StoreException {
    return records(RECORDS + "WHERE seq > ? ORDER BY seq LIMIT ?", seq, (long) limit);
  }

  /** The newest records, newest last. */
  List<AuditRecord> tail(int limit) throws StoreException {
    return records(RECORDS + "ORDER BY seq DESC LIMIT ?", (long) limit).reversed();
  }

  /** The record of that number. */
  Optional<AuditRecord> at(long seq) throws StoreException {
    return records(RECORDS + "WHERE seq = ?", seq).stream().findFirst();
  }

  AuditHead head() throws StoreException {
    return tail(1).stream().findFirst().map(AuditRecord::head).orElse(AuditHead.NONE);
  }

  /** The newest record of an action. */
  Optional<AuditRecord> newest(String action) throws StoreException {
    return records(RECORDS + "WHERE action = ? ORDER BY seq DESC LIMIT 1", action).stream()
        .findFirst();
  }

  /** Every record about a lockout, oldest first. */
  List<AuditRecord> lockouts() throws StoreException {
    return records(
        RECORDS + "WHERE action IN (?, ?, ?, ?) ORDER BY seq",
        AuditRecord.LOCKOUT_SET,
        AuditRecord.LOCKOUT_UPGRADED,
        AuditRecord.LOCKOUT_BASELINE,
        AuditRecord.LOCKOUT_CLEARED);
  }

  /** Whether the database is of a version that keeps a chain. */
  boolean isChained() throws StoreException {
    return !rows.list(
            "schema_version",
            "SELECT version FROM schema_version WHERE version = " + Migrations.CHAINED,
            row -> row.number(1))
        .isEmpty();
  }

  /** The lockouts in force, by id. */
  List<Lockout> lockoutsInForce() throws StoreException {
    return rows.list(
        "lockouts",
        BooksReader.LOCKOUTS + "WHERE l.active = 1 ORDER BY l.id",
        row -> BooksReader.lockout(row).lockout());
  }

  /** When the oldest lockout in force began. */
  Optional<Instant> oldestLockout() throws StoreException {
    return rows
        .list(
            "lockouts",
            "SELECT locked_at FROM lockouts WHERE active = 1 ORDER BY locked_at LIMIT 1",
            row -> row.time(1))
        .stream()
        .findFirst();
  }

  private List<AuditRecord> records(String sql, Object... arguments) throws StoreException {
    return rows.list(
        "audit", sql, row -> new AuditRecord(row.number(1), row.text(2), row.text(3)), arguments);
  }

  @Override
  public void close() throws SQLException {
    rows.close();
  }
}
