package dev.riskmanager.daemon.store;

/** Every statement that writes; the order of the question marks is that of the columns. */
enum Sql {
  RULE_SAVE(
      """
      INSERT INTO rules (rule_id, number, key) VALUES (?, ?, ?)
      ON CONFLICT (rule_id) DO UPDATE SET key = excluded.key WHERE key <> excluded.key\
      """),

  // The row of an id keeps its account, rule and symbol, and once ended it is not changed: no row
  // is
  // written then. created_at stays what it was first.
  LOCKOUT_SAVE(
      """
      INSERT INTO lockouts (id, account_id, rule_id, symbol, type, reason, locked_at, expires_at,
                            unlock_condition, baseline, active, trading_day, created_at,
                            attempts)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET
        type = excluded.type, reason = excluded.reason, locked_at = excluded.locked_at,
        expires_at = excluded.expires_at, unlock_condition = excluded.unlock_condition,
        baseline = excluded.baseline, trading_day = excluded.trading_day,
        attempts = max(attempts, excluded.attempts)
      WHERE active = 1 AND account_id = excluded.account_id AND rule_id = excluded.rule_id
        AND symbol IS excluded.symbol\
      """),

  LOCKOUT_END(
      """
      UPDATE lockouts SET active = 0, cleared_at = ?, cleared_by = ?
      WHERE id = ? AND active = 1\
      """),

  LOCKOUT_READ(BooksReader.LOCKOUTS + "WHERE l.id = ?"),

  LOCKOUTS_ACTIVE(BooksReader.LOCKOUTS + "WHERE l.active = 1 ORDER BY l.id"),

  TIMER_SAVE(
      """
      INSERT INTO timers (account_id, name, deadline, purpose, seal) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (account_id, name) DO UPDATE SET
        deadline = excluded.deadline, purpose = excluded.purpose, seal = excluded.seal\
      """),

  TIMER_REMOVE("DELETE FROM timers WHERE account_id = ? AND name = ?"),

  TRADE_SAVE(
      """
      INSERT INTO trades (id, account_id, contract_id, side, size, price, profit_and_loss, fees,
                          order_id, executed_at, voided, seal)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET
        account_id = excluded.account_id, contract_id = excluded.contract_id, side = excluded.side,
        size = excluded.size, price = excluded.price, profit_and_loss = excluded.profit_and_loss,
        fees = excluded.fees, order_id = excluded.order_id, executed_at = excluded.executed_at,
        voided = excluded.voided, seal = excluded.seal\
      """),

  PNL_SAVE(
      """
      INSERT INTO daily_pnl (account_id, reset, trading_day, gross, fees, trades, seal)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (account_id, reset, trading_day) DO UPDATE SET
        gross = excluded.gross, fees = excluded.fees, trades = excluded.trades,
        seal = excluded.seal\
      """),

  // A trading day begins once: the first mark is the one kept.
  RESET_MARK(
      """
      INSERT INTO reset_marks (account_id, reset, trading_day, at, seal) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (account_id, reset, trading_day) DO NOTHING\
      """),

  MEMORY_SAVE(
      """
      INSERT INTO memory (account_id, kind, key, value, seal) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (account_id, kind, key) DO UPDATE SET
        value = excluded.value, seal = excluded.seal\
      """),

  MEMORY_REMOVE("DELETE FROM memory WHERE account_id = ? AND kind = ? AND key = ?"),

  LOG_APPEND(
      "INSERT INTO log (at, account_id, rule_id, kind, text, json) VALUES (?, ?, ?, ?, ?, ?)"),

  RECEIPT_SAVE(
      """
      INSERT INTO receipts (id, account_id, rule_id, at, json) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET
        account_id = excluded.account_id, rule_id = excluded.rule_id, at = excluded.at,
        json = excluded.json\
      """),

  AUDIT_APPEND("INSERT INTO audit (seq, record, hash) VALUES (?, ?, ?)"),

  AUDIT_HEAD("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"),

  CONTRACT_SAVE(
      """
      INSERT INTO contracts (id, symbol, name, tick_size, tick_value, seal)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET
        symbol = excluded.symbol, name = excluded.name, tick_size = excluded.tick_size,
        tick_value = excluded.tick_value, seal = excluded.seal\
      """),

  META_SAVE(
      """
      INSERT INTO meta (key, value, seal) VALUES (?, ?, ?)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value, seal = excluded.seal\
      """),

  NOTE(
      """
      INSERT INTO store_state (key, value) VALUES (?, ?)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value\
      """),

  PRUNE_LOG(
      """
      DELETE FROM log WHERE id IN (
        SELECT id FROM log WHERE at < ? ORDER BY id LIMIT ?)\
      """),

  PRUNE_RECEIPTS(
      """
      DELETE FROM receipts WHERE id IN (
        SELECT id FROM receipts WHERE at < ? ORDER BY at LIMIT ?)\
      """),

  PRUNE_TRADES(
      """
      DELETE FROM trades WHERE id IN (
        SELECT id FROM trades WHERE executed_at < ? ORDER BY executed_at LIMIT ?)
      RETURNING seal\
      """);

  private final String text;

  Sql(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
