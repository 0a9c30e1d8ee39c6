-- The books of the risk engine. Times are UTC in ISO-8601 with nine digits of a second, so that text
-- sorts as time does; money and prices are exact decimal text; booleans are 0 and 1.
-- A file that was released is never edited: its checksum is stored. A change is a new file.

-- "RISK": tells our file from any other program's.
PRAGMA application_id = 1380537163;

CREATE TABLE rules (
  rule_id TEXT PRIMARY KEY NOT NULL,
  number  INTEGER NOT NULL UNIQUE,
  key     TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE lockouts (
  id               INTEGER PRIMARY KEY NOT NULL,
  account_id       INTEGER NOT NULL,
  rule_id          TEXT NOT NULL REFERENCES rules (rule_id),
  symbol           TEXT,
  type             TEXT NOT NULL,
  reason           TEXT NOT NULL,
  locked_at        TEXT NOT NULL,
  expires_at       TEXT,
  unlock_condition TEXT NOT NULL,
  baseline         TEXT NOT NULL,
  active           INTEGER NOT NULL CHECK (active IN (0, 1)),
  cleared_at       TEXT,
  cleared_by       TEXT,
  trading_day      TEXT NOT NULL,
  created_at       TEXT NOT NULL,
  CHECK ((active = 1) = (cleared_at IS NULL)),
  CHECK ((cleared_at IS NULL) = (cleared_by IS NULL))
);

-- One active lockout for an account, rule and symbol. NULLs are distinct to an index, and an account
-- lockout has no symbol, hence the expression.
CREATE UNIQUE INDEX lockouts_active ON lockouts (account_id, rule_id, ifnull(symbol, ''))
  WHERE active = 1;

CREATE TABLE timers (
  account_id INTEGER NOT NULL,
  name       TEXT NOT NULL,
  deadline   TEXT NOT NULL,
  purpose    TEXT NOT NULL,
  PRIMARY KEY (account_id, name)
) WITHOUT ROWID;

CREATE TABLE trades (
  id              INTEGER PRIMARY KEY NOT NULL,
  account_id      INTEGER NOT NULL,
  contract_id     TEXT NOT NULL,
  side            TEXT NOT NULL CHECK (side IN ('BUY', 'SELL')),
  size            INTEGER NOT NULL,
  price           TEXT NOT NULL,
  profit_and_loss TEXT,
  fees            TEXT NOT NULL,
  order_id        INTEGER NOT NULL,
  executed_at     TEXT NOT NULL,
  voided          INTEGER NOT NULL CHECK (voided IN (0, 1))
);

CREATE INDEX trades_of_account ON trades (account_id, executed_at);
CREATE INDEX trades_by_time ON trades (executed_at);

CREATE TABLE daily_pnl (
  account_id  INTEGER NOT NULL,
  reset       TEXT NOT NULL,
  trading_day TEXT NOT NULL,
  gross       TEXT NOT NULL,
  fees        TEXT NOT NULL,
  trades      INTEGER NOT NULL,
  PRIMARY KEY (account_id, reset, trading_day)
) WITHOUT ROWID;

CREATE TABLE reset_marks (
  account_id  INTEGER NOT NULL,
  reset       TEXT NOT NULL,
  trading_day TEXT NOT NULL,
  at          TEXT NOT NULL,
  PRIMARY KEY (account_id, reset, trading_day)
) WITHOUT ROWID;

CREATE TABLE memory (
  account_id INTEGER NOT NULL,
  kind       TEXT NOT NULL,
  key        TEXT NOT NULL,
  value      TEXT NOT NULL,
  PRIMARY KEY (account_id, kind, key)
) WITHOUT ROWID;

CREATE TABLE log (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  at         TEXT NOT NULL,
  account_id INTEGER NOT NULL,
  rule_id    TEXT,
  kind       TEXT NOT NULL,
  text       TEXT NOT NULL,
  json       TEXT NOT NULL
);

CREATE INDEX log_of_rule ON log (rule_id, id);

CREATE TABLE receipts (
  id         TEXT PRIMARY KEY NOT NULL,
  account_id INTEGER NOT NULL,
  rule_id    TEXT,
  at         TEXT NOT NULL,
  json       TEXT NOT NULL
);

CREATE INDEX receipts_by_time ON receipts (at);

CREATE TABLE audit (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  at         TEXT NOT NULL,
  by         TEXT NOT NULL,
  action     TEXT NOT NULL,
  account_id INTEGER,
  detail     TEXT NOT NULL,
  reason     TEXT NOT NULL
);

CREATE TABLE contracts (
  id         TEXT PRIMARY KEY NOT NULL,
  symbol     TEXT NOT NULL,
  name       TEXT NOT NULL,
  tick_size  TEXT NOT NULL,
  tick_value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE meta (
  key   TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- What the store notes for itself; never shown as the engine's own.
CREATE TABLE store_state (
  key   TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) WITHOUT ROWID;
