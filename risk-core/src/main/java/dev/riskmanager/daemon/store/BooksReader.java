package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.LockoutRow;
import dev.riskmanager.daemon.port.Store.LogRow;
import dev.riskmanager.daemon.port.Store.MemorySaved;
import dev.riskmanager.daemon.port.Store.MetaSaved;
import dev.riskmanager.daemon.port.Store.ReceiptRow;
import dev.riskmanager.daemon.port.Store.ResetMarked;
import dev.riskmanager.daemon.port.Store.Restored;
import dev.riskmanager.daemon.port.Store.StoreException;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.timer.Timer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Every question that is asked of the books. */
final class BooksReader {
  /** Trades a restart needs: the longest trading day, over a weekend, and the hours before it. */
  private static final Duration RECENT = Duration.ofDays(3);

  /** Reset marks restored for each account and reset: more than one in case a clock was wrong. */
  private static final int MARKS = 7;

  static final String LOCKOUTS =
      """
      SELECT l.id, l.account_id, r.number, r.key, l.symbol, l.type, l.reason, l.locked_at,
             l.expires_at, l.baseline, l.trading_day, l.cleared_at, l.cleared_by,
             l.attempts
      FROM lockouts l JOIN rules r ON r.rule_id = l.rule_id
      """;

  private static final String TRADES =
      """
      SELECT id, account_id, contract_id, side, size, price, profit_and_loss, fees, order_id,
             executed_at, voided
      FROM trades
      """;

  private static final String MARKS_SQL =
      """
      SELECT account_id, reset, trading_day, at FROM (
        SELECT *, row_number() OVER (
          PARTITION BY account_id, reset ORDER BY trading_day DESC) AS age
        FROM reset_marks)
      WHERE age <= ? ORDER BY trading_day, account_id, reset
      """;

  private static final String LOG =
      """
      SELECT * FROM (
        SELECT id, at, account_id, rule_id, kind, text, json FROM log
        %s ORDER BY id DESC LIMIT ?)
      ORDER BY id
      """;

  private final Rows rows;

  BooksReader(Rows rows) {
    this.rows = rows;
  }

  Restored restore(Instant now) throws StoreException {
    return new Restored(
        rows.list(
            "lockouts",
            LOCKOUTS + "WHERE l.active = 1 ORDER BY l.id",
            row -> lockout(row).lockout()),
        one("SELECT coalesce(max(id), 0) + 1 FROM lockouts"),
        rows.list(
            "timers",
            "SELECT account_id, name, deadline, purpose FROM timers"
                + " ORDER BY deadline, account_id, name",
            row -> new Timer(row.account(1), row.text(2), row.time(3), row.text(4))),
        rows.list(
            "trades",
            TRADES + "WHERE executed_at >= ? ORDER BY executed_at, id",
            BooksReader::trade,
            SqlText.of(now.minus(RECENT))),
        rows.list(
            "reset_marks",
            MARKS_SQL,
            row -> new ResetMarked(row.account(1), row.text(2), row.date(3), row.time(4)),
            (long) MARKS),
        rows.list(
            "memory",
            "SELECT account_id, kind, key, value FROM memory ORDER BY account_id, kind, key",
            row -> new MemorySaved(row.account(1), row.text(2), row.text(3), row.text(4))),
        rows.list(
            "contracts",
            "SELECT id, symbol, name, tick_size, tick_value FROM contracts ORDER BY id",
            row ->
                new Contract(
                    new ContractId(row.text(1)),
                    row.text(2),
                    row.text(3),
                    row.price(4),
                    row.money(5))),
        rows.list(
            "meta",
            "SELECT key, value FROM meta ORDER BY key",
            row -> new MetaSaved(row.text(1), row.text(2))));
  }

  List<LockoutRow> lockoutHistory(int limit) throws StoreException {
    return rows.list(
        "lockouts",
        LOCKOUTS + "ORDER BY l.locked_at DESC, l.id DESC LIMIT ?",
        BooksReader::lockout,
        (long) Math.max(0, limit));
  }

  List<LogRow> log(int tail, Optional<RuleId> rule, OptionalLong before) throws StoreException {
    Long most = (long) Math.max(0, tail);
    Long below = before.orElse(Long.MAX_VALUE);
    return rule.isPresent()
        ? rows.list(
            "log",
            LOG.formatted("WHERE id < ? AND rule_id = ?"),
            BooksReader::logRow,
            below,
            rule.get().toString(),
            most)
        : rows.list("log", LOG.formatted("WHERE id < ?"), BooksReader::logRow, below, most);
  }

  List<ReceiptRow> receipts(int tail, Optional<AccountId> account) throws StoreException {
    Rows.Mapper<ReceiptRow> mapper = row -> new ReceiptRow(row.text(1), row.time(2), row.text(3));
    String newest = "SELECT id, at, json FROM receipts %s ORDER BY at DESC, rowid DESC LIMIT ?";
    Long most = (long) Math.max(0, tail);
    return (account.isPresent()
            ? rows.list(
                "receipts",
                newest.formatted("WHERE account_id = ?"),
                mapper,
                account.get().value(),
                most)
            : rows.list("receipts", newest.formatted(""), mapper, most))
        .reversed();
  }

  Optional<ReceiptRow> receipt(Optional<String> id) throws StoreException {
    Rows.Mapper<ReceiptRow> mapper = row -> new ReceiptRow(row.text(1), row.time(2), row.text(3));
    String columns = "SELECT id, at, json FROM receipts ";
    List<ReceiptRow> found =
        id.isPresent()
            ? rows.list("receipts", columns + "WHERE id = ?", mapper, id.get())
            : rows.list("receipts", columns + "ORDER BY at DESC, rowid DESC LIMIT 1", mapper);
    return found.stream().findFirst();
  }

  List<Trade> trades(AccountId account, Instant from) throws StoreException {
    return rows.list(
        "trades",
        TRADES + "WHERE account_id = ? AND executed_at >= ? ORDER BY executed_at, id",
        BooksReader::trade,
        account.value(),
        SqlText.of(from));
  }

  private long one(String sql) throws StoreException {
    return rows.list("lockouts", sql, row -> row.number(1)).getFirst();
  }

  static LockoutRow lockout(Rows.Row row) throws SQLException {
    return new LockoutRow(
        new Lockout(
            row.number(1),
            row.account(2),
            new RuleId(Math.toIntExact(row.number(3)), row.text(4)),
            row.optionalText(5),
            LockoutType.ofText(row.text(6)),
            row.text(7),
            row.time(8),
            row.optionalTime(9),
            Baseline.parse(row.text(10)),
            row.date(11),
            row.number(14)),
        row.optionalTime(12),
        row.optionalText(13));
  }

  private static Trade trade(Rows.Row row) throws SQLException {
    return new Trade(
        row.number(1),
        row.account(2),
        new ContractId(row.text(3)),
        OrderSide.valueOf(row.text(4)),
        row.number(5),
        row.price(6),
        row.optionalMoney(7),
        row.money(8),
        row.number(9),
        row.time(10),
        row.number(11) != 0);
  }

  private static LogRow logRow(Rows.Row row) throws SQLException {
    return new LogRow(
        row.number(1),
        row.time(2),
        OptionalLong.of(row.number(3)),
        row.optionalText(4).orElse(""),
        row.text(5),
        row.text(6),
        row.text(7));
  }
}
