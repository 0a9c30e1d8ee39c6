package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.AuditAppended;
import dev.riskmanager.daemon.port.Store.Change;
import dev.riskmanager.daemon.port.Store.ContractSaved;
import dev.riskmanager.daemon.port.Store.DailyPnlSaved;
import dev.riskmanager.daemon.port.Store.LockoutEnded;
import dev.riskmanager.daemon.port.Store.LockoutSaved;
import dev.riskmanager.daemon.port.Store.LogAppended;
import dev.riskmanager.daemon.port.Store.MemoryRemoved;
import dev.riskmanager.daemon.port.Store.MemorySaved;
import dev.riskmanager.daemon.port.Store.MetaSaved;
import dev.riskmanager.daemon.port.Store.ReceiptSaved;
import dev.riskmanager.daemon.port.Store.ResetMarked;
import dev.riskmanager.daemon.port.Store.StoreException;
import dev.riskmanager.daemon.port.Store.TimerRemoved;
import dev.riskmanager.daemon.port.Store.TimerSaved;
import dev.riskmanager.daemon.port.Store.TradeSaved;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.timer.Timer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The writing connection with every statement prepared, so that a commit pays for its pages and for
 * the disk and for little else. After an exception it must be thrown away: what of the transaction
 * is left in it is not known.
 */
final class BooksWriter implements AutoCloseable {
  private final Connection connection;
  private final Statements statements;
  private final Sealing sealing;
  private final AuditTail audit;
  private final LockoutRows lockouts;

  /**
   * Takes the connection over, also when it throws.
   *
   * @param clock dates the records of the audit
   * @param key of the rows' hashes
   */
  BooksWriter(Connection connection, InstantSource clock, SealKey key) throws SQLException {
    this.connection = connection;
    try {
      statements = new Statements(connection);
      sealing = new Sealing(statements, key);
      audit = new AuditTail(statements, clock);
      lockouts = new LockoutRows(statements, sealing, audit);
      connection.rollback();
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Writes all of it and returns when the disk has it. */
  void commit(List<Change> changes) throws SQLException, StoreException {
    for (Change change : changes) {
      apply(change);
    }
    commit();
  }

  private void commit() throws SQLException {
    sealing.write(audit.head());
    connection.commit();
    sealing.committed();
  }

  /** Writes all of it except to the disk, and takes it back: what would fail has failed. */
  void rehearse(List<Change> changes) throws SQLException, StoreException {
    for (Change change : changes) {
      apply(change);
    }
    connection.rollback();
    audit.reread();
    sealing.reread();
    connection.rollback();
  }

  /**
   * Writes records as they are, then the changes. A chain without any record begins here, with what
   * is in force.
   *
   * @param after what the next record follows when it is newer than those written
   * @param discarded rows that are not to be believed and that the venue tells anew
   * @param seal whether every row gets the hash of what it then holds
   */
  void recover(
      List<AuditRecord> records,
      AuditHead after,
      List<Change> changes,
      List<SealCheck.Changed> discarded,
      boolean seal)
      throws SQLException, StoreException {
    for (SealCheck.Changed row : discarded) {
      SealedTable table = row.table();
      sealing.remove(table, table.remove(), row.values().subList(0, table.keys()).toArray());
    }
    for (AuditRecord record : records) {
      audit.take(record);
    }
    audit.goOnAfter(after);
    if (audit.head().isNone()) {
      audit.begin();
      for (Lockout lockout : lockouts.active()) {
        audit.append(AuditRecord.LOCKOUT_SET, "engine", lockout);
      }
    }
    for (Change change : changes) {
      apply(change);
    }
    if (seal) {
      sealing.sealAll();
    }
    commit();
  }

  /** Writes a value of the store's own. */
  void note(String key, String value) throws SQLException {
    statements.run(Sql.NOTE, key, value);
    connection.commit();
  }

  /** Removes rows older than that time, at most so many of each kind; returns how many. */
  int prune(String before, long most) throws SQLException {
    int removed =
        statements.run(Sql.PRUNE_LOG, before, most)
            + statements.run(Sql.PRUNE_RECEIPTS, before, most)
            + sealing.removeAll(Sql.PRUNE_TRADES, before, most);
    commit();
    return removed;
  }

  private void apply(Change change) throws SQLException, StoreException {
    switch (change) {
      case LockoutSaved saved -> lockouts.save(saved.lockout());
      case LockoutEnded ended -> lockouts.end(ended);
      case TimerSaved(Timer timer) ->
          sealing.write(
              SealedTable.TIMERS,
              Sql.TIMER_SAVE,
              timer.account().value(),
              timer.name(),
              SqlText.of(timer.deadline()),
              timer.purpose());
      case TimerRemoved removed ->
          sealing.remove(
              SealedTable.TIMERS,
              Sql.TIMER_REMOVE.text(),
              removed.account().value(),
              removed.name());
      case TradeSaved saved -> save(saved.trade());
      case DailyPnlSaved pnl ->
          sealing.write(
              SealedTable.DAILY_PNL,
              Sql.PNL_SAVE,
              pnl.account().value(),
              pnl.reset(),
              pnl.tradingDay().toString(),
              pnl.gross().toString(),
              pnl.fees().toString(),
              pnl.trades());
      case ResetMarked mark ->
          sealing.write(
              SealedTable.RESET_MARKS,
              Sql.RESET_MARK,
              mark.account().value(),
              mark.reset(),
              mark.tradingDay().toString(),
              SqlText.of(mark.at()));
      case MemorySaved memory ->
          sealing.write(
              SealedTable.MEMORY,
              Sql.MEMORY_SAVE,
              memory.account().value(),
              memory.kind(),
              memory.key(),
              memory.value());
      case MemoryRemoved memory ->
          sealing.remove(
              SealedTable.MEMORY,
              Sql.MEMORY_REMOVE.text(),
              memory.account().value(),
              memory.kind(),
              memory.key());
      case LogAppended line ->
          statements.run(
              Sql.LOG_APPEND,
              SqlText.of(line.at()),
              line.account().value(),
              line.rule().map(RuleId::toString).orElse(null),
              line.kind(),
              line.text(),
              line.json());
      case ReceiptSaved receipt ->
          statements.run(
              Sql.RECEIPT_SAVE,
              receipt.id(),
              receipt.account().value(),
              receipt.rule().map(RuleId::toString).orElse(null),
              SqlText.of(receipt.at()),
              receipt.json());
      case AuditAppended act ->
          audit.append(
              new AuditRecord.Told(
                  act.at(),
                  act.by(),
                  act.action(),
                  act.account().map(id -> OptionalLong.of(id.value())).orElse(OptionalLong.empty()),
                  act.detail(),
                  act.reason(),
                  Optional.empty()));
      case ContractSaved(Contract contract) ->
          sealing.write(
              SealedTable.CONTRACTS,
              Sql.CONTRACT_SAVE,
              contract.id().value(),
              contract.symbol(),
              contract.name(),
              contract.tickSize().toString(),
              contract.tickValue().toString());
      case MetaSaved meta ->
          sealing.write(SealedTable.META, Sql.META_SAVE, meta.key(), meta.value());
    }
  }

  private void save(Trade trade) throws SQLException {
    sealing.write(
        SealedTable.TRADES,
        Sql.TRADE_SAVE,
        trade.id(),
        trade.account().value(),
        trade.contract().value(),
        trade.side().name(),
        trade.size(),
        trade.price().toString(),
        trade.profitAndLoss().map(Object::toString).orElse(null),
        trade.fees().toString(),
        trade.orderId(),
        SqlText.of(trade.executedAt()),
        trade.voided() ? 1L : 0L);
  }

  /** Takes back what was not committed. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
