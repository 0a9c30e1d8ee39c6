package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.LockoutSaved;
import dev.riskmanager.daemon.port.Store.StoreException;
import dev.riskmanager.daemon.store.Migrations.Migration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the tests let a process of its own do, to kill it in the middle. */
final class StoreChild {
  private StoreChild() {}

  /** First the mode, then the directory. */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[1]);
    switch (args[0]) {
      case "lock" -> lock(directory);
      case "commit" -> commit(directory);
      case "migrate" -> migrate(directory);
      case "fill" -> fill(directory);
      case "backup" -> backup(directory);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** Takes the instance lock, or says why not, and keeps it until it is told to go on. */
  private static void lock(Path run) throws IOException {
    try (InstanceLock lock = InstanceLock.acquire(run)) {
      System.out.println("LOCKED " + lock);
      System.in.read();
    } catch (StoreException e) {
      System.out.println("REFUSED " + e.getMessage());
    }
  }

  /** Commits lockouts for ever and names each when it is durable; the log is tidied all along. */
  private static void commit(Path data) throws StoreException {
    try (SqliteStore store = Books.open(data)) {
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                try {
                  while (true) {
                    store.maintain(Books.NOW);
                    Thread.onSpinWait();
                  }
                } catch (StoreException e) {
                  System.out.println("FAILED " + e.getMessage());
                }
              });
      for (long id = store.restore().nextLockoutId(); ; id++) {
        store.commit(List.of(new LockoutSaved(Books.lockout(id))));
        System.out.println("DURABLE " + id);
      }
    }
  }

  /** Opens with a second migration that changes what is there and then never ends. */
  private static void migrate(Path data) throws StoreException {
    List<Migration> known = new ArrayList<>(Migrations.shipped().known());
    known.add(
        new Migration(
            "V005__endless.sql",
            """
            UPDATE lockouts SET reason = 'half way';
            DROP TABLE timers;
            CREATE TABLE endless (n INTEGER, filler BLOB);
            INSERT INTO endless
              WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count)
              SELECT n, zeroblob(1000) FROM count;
            """));
    System.out.println("MIGRATING");
    SqliteStore.open(StoreSettings.in(data), Books.NOW, new Migrations(known)).close();
    System.out.println("FAILED: it ended");
  }

  /** Makes the backup of the day again and again. */
  private static void backup(Path data) throws StoreException {
    try (SqliteStore store = Books.open(data)) {
      while (true) {
        System.out.println("MADE " + store.backup(Books.NOW));
      }
    }
  }

  /** When told so, commits until the disk takes no more; then the same once more when told so. */
  private static void fill(Path data) throws StoreException, IOException {
    try (SqliteStore store = Books.open(data)) {
      System.out.println("OPEN");
      System.in.read();
      long id = 1;
      try {
        while (true) {
          store.commit(List.of(new LockoutSaved(Books.lockout(id))));
          System.out.println("DURABLE " + id);
          id++;
        }
      } catch (StoreException e) {
        System.out.println("REFUSED " + e.isPermanent() + " " + e.getMessage());
      }
      System.out.println("VISIBLE " + store.restore().lockouts().size());
      try {
        store.commit(List.of(new LockoutSaved(Books.lockout(id))));
        System.out.println("FAILED: it was taken");
      } catch (StoreException e) {
        System.out.println("AGAIN " + e.getMessage());
      }
      System.in.read();
      store.commit(List.of(new LockoutSaved(Books.lockout(id))));
      System.out.println("WRITTEN " + id);
      System.in.read();
    }
  }
}
