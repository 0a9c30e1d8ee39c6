package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.LockoutEnded;
import dev.riskmanager.daemon.port.Store.LockoutRow;
import dev.riskmanager.daemon.port.Store.StoreException;
import dev.riskmanager.domain.lockout.Lockout;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of lockouts as they are written: each change with its record of the audit. */
final class LockoutRows {
  private final Statements statements;
  private final Sealing sealing;
  private final AuditTail audit;

  LockoutRows(Statements statements, Sealing sealing, AuditTail audit) {
    this.statements = statements;
    this.sealing = sealing;
    this.audit = audit;
  }

  /** Those in force, by id. */
  List<Lockout> active() throws SQLException {
    List<Lockout> found = new ArrayList<>();
    try (ResultSet rows = statements.query(Sql.LOCKOUTS_ACTIVE)) {
      while (rows.next()) {
        found.add(BooksReader.lockout(new Rows.Row(rows)).lockout());
      }
    }
    return found;
  }

  /** Inserts it, or changes the row of its id. */
  void save(Lockout lockout) throws SQLException, StoreException {
    Optional<LockoutRow> before = stored(lockout.id());
    String rule = lockout.rule().toString();
    statements.run(Sql.RULE_SAVE, rule, (long) lockout.rule().number(), lockout.rule().key());
    String lockedAt = SqlText.of(lockout.lockedAt());
    int written =
        statements.run(
            Sql.LOCKOUT_SAVE,
            lockout.id(),
            lockout.account().value(),
            rule,
            lockout.symbol().orElse(null),
            lockout.type().text(),
            lockout.reason(),
            lockedAt,
            lockout.expiresAt().map(SqlText::of).orElse(null),
            lockout.ending(),
            lockout.baseline().text(),
            lockout.tradingDay().toString(),
            lockedAt,
            lockout.attempts());
    if (written == 0) {
      throw StoreException.refused(
          "lockout "
              + lockout.id()
              + " ("
              + rule
              + ", account "
              + lockout.account()
              + ") cannot be changed: that row has ended, or is another rule's, account's or"
              + " symbol's",
          null);
    }
    sealing.refresh(SealedTable.LOCKOUTS, lockout.id());
    String action =
        before.map(row -> whatChanged(row.lockout(), lockout)).orElse(AuditRecord.LOCKOUT_SET);
    if (!action.isEmpty()) {
      audit.append(action, "engine", lockout);
    }
  }

  private static String whatChanged(Lockout before, Lockout after) {
    Lockout known = before.withAttempts(after.attempts());
    if (known.equals(after)) {
      return "";
    }
    return known.withBaseline(after.baseline()).equals(after)
        ? AuditRecord.LOCKOUT_BASELINE
        : AuditRecord.LOCKOUT_UPGRADED;
  }

  /** The first end of a row is the one kept. */
  void end(LockoutEnded ended) throws SQLException, StoreException {
    int written = statements.run(Sql.LOCKOUT_END, SqlText.of(ended.at()), ended.by(), ended.id());
    Optional<LockoutRow> row = stored(ended.id());
    if (row.isEmpty()) {
      throw StoreException.refused(
          "lockout " + ended.id() + " cannot be ended: it is not in the books", null);
    }
    if (written > 0) {
      sealing.refresh(SealedTable.LOCKOUTS, ended.id());
      audit.append(AuditRecord.LOCKOUT_CLEARED, ended.by(), row.get().lockout());
    }
  }

  private Optional<LockoutRow> stored(long lockout) throws SQLException, StoreException {
    try (ResultSet rows = statements.query(Sql.LOCKOUT_READ, lockout)) {
      return rows.next() ? Optional.of(BooksReader.lockout(new Rows.Row(rows))) : Optional.empty();
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw StoreException.refused("lockout " + lockout + " in the books: " + e.getMessage(), e);
    }
  }
}
