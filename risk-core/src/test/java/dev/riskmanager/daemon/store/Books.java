package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.LockoutSaved;
import dev.riskmanager.daemon.port.Store.StoreException;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows and shortcuts that the tests of this package share. */
final class Books {
  static final AccountId ACCOUNT = new AccountId(13_298_777);
  static final RuleId LOSS = new RuleId(3, "daily_realized_loss");
  static final RuleId SYMBOLS = new RuleId(11, "symbol_blocks");
  static final Instant NOW = Instant.parse("2025-10-31T17:21:19.150Z");

  private Books() {}

  static SqliteStore open(Path data) throws StoreException {
    return SqliteStore.open(StoreSettings.in(data), NOW);
  }

  /** A hard lockout of RULE-003; its id is in the account, so that many fit side by side. */
  static Lockout lockout(long id) {
    return lockout(id, new AccountId(1_000 + id), LOSS, Optional.empty());
  }

  static Lockout lockout(long id, AccountId account, RuleId rule, Optional<String> symbol) {
    return new Lockout(
        id,
        account,
        rule,
        symbol,
        LockoutType.HARD,
        "Daily loss limit exceeded: $-170.50 (limit: $-5.00)",
        NOW,
        Optional.of(NOW.plusSeconds(16_720)),
        Baseline.ZERO,
        LocalDate.parse("2025-10-31"));
  }

  static LockoutSaved saved(Lockout lockout) {
    return new LockoutSaved(lockout);
  }

  /** The first column of every row, as text; for looking at a file that no store has open. */
  static List<String> query(Path data, String sql) throws SQLException {
    try (Connection connection = raw(data);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(String.valueOf(rows.getString(1)));
      }
      return found;
    }
  }

  /** Changes the file behind the store's back. */
  static void execute(Path data, String sql) throws SQLException {
    try (Connection connection = raw(data);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  static Connection raw(Path data) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("risk.db"));
  }
}
