package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.store.StoreSettings.Synchronous;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * The ways the database file is opened. None of them creates a file: an empty database must never
 * come into being by itself.
 *
 * <p>While one of them is open, nothing in this process may open the same file by other means: on
 * POSIX systems closing such a descriptor would drop SQLite's locks.
 */
final class Connections {
  /** How long to wait for another program that holds the file locked. */
  private static final int BUSY_MILLIS = 1_000;

  /**
   * Pages in the log (64 MiB) at which a commit would copy them back itself. {@link
   * SqliteStore#maintain} does it long before, beside the commits instead of inside one.
   */
  private static final int LAST_RESORT_CHECKPOINT = 16_384;

  private Connections() {}

  /** For looking only: changes no byte of the file or its log, not even when it is closed. */
  static Connection inspector(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLIS);
    return open(config, file);
  }

  /** For looking at a file whose last transaction has to be taken back first. */
  static Connection recoverer(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    return open(config, file);
  }

  /** For filling a new, still empty file: everything is in the one file when it is closed. */
  static Connection creator(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.DELETE);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    return open(config, file);
  }

  /** For the one writer; transactions are begun and committed by hand. */
  static Connection writer(Path file, Synchronous synchronous) throws SQLException {
    Connection connection = open(logged(), file);
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA wal_autocheckpoint = " + LAST_RESORT_CHECKPOINT);
        statement.execute("PRAGMA synchronous = " + synchronous.text());
        try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode")) {
          if (!mode.next() || !"wal".equals(mode.getString(1))) {
            throw new SQLException(
                "the file system of "
                    + file
                    + " cannot hold a write-ahead log (a network drive?); use a local disk");
          }
        }
      }
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** For copying the log back into the file. */
  static Connection keeper(Path file) throws SQLException {
    return open(logged(), file);
  }

  /** For readers of history. */
  static Connection reader(Path file) throws SQLException {
    return inspector(file);
  }

  private static SQLiteConfig logged() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.enforceForeignKeys(true);
    return config;
  }

  private static Connection open(SQLiteConfig config, Path file) throws SQLException {
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setGetGeneratedKeys(false);
    // As a URI, because a path may hold a question mark, which would otherwise begin parameters.
    return config.createConnection("jdbc:sqlite:" + file.toUri());
  }
}
