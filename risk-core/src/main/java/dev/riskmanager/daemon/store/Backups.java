package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.StoreException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One copy of the books a day (UTC), {@code risk-YYYY-MM-DD.db}; each is a whole database. */
final class Backups {
  private static final Pattern NAME = Pattern.compile("risk-\\d{4}-\\d{2}-\\d{2}\\.db");

  private final StoreSettings settings;
  private final StoreErrors errors;

  Backups(StoreSettings settings, StoreErrors errors) {
    this.settings = settings;
    this.errors = errors;
  }

  /** Where the copy of that day lies, whether or not there is one. */
  Path fileOf(Instant at) {
    return settings.backups().resolve("risk-" + LocalDate.ofInstant(at, ZoneOffset.UTC) + ".db");
  }

  /**
   * Copies what is committed, checks the copy, and only then gives it its name and removes the
   * oldest. Commits go on meanwhile.
   *
   * @param reader sees one moment of the books while the copy is made
   */
  Path make(Connection reader, Instant at) throws StoreException {
    Path target = fileOf(at);
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      PrivateFiles.directory(settings.backups());
      Files.deleteIfExists(part);
      // SQLite takes an existing empty file, so it is private from its first byte.
      PrivateFiles.create(part);
      try (PreparedStatement copy = reader.prepareStatement("VACUUM INTO ?")) {
        copy.setString(1, part.toString());
        copy.execute();
      }
      requireSound(part);
      PrivateFiles.force(part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      PrivateFiles.forceDirectory(settings.backups());
      removeOldest();
      return target;
    } catch (IOException e) {
      throw StoreErrors.of(target, "written", e);
    } catch (SQLException e) {
      throw errors.of("copied to " + target, e);
    }
  }

  private static void requireSound(Path copy) throws SQLException, StoreException {
    try (Connection connection = Connections.inspector(copy);
        Statement statement = connection.createStatement();
        ResultSet verdict = statement.executeQuery("PRAGMA integrity_check(1)")) {
      String said = verdict.next() ? verdict.getString(1) : "no verdict";
      if (!"ok".equals(said)) {
        throw new StoreException(
            "the backup " + copy + " is not sound (" + said + "); the older ones were kept");
      }
    }
  }

  private void removeOldest() throws IOException {
    List<Path> all = list(settings.backups());
    for (Path old : all.subList(0, Math.max(0, all.size() - settings.backupKeep()))) {
      Files.delete(old);
    }
  }

  /** The newest copy in a directory; empty also when it cannot be read. */
  static Optional<Path> newest(Path directory) {
    try {
      List<Path> all = list(directory);
      return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** The copies of a directory, oldest first; nothing else that lies there. */
  static List<Path> list(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (NAME.matcher(String.valueOf(entry.getFileName())).matches()) {
          found.add(entry);
        }
      }
    }
    found.sort(Comparator.comparing(path -> String.valueOf(path.getFileName())));
    return found;
  }
}
