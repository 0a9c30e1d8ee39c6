package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.StoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What went wrong, in one line that says what to do. */
final class StoreErrors {
  private final StoreSettings settings;

  StoreErrors(StoreSettings settings) {
    this.settings = settings;
  }

  /**
   * Translates what SQLite says.
   *
   * @param doing what could not be done, e.g. {@code written}
   */
  StoreException of(String doing, SQLException e) {
    Path file = settings.database();
    if (e.getCause() instanceof NativeLibraryNotFoundException) {
      return new StoreException(
          file
              + " could not be "
              + doing
              + ": SQLite's native library could not be loaded from "
              + System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir"))
              + ". Make room there, or name a directory from which programs may run with"
              + " -Dorg.sqlite.tmpdir",
          e);
    }
    SQLiteErrorCode code =
        e instanceof SQLiteException sqlite
            ? sqlite.getResultCode()
            : SQLiteErrorCode.UNKNOWN_ERROR;
    String said = code.name() + (e.getMessage() == null ? "" : ", " + oneLine(e.getMessage()));
    return switch (primary(code)) {
      case SQLITE_FULL ->
          new StoreException(
              file + " could not be " + doing + ": the disk is full. Free space on it", e);
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
          new StoreException(
              file
                  + " could not be "
                  + doing
                  + ": it or its directory is read-only ("
                  + code.name()
                  + "). Give the engine's user write access to both",
              e);
      case SQLITE_BUSY, SQLITE_LOCKED ->
          new StoreException(
              file
                  + " could not be "
                  + doing
                  + ": another program holds it locked. Close that program (a second engine, a"
                  + " database browser)",
              e);
      case SQLITE_CORRUPT, SQLITE_NOTADB -> damaged(said, e);
      case SQLITE_CANTOPEN ->
          new StoreException(
              file
                  + " could not be "
                  + doing
                  + ": it cannot be opened ("
                  + code.name()
                  + "). Check that its directory exists and belongs to the engine's user",
              e);
      case SQLITE_IOERR ->
          new StoreException(
              file
                  + " could not be "
                  + doing
                  + ": the disk reports an error ("
                  + code.name()
                  + "). Check the disk, its quota and the system's log",
              e);
      case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH ->
          StoreException.refused(
              file + " could not be " + doing + ": the books refuse it (" + said + ")", e);
      default -> new StoreException(file + " could not be " + doing + ": " + said, e);
    };
  }

  /** The file is not what it should be; only a start replaces it, and keeps it. */
  StoreException damaged(String why, @Nullable Throwable cause) {
    Optional<Path> backup = Backups.newest(settings.backups());
    return StoreException.damaged(
        settings.database()
            + " is damaged ("
            + why
            + "). "
            + backup
                .map(file -> "The newest backup is " + file + ": stop the engine, then ")
                .orElse("There is no backup in " + settings.backups() + ": ")
            + (backup.isPresent()
                ? "`risk-admin restore --latest`"
                : "at its next start the engine keeps the file, begins with new books and rebuilds"
                    + " the lockouts from audit.log"),
        cause);
  }

  /** Translates what the file system says about {@code file}. */
  static StoreException of(Path file, String doing, IOException e) {
    return new StoreException(
        file
            + " could not be "
            + doing
            + ": "
            + why(e)
            + ". Check that the engine's user owns it and that the disk is writable",
        e);
  }

  static String why(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemException refused && refused.getReason() != null) {
      return refused.getReason();
    }
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  /** The code without its detail: {@code SQLITE_IOERR_WRITE} → {@code SQLITE_IOERR}. */
  private static SQLiteErrorCode primary(SQLiteErrorCode code) {
    return SQLiteErrorCode.getErrorCode(code.code & 0xff);
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
