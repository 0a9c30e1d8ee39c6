package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.AuditAppended;
import dev.riskmanager.daemon.port.Store.Change;
import dev.riskmanager.daemon.port.Store.ContractSaved;
import dev.riskmanager.daemon.port.Store.DailyPnlSaved;
import dev.riskmanager.daemon.port.Store.LockoutEnded;
import dev.riskmanager.daemon.port.Store.LockoutRow;
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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The writing connection with every statement prepared, so that a commit pays for its pages and for
 * the disk and for little else. After an exception it must be thrown away: what of the transaction
 * is left in it is not known.
 */
final class BooksWriter implements AutoCloseable {
  private final Connection connection;
  private final InstantSource clock;
  private final Map<Sql, PreparedStatement> statements = new EnumMap<>(Sql.class);
  private AuditHead head; // of what is committed, and of what this transaction appended

  /**
   * Takes the connection over, also when it throws.
   *
   * @param clock dates the records of the audit
   */
  BooksWriter(Connection connection, InstantSource clock) throws SQLException {
    this.connection = connection;
    this.clock = clock;
    try {
      for (Sql sql : Sql.values()) {
        statements.put(sql, connection.prepareStatement(sql.text()));
      }
      head = readHead();
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
    connection.commit();
  }

  /** Writes all of it except to the disk, and takes it back: what would fail has failed. */
  void rehearse(List<Change> changes) throws SQLException, StoreException {
    for (Change change : changes) {
      apply(change);
    }
    connection.rollback();
    head = readHead();
    connection.rollback();
  }

  /**
   * Writes records as they are, then the changes. A chain without any record begins here, with what
   * is in force.
   *
   * @param after what the next record follows when it is newer than those written
   */
  void recover(List<AuditRecord> records, AuditHead after, List<Change> changes)
      throws SQLException, StoreException {
    for (AuditRecord record : records) {
      run(Sql.AUDIT_APPEND, record.seq(), record.text(), record.hash());
      head = record.head();
    }
    if (after.seq() > head.seq()) {
      head = after;
    }
    if (head.isNone()) {
      append(
          new AuditRecord.Told(
              clock.instant(),
              "engine",
              AuditRecord.CHAIN_BEGUN,
              OptionalLong.empty(),
              UUID.randomUUID().toString(),
              "",
              Optional.empty()));
      for (Lockout lockout : active()) {
        append(AuditRecord.LOCKOUT_SET, "engine", lockout);
      }
    }
    commit(changes);
  }

  private List<Lockout> active() throws SQLException {
    List<Lockout> found = new ArrayList<>();
    try (ResultSet rows = bind(Sql.LOCKOUTS_ACTIVE).executeQuery()) {
      while (rows.next()) {
        found.add(BooksReader.lockout(new Rows.Row(rows)).lockout());
      }
    }
    return found;
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
          append(
              new AuditRecord.Told(
                  audit.at(),
                  audit.by(),
                  audit.action(),
                  audit
                      .account()
                      .map(id -> OptionalLong.of(id.value()))
                      .orElse(OptionalLong.empty()),
                  audit.detail(),
                  audit.reason(),
                  Optional.empty()));
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
    Optional<LockoutRow> before = stored(lockout.id());
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
    String action =
        before.map(row -> whatChanged(row.lockout(), lockout)).orElse(AuditRecord.LOCKOUT_SET);
    if (!action.isEmpty()) {
      append(action, "engine", lockout);
    }
  }

  private static String whatChanged(Lockout before, Lockout after) {
    if (before.equals(after)) {
      return "";
    }
    return before.withBaseline(after.baseline()).equals(after)
        ? AuditRecord.LOCKOUT_BASELINE
        : AuditRecord.LOCKOUT_UPGRADED;
  }

  private void end(LockoutEnded ended) throws SQLException, StoreException {
    int written = run(Sql.LOCKOUT_END, SqlText.of(ended.at()), ended.by(), ended.id());
    Optional<LockoutRow> row = stored(ended.id());
    if (row.isEmpty()) {
      throw StoreException.refused(
          "lockout " + ended.id() + " cannot be ended: it is not in the books", null);
    }
    if (written > 0) {
      append(AuditRecord.LOCKOUT_CLEARED, ended.by(), row.get().lockout());
    }
  }

  private Optional<LockoutRow> stored(long lockout) throws SQLException, StoreException {
    PreparedStatement statement = bind(Sql.LOCKOUT_READ, lockout);
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(BooksReader.lockout(new Rows.Row(rows))) : Optional.empty();
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw StoreException.refused("lockout " + lockout + " in the books: " + e.getMessage(), e);
    }
  }

  private void append(String action, String by, Lockout lockout) throws SQLException {
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

  private void append(AuditRecord.Told told) throws SQLException {
    AuditRecord record = AuditRecord.after(head, told);
    run(Sql.AUDIT_APPEND, record.seq(), record.text(), record.hash());
    head = record.head();
  }

  private AuditHead readHead() throws SQLException {
    try (ResultSet row = bind(Sql.AUDIT_HEAD).executeQuery()) {
      return row.next() ? new AuditHead(row.getLong(1), row.getString(2)) : AuditHead.NONE;
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
