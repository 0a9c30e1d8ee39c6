package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file before it is used: created whole when there is none, looked at and left alone otherwise.
 *
 * <p>A database with lockouts must never be replaced by an empty one. So a new one is built under
 * another name and renamed when it is complete: whatever stands under the real name and is not a
 * sound database was one, and is refused.
 */
final class DatabaseFile {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  /** What every database begins with. */
  private static final int HEADER = 100;

  /** Set by the first migration: "RISK". */
  private static final int APPLICATION_ID = 0x5249534B;

  private final StoreSettings settings;
  private final StoreErrors errors;
  private final Migrations migrations;

  DatabaseFile(StoreSettings settings, StoreErrors errors, Migrations migrations) {
    this.settings = settings;
    this.errors = errors;
    this.migrations = migrations;
  }

  /**
   * Makes sure that there is a sound database of a schema we know.
   *
   * @return whether it had to be created: there were no books
   */
  boolean prepare(Instant now) throws StoreException {
    Path file = settings.database();
    try {
      PrivateFiles.directory(Objects.requireNonNull(file.getParent(), "absolute"));
      if (Files.exists(file)) {
        checkFile(file);
        return false;
      }
      create(file, now);
      return true;
    } catch (IOException e) {
      throw StoreErrors.of(file, "opened", e);
    }
  }

  private void checkFile(Path file) throws IOException, StoreException {
    if (!Files.isRegularFile(file)) {
      throw StoreException.damaged(file + " is not a file. Move it away", null);
    }
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEADER);
    }
    if (head.length < HEADER || !Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw errors.damaged("not a SQLite database", null);
    }
    // SQLite itself would read zeros for what is missing of the last page. With a log there may be
    // such a page without harm: a copy from the log that was cut off and will be repeated.
    if (Files.size(file) % pageSize(head) != 0 && !hasLog()) {
      throw errors.damaged("its end is missing", null);
    }
    PrivateFiles.restrict(file);
    if (!Files.isWritable(file)) {
      throw new StoreException(
          file + " cannot be written. Give the engine's user write access to it");
    }
  }

  /** Bytes of a page, from the header: two bytes, where 1 stands for 65536. */
  private static int pageSize(byte[] head) {
    int size = (head[16] & 0xff) << 8 | (head[17] & 0xff);
    return size == 1 ? 65_536 : Math.max(size, 1);
  }

  private boolean hasLog() throws IOException {
    Path log = settings.beside("-wal");
    return Files.exists(log) && Files.size(log) > 0;
  }

  private void create(Path file, Instant now) throws IOException, StoreException {
    if (hasLog()) {
      throw StoreException.damaged(
          file
              + " is missing, but its log "
              + settings.beside("-wal")
              + " is there. Put the database back, or move the log away to begin with empty books,"
              + " without any lockout",
          null);
    }
    Path fresh = settings.beside(".new");
    // What an earlier attempt left behind was never in use.
    for (String suffix : List.of("", "-journal", "-wal", "-shm")) {
      Files.deleteIfExists(settings.beside(".new" + suffix));
    }
    PrivateFiles.create(fresh);
    try (Connection connection = Connections.creator(fresh)) {
      connection.setAutoCommit(false);
      migrations.apply(connection, 0, now);
      connection.setAutoCommit(true);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode = WAL");
      }
    } catch (SQLException e) {
      throw errors.of("created", e);
    }
    PrivateFiles.force(fresh);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.forceDirectory(Objects.requireNonNull(file.getParent(), "absolute"));
  }

  /**
   * Looks through the whole database without changing a byte of it (except that SQLite takes back a
   * transaction that another tool began without a write-ahead log and did not end).
   *
   * @return how many migrations it has
   */
  int inspect() throws StoreException {
    // The rows that matter most also against their index: the quick check leaves that out.
    return inspect("PRAGMA quick_check(1)", "PRAGMA integrity_check(lockouts)");
  }

  /** The same, with every index compared to its table. Takes longer. */
  int inspectWhole() throws StoreException {
    return inspect("PRAGMA integrity_check(1)");
  }

  private int inspect(String... checks) throws StoreException {
    try (Connection connection = inspector()) {
      long application = number(connection, "PRAGMA application_id");
      if (application != APPLICATION_ID) {
        throw StoreException.damaged(
            settings.database()
                + " is a database of another program (application id "
                + application
                + "). Move it away",
            null);
      }
      int version = migrations.check(connection, settings);
      for (String check : checks) {
        requireOk(connection, check);
      }
      return version;
    } catch (SQLException e) {
      throw errors.of("read", e);
    }
  }

  private Connection inspector() throws SQLException {
    Path file = settings.database();
    boolean unfinished = Files.exists(settings.beside("-journal"));
    return unfinished ? Connections.recoverer(file) : Connections.inspector(file);
  }

  private void requireOk(Connection connection, String pragma) throws SQLException, StoreException {
    try (Statement statement = connection.createStatement();
        ResultSet verdict = statement.executeQuery(pragma)) {
      String said = verdict.next() ? verdict.getString(1) : "no verdict";
      if (!"ok".equals(said)) {
        throw errors.damaged(said.strip().replaceAll("\\s+", " "), null);
      }
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /**
   * What tells this file from another of the same name, where the file system can tell; else null.
   */
  @Nullable Object identity() throws StoreException {
    Path file = settings.database();
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      throw new StoreException(
          file
              + " is gone ("
              + StoreErrors.why(e)
              + "): what is written now is lost when the engine stops. Do not stop it; make a"
              + " backup, then restart and put the backup in place",
          e);
    }
  }
}
