package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Brings a database to the schema of this program, one file and one transaction at a time. A
 * process that dies on the way leaves the schema of the last file that was finished.
 */
final class Migrations {
  /** In the order of their numbers, which begin at 1 and have no gaps. */
  private static final List<String> NAMES =
      List.of(
          "V001__books.sql", "V002__audit_chain.sql", "V003__attempts.sql", "V004__row_hashes.sql");

  /** The number of files from which on the audit is a chain. */
  static final int CHAINED = 2;

  private static final String TABLE =
      """
      CREATE TABLE schema_version (
        version    INTEGER PRIMARY KEY NOT NULL,
        name       TEXT NOT NULL,
        checksum   TEXT NOT NULL,
        applied_at TEXT NOT NULL
      )\
      """;

  /**
   * One file.
   *
   * @param name e.g. {@code V001__books.sql}
   * @param sql its statements; must not contain a transaction's begin or end
   */
  record Migration(String name, String sql) {
    /** SHA-256 of the text in hexadecimal, whatever line ends a checkout gave it. */
    String checksum() {
      try {
        byte[] text = sql.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java runtime has SHA-256", e);
      }
    }
  }

  private final List<Migration> known;

  Migrations(List<Migration> known) {
    this.known = List.copyOf(known);
  }

  /** Those that this program carries. */
  static Migrations shipped() {
    return new Migrations(NAMES.stream().map(Migrations::load).toList());
  }

  private static Migration load(String name) {
    String path = "/db/migration/" + name;
    try (InputStream in = Migrations.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the program is incomplete: " + path + " is missing");
      }
      return new Migration(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Migration> known() {
    return known;
  }

  /**
   * Whether a database can be used: made by this program or an older one. Only looks.
   *
   * @return how many files it has already
   * @throws StoreException when it is newer, or its history is not ours
   */
  int check(Connection connection, StoreSettings settings) throws SQLException, StoreException {
    List<String> applied = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT name, checksum FROM schema_version ORDER BY version")) {
      while (row.next()) {
        int index = applied.size();
        String name = row.getString(1);
        if (index < known.size()) {
          Migration ours = known.get(index);
          if (!ours.name().equals(name) || !ours.checksum().equals(row.getString(2))) {
            throw new StoreException(
                settings.database()
                    + " was made by a different build: its "
                    + name
                    + " is not this program's "
                    + ours.name()
                    + ". Start the version that made it");
          }
        }
        applied.add(name);
      }
    }
    if (applied.size() > known.size()) {
      throw new StoreException(
          settings.database()
              + " was made by a newer version: its schema is "
              + applied.size()
              + " ("
              + applied.getLast()
              + "), this program knows "
              + known.size()
              + ". Start that version, or restore a backup from before the upgrade");
    }
    return applied.size();
  }

  /**
   * Applies what is missing.
   *
   * @param connection with automatic commit switched off and nothing begun
   * @param applied how many files the database has already
   * @param now written down as the time of the change
   */
  void apply(Connection connection, int applied, Instant now) throws SQLException {
    for (int i = applied; i < known.size(); i++) {
      Migration migration = known.get(i);
      try (Statement statement = connection.createStatement()) {
        // The driver hands a text without parameters to SQLite whole: all statements of it are run.
        if (i == 0) {
          statement.executeUpdate(TABLE);
        }
        statement.executeUpdate(migration.sql());
      }
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO schema_version VALUES (?, ?, ?, ?)")) {
        insert.setInt(1, i + 1);
        insert.setString(2, migration.name());
        insert.setString(3, migration.checksum());
        insert.setString(4, SqlText.of(now));
        insert.executeUpdate();
      }
      connection.commit();
    }
  }
}
