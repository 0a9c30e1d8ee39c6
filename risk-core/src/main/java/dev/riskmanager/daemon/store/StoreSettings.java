package dev.riskmanager.daemon.store;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Where the books lie and how they are kept.
 *
 * @param database the SQLite file; beside it SQLite keeps {@code -wal} and {@code -shm}
 * @param backups directory of the daily copies
 * @param synchronous how much of a commit is forced to the disk
 * @param backupKeep how many daily copies stay, at least 1
 */
public record StoreSettings(Path database, Path backups, Synchronous synchronous, int backupKeep) {

  /** The default of {@code storage.backup_keep}. */
  public static final int DEFAULT_BACKUP_KEEP = 7;

  /** SQLite's two durable levels; the others can lose a committed lockout and are not offered. */
  public enum Synchronous {
    /** The log is forced at each commit. */
    FULL,
    /** Also the directory, whenever a journal file in it comes or goes. */
    EXTRA;

    /**
     * The level of {@code storage.synchronous}.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static Synchronous ofText(String text) {
      return switch (text) {
        case "full" -> FULL;
        case "extra" -> EXTRA;
        default ->
            throw new IllegalArgumentException("storage.synchronous is full or extra, not " + text);
      };
    }

    /** {@code full} or {@code extra}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public StoreSettings {
    database = database.toAbsolutePath().normalize();
    backups = backups.toAbsolutePath().normalize();
    if (backupKeep < 1) {
      throw new IllegalArgumentException("storage.backup_keep is at least 1, not " + backupKeep);
    }
  }

  /** {@code risk.db} and {@code backups/} in the data directory, with the defaults. */
  public static StoreSettings in(Path data) {
    return new StoreSettings(
        data.resolve("risk.db"), data.resolve("backups"), Synchronous.FULL, DEFAULT_BACKUP_KEEP);
  }

  /** A file that SQLite keeps beside the database, e.g. {@code -wal}. */
  Path beside(String suffix) {
    return database.resolveSibling(database.getFileName() + suffix);
  }
}
