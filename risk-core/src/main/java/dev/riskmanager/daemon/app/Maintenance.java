package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.port.Store.StoreException;
import dev.riskmanager.daemon.store.AuditFiles;
import dev.riskmanager.daemon.store.BooksAtStart;
import dev.riskmanager.daemon.store.InstanceLock;
import dev.riskmanager.daemon.store.RestorePlan;
import dev.riskmanager.daemon.store.StoreSettings;
import dev.riskmanager.wire.BackupView;
import dev.riskmanager.wire.HomeDir;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an admin does to the database of a home whose engine does not run. */
public final class Maintenance implements AutoCloseable {
  private final HomeDir home;
  private final InstanceLock lock;
  private @Nullable RestorePlan plan; // null until one was chosen

  private Maintenance(HomeDir home, InstanceLock lock) {
    this.home = home;
    this.lock = lock;
  }

  /**
   * Takes the home: no engine can start until it is closed.
   *
   * @throws StartException when an engine runs, or the password is wrong
   */
  public static Maintenance begin(HomeDir home, char[] password) throws StartException {
    authenticate(home, password);
    try {
      return new Maintenance(home, InstanceLock.acquire(home.run()));
    } catch (StoreException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  private static void authenticate(HomeDir home, char[] password) throws StartException {
    if (!Files.isDirectory(home.data()) || !Files.isDirectory(home.run())) {
      throw new StartException(
          "there is no home at " + home.root() + "; create it with `risk-admin init`");
    }
    Setup.checkPassword(home, password);
  }

  /** The daily backups, oldest first, each looked through. Needs no password and takes no lock. */
  public static List<BackupView> backups(HomeDir home) throws StartException {
    try {
      return RestorePlan.backups(
          StoreSettings.in(home.data()), AuditFiles.of(home.root()), InstantSource.system());
    } catch (StoreException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  /** Makes the backup of today. */
  public Path backUp() throws StartException {
    InstantSource clock = InstantSource.system();
    Configuration files =
        Configuration.read(
            home.config(),
            System.getenv(),
            AccountsFile.CredentialsUse.SKIP,
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    if (files.problems().hasErrors()) {
      throw new StartException(
          "the configuration has errors, and it says how many backups are kept; see `risk-admin"
              + " config validate`");
    }
    if (Files.notExists(home.database())) {
      throw new StartException("there is no database at " + home.database());
    }
    try {
      BooksAtStart.Opened books =
          BooksAtStart.open(
              EngineParts.storeSettings(home, files.files().engine()),
              AuditFiles.of(home.root()),
              clock,
              HomePreparation.hasRun(home));
      try (var store = books.store()) {
        if (books.distrusted().isPresent()) {
          throw new StartException(
              books.distrusted().get() + "; start the engine to see what to do");
        }
        return store.backup(clock.instant());
      }
    } catch (StoreException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Looks at the copy that is to be restored.
   *
   * @param file empty for the newest usable backup
   * @return what it would mean
   */
  public BackupView choose(Optional<Path> file) throws StartException {
    Path copy = file.isPresent() ? file.get() : newest();
    try {
      RestorePlan found =
          RestorePlan.of(
              StoreSettings.in(home.data()),
              AuditFiles.of(home.root()),
              copy,
              InstantSource.system());
      plan = found;
      return found.preview();
    } catch (StoreException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  private Path newest() throws StartException {
    for (BackupView backup : backups(home).reversed()) {
      if (backup.trouble() == null) {
        return Path.of(backup.file());
      }
    }
    throw new StartException(
        "there is no usable backup in " + StoreSettings.in(home.data()).backups());
  }

  /**
   * Restores the copy that was chosen.
   *
   * @param by operating-system user
   * @return where the replaced database is kept; empty when there was none
   */
  public Optional<Path> restore(String by, String reason) throws StartException {
    RestorePlan chosen = plan;
    if (chosen == null) {
      throw new IllegalStateException("nothing was chosen");
    }
    try {
      return chosen.carryOut(by, reason);
    } catch (StoreException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
