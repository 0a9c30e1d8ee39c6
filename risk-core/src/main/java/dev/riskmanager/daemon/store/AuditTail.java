package dev.riskmanager.daemon.store;

import dev.riskmanager.domain.lockout.Lockout;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The end of the audit's chain in the database, where records are appended. */
final class AuditTail {
  private final Statements statements;
  private final InstantSource clock;
  private AuditHead head; // of what is committed, and of what this transaction appended

  /**
   * Reads where it ends.
   *
   * @param clock dates the records
   */
  AuditTail(Statements statements, InstantSource clock) throws SQLException {
    this.statements = statements;
    this.clock = clock;
    this.head = read();
  }

  AuditHead head() {
    return head;
  }

  /** What is committed counts again; to be called after a rollback. */
  void reread() throws SQLException {
    head = read();
  }

  private AuditHead read() throws SQLException {
    try (ResultSet row = statements.query(Sql.AUDIT_HEAD)) {
      return row.next() ? new AuditHead(row.getLong(1), row.getString(2)) : AuditHead.NONE;
    }
  }

  /** Writes a record as it is. */
  void take(AuditRecord record) throws SQLException {
    statements.run(Sql.AUDIT_APPEND, record.seq(), record.text(), record.hash());
    head = record.head();
  }

  /** The next record follows that one, when it is newer than those here. */
  void goOnAfter(AuditHead newest) {
    if (newest.seq() > head.seq()) {
      head = newest;
    }
  }

  /** The first record of a chain. */
  void begin() throws SQLException {
    append(
        new AuditRecord.Told(
            clock.instant(),
            "engine",
            AuditRecord.CHAIN_BEGUN,
            OptionalLong.empty(),
            UUID.randomUUID().toString(),
            "",
            Optional.empty()));
  }

  void append(AuditRecord.Told told) throws SQLException {
    take(AuditRecord.after(head, told));
  }

  /** A record about a lockout. */
  void append(String action, String by, Lockout lockout) throws SQLException {
    append(
        new AuditRecord.Told(
            clock.instant(),
            by,
            action,
            OptionalLong.of(lockout.account().value()),
            lockout.rule() + " " + lockout.rule().key(),
            lockout.reason(),
            Optional.of(lockout)));
  }
}
