package dev.riskmanager.daemon.store;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The tables whose rows carry a keyed hash: everything that a start goes on from. */
enum SealedTable {
  LOCKOUTS(
      1,
      "id",
      "account_id",
      "rule_id",
      "symbol",
      "type",
      "reason",
      "locked_at",
      "expires_at",
      "unlock_condition",
      "baseline",
      "active",
      "cleared_at",
      "cleared_by",
      "trading_day",
      "created_at",
      "attempts"),
  TIMERS(2, "account_id", "name", "deadline", "purpose"),
  TRADES(
      1,
      "id",
      "account_id",
      "contract_id",
      "side",
      "size",
      "price",
      "profit_and_loss",
      "fees",
      "order_id",
      "executed_at",
      "voided"),
  DAILY_PNL(3, "account_id", "reset", "trading_day", "gross", "fees", "trades"),
  RESET_MARKS(3, "account_id", "reset", "trading_day", "at"),
  MEMORY(3, "account_id", "kind", "key", "value"),
  CONTRACTS(1, "id", "symbol", "name", "tick_size", "tick_value"),
  META(1, "key", "value");

  private final List<String> columns;
  private final int keys;

  SealedTable(int keys, String... columns) {
    this.keys = keys;
    this.columns = List.of(columns);
  }

  /** Its name in the database. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How many of the first columns are its primary key. */
  int keys() {
    return keys;
  }

  /** How many columns a hash covers: all but the hash. */
  int width() {
    return columns.size();
  }

  /** All rows: the columns, then the hash. */
  String readAll() {
    return "SELECT " + String.join(", ", columns) + ", seal FROM " + text();
  }

  /** One row by its key: the columns, then the hash. */
  String readOne() {
    return readAll() + where();
  }

  /** The hash of one row by its key. */
  String readSeal() {
    return "SELECT seal FROM " + text() + where();
  }

  /** Sets the hash of one row: the hash, then the key. */
  String writeSeal() {
    return "UPDATE " + text() + " SET seal = ?" + where();
  }

  /** Removes one row by its key. */
  String remove() {
    return "DELETE FROM " + text() + where();
  }

  private String where() {
    return " WHERE "
        + columns.subList(0, keys).stream()
            .map(column -> column + " = ?")
            .collect(Collectors.joining(" AND "));
  }
}
