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
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.timer.Timer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The writing connection with every statement prepared, so that a commit pays for its pages and for
 * the disk and for little else. After an exception it must be thrown away: what of the transaction
 * is left in it is not known.
 */
final class BooksWriter implements AutoCloseable {
  private final Connection connection;
  private final Map<Sql, PreparedStatement> statements = new EnumMap<>(Sql.class);

  /** Takes the connection over, also when it throws. */
  BooksWriter(Connection connection) throws SQLException {
    this.connection = connection;
    try {
      for (Sql sql : Sql.values()) {
        statements.put(sql, connection.prepareStatement(sql.text()));
      }
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
    connection.commit();
  }

  /** Writes all of it except to the disk, and takes it back: what would fail has failed. */
  void rehearse(List<Change> changes) throws SQLException, StoreException {
    for (Change change : changes) {
      apply(change);
    }
    connection.rollback();
  }

  /** Writes a value of the store's own. */
  void note(String key, String value) throws SQLException {
    run(Sql.NOTE, key, value);
    connection.commit();
  }

  /** Removes rows older than that time, at most so many of each kind; returns how many. */
  int prune(String before, long most) throws SQLException {
    int removed =
        run(Sql.PRUNE_LOG, before, most)
            + run(Sql.PRUNE_RECEIPTS, before, most)
            + run(Sql.PRUNE_TRADES, before, most);
    connection.commit();
    return removed;
  }

  private void apply(Change change) throws SQLException, StoreException {
    switch (change) {
      case LockoutSaved saved -> save(saved.lockout());
      case LockoutEnded ended -> end(ended);
      case TimerSaved(Timer timer) ->
          run(
              Sql.TIMER_SAVE,
              timer.account().value(),
              timer.name(),
              SqlText.of(timer.deadline()),
              timer.purpose());
      case TimerRemoved removed -> run(Sql.TIMER_REMOVE, removed.account().value(), removed.name());
      case TradeSaved saved -> save(saved.trade());
      case DailyPnlSaved pnl ->
          run(
              Sql.PNL_SAVE,
              pnl.account().value(),
              pnl.reset(),
              pnl.tradingDay().toString(),
              pnl.gross().toString(),
              pnl.fees().toString(),
              pnl.trades());
      case ResetMarked mark ->
          run(
              Sql.RESET_MARK,
              mark.account().value(),
              mark.reset(),
              mark.tradingDay().toString(),
              SqlText.of(mark.at()));
      case MemorySaved memory ->
          run(
              Sql.MEMORY_SAVE,
              memory.account().value(),
              memory.kind(),
              memory.key(),
              memory.value());
      case MemoryRemoved memory ->
          run(Sql.MEMORY_REMOVE, memory.account().value(), memory.kind(), memory.key());
      case LogAppended line ->
          run(
              Sql.LOG_APPEND,
              SqlText.of(line.at()),
              line.account().value(),
              line.rule().map(RuleId::toString).orElse(null),
              line.kind(),
              line.text(),
              line.json());
      case ReceiptSaved receipt ->
          run(
              Sql.RECEIPT_SAVE,
              receipt.id(),
              receipt.account().value(),
              receipt.rule().map(RuleId::toString).orElse(null),
              SqlText.of(receipt.at()),
              receipt.json());
      case AuditAppended audit ->
          run(
              Sql.AUDIT_APPEND,
              SqlText.of(audit.at()),
              audit.by(),
              audit.action(),
              audit.account().map(AccountId::value).orElse(null),
              audit.detail(),
              audit.reason());
      case ContractSaved(Contract contract) ->
          run(
              Sql.CONTRACT_SAVE,
              contract.id().value(),
              contract.symbol(),
              contract.name(),
              contract.tickSize().toString(),
              contract.tickValue().toString());
      case MetaSaved meta -> run(Sql.META_SAVE, meta.key(), meta.value());
    }
  }

  private void save(Lockout lockout) throws SQLException, StoreException {
    String rule = lockout.rule().toString();
    run(Sql.RULE_SAVE, rule, (long) lockout.rule().number(), lockout.rule().key());
    String lockedAt = SqlText.of(lockout.lockedAt());
    int written =
        run(
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
            lockedAt);
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
  }

  private void end(LockoutEnded ended) throws SQLException, StoreException {
    int written = run(Sql.LOCKOUT_END, SqlText.of(ended.at()), ended.by(), ended.id());
    if (written == 0 && !exists(ended.id())) {
      throw StoreException.refused(
          "lockout " + ended.id() + " cannot be ended: it is not in the books", null);
    }
  }

  private boolean exists(long lockout) throws SQLException {
    PreparedStatement statement = bind(Sql.LOCKOUT_EXISTS, lockout);
    try (ResultSet row = statement.executeQuery()) {
      return row.next();
    }
  }

  private void save(Trade trade) throws SQLException {
    run(
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

  private int run(Sql sql, @Nullable Object... values) throws SQLException {
    return bind(sql, values).executeUpdate();
  }

  private PreparedStatement bind(Sql sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      throw new IllegalStateException(sql + " is not prepared");
    }
    for (int i = 0; i < values.length; i++) {
      switch (values[i]) {
        case null -> statement.setNull(i + 1, Types.NULL);
        case Long number -> statement.setLong(i + 1, number);
        case String text -> statement.setString(i + 1, text);
        default -> throw new IllegalArgumentException("not a column's value: " + values[i]);
      }
    }
    return statement;
  }

  /** Takes back what was not committed. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
