package dev.riskmanager.daemon.store;

import static dev.riskmanager.daemon.store.Books.NOW;
import static dev.riskmanager.daemon.store.Books.lockout;
import static dev.riskmanager.daemon.store.Books.saved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.riskmanager.daemon.port.Store.Change;
import dev.riskmanager.daemon.port.Store.LockoutEnded;
import dev.riskmanager.daemon.port.Store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real disk of two megabytes that is full or read-only, and files that go bad under a running
 * store. Needs the right to mount; is skipped, and says so, where there is none.
 */
@EnabledOnOs(OS.LINUX)
class DiskFaultTest {
  @TempDir Path home;

  /** A file system of its own in memory. */
  private static final class Disk implements AutoCloseable {
    private final Path at;

    Disk(Path at) throws IOException, InterruptedException {
      Files.createDirectories(at);
      this.at = at;
      assumeTrue(
          run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", at.toString()),
          "skipped: no right to mount a file system here");
    }

    /** Leaves no byte free. */
    Path fill() throws IOException {
      Path filler = at.resolve("filler");
      try (OutputStream out = Files.newOutputStream(filler)) {
        byte[] zeros = new byte[1024];
        while (true) {
          out.write(zeros);
        }
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("No space left");
      }
      return filler;
    }

    void readOnly(boolean yes) throws IOException, InterruptedException {
      assumeTrue(
          run("mount", "-o", "remount," + (yes ? "ro" : "rw"), at.toString()),
          "skipped: no right to mount a file system here");
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
      } catch (IOException e) {
        return false; // There is no such program.
      }
    }

    @Override
    public void close() throws IOException, InterruptedException {
      run("umount", at.toString());
    }
  }

  private Path data() {
    return home.resolve("data");
  }

  private BooksAtStart.Opened start() throws Exception {
    Files.createDirectories(home.resolve("logs"));
    return BooksAtStart.open(
        StoreSettings.in(data()), AuditFiles.of(home), InstantSource.fixed(NOW), false);
  }

  private static List<Change> lockouts(long from, long to) {
    return LongStream.rangeClosed(from, to).<Change>mapToObj(id -> saved(lockout(id))).toList();
  }

  @Test
  void aFullDiskRefusesWithItsRemedyAndTakesTheSameLockoutWhenThereIsRoom() throws Exception {
    try (Disk disk = new Disk(data());
        SqliteStore store = start().store()) {
      store.commit(lockouts(1, 3));
      Path filler = disk.fill();
      StoreException refused = null;
      long id = 4;
      for (; refused == null; id++) {
        try {
          store.commit(lockouts(id, id));
        } catch (StoreException e) {
          refused = e;
        }
      }
      long last = id - 1;
      assertThat(refused.isPermanent()).isFalse();
      assertThat(refused).hasMessageContaining("could not be written").hasMessageContaining("disk");
      assertThat(store.restore().lockouts()).hasSize((int) last - 1);
      assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.backup(NOW));
      Files.delete(filler);
      store.commit(lockouts(last, last));
      assertThat(store.restore().lockouts()).hasSize((int) last);
      assertThat(store.verifyAudit().valid()).isTrue();
    }
  }

  @Test
  void aStartOnAFullDiskMakesNoEmptyDatabaseAndTheNextOneHasTheLocks() throws Exception {
    try (Disk disk = new Disk(data())) {
      try (SqliteStore store = start().store()) {
        store.commit(lockouts(1, 3));
      }
      Path filler = disk.fill();
      try (SqliteStore store = start().store()) {
        // There may be room for this much.
        assertThat(store.restore().lockouts()).hasSize(3);
      } catch (StoreException e) {
        assertThat(e).hasMessageContaining("the disk");
      }
      Files.delete(filler);
      BooksAtStart.Opened opened = start();
      try (SqliteStore store = opened.store()) {
        assertThat(store.restore().lockouts()).hasSize(3);
        assertThat(opened.distrusted()).isEmpty();
      }
    }
  }

  @Test
  void aDatabaseThatIsMissingOnAFullDiskIsNotReplacedByHalfAOne() throws Exception {
    try (Disk disk = new Disk(data())) {
      try (SqliteStore store = start().store()) {
        store.commit(lockouts(1, 3));
      }
      Files.delete(data().resolve("risk.db"));
      Path filler = disk.fill();
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> start().store().close())
          .withMessageContaining("risk.db");
      assertThat(data().resolve("risk.db")).doesNotExist();
      Files.delete(filler);
      BooksAtStart.Opened opened = start();
      try (SqliteStore store = opened.store()) {
        assertThat(store.restore().lockouts()).hasSize(3);
        assertThat(opened.distrusted()).isPresent();
      }
    }
  }

  @Test
  void aReadOnlyDiskAtTheStartIsNamedAndNothingIsLost() throws Exception {
    try (Disk disk = new Disk(data())) {
      try (SqliteStore store = start().store()) {
        store.commit(lockouts(1, 3));
      }
      disk.readOnly(true);
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> start().store().close())
          .withMessageContaining("write access");
      disk.readOnly(false);
      BooksAtStart.Opened opened = start();
      try (SqliteStore store = opened.store()) {
        assertThat(store.restore().lockouts()).hasSize(3);
        assertThat(opened.distrusted()).isEmpty();
      }
    }
  }

  @Test
  void aFullDiskForTheLogDelaysNoCommitAndIsSaid() throws Exception {
    try (Disk disk = new Disk(home.resolve("logs"));
        SqliteStore store = start().store()) {
      Path filler = disk.fill();
      store.commit(lockouts(1, 40));
      org.awaitility.Awaitility.await()
          .until(() -> store.auditTrouble().contains("No space left on device"));
      store.commit(lockouts(41, 42));
      Files.delete(filler);
      org.awaitility.Awaitility.await().until(() -> store.auditTrouble().isEmpty());
      assertThat(store.verifyAudit().valid()).isTrue();
      assertThat(store.restore().lockouts()).hasSize(42);
    }
  }

  @Test
  void aPageThatGoesBadUnderARunningStoreNamesTheBackupAndTheCommand() throws Exception {
    try (SqliteStore store = start().store()) {
      store.commit(lockouts(1, 400));
      store.backup(NOW);
    }
    try (SqliteStore store = start().store()) {
      try (RandomAccessFile raw = new RandomAccessFile(data().resolve("risk.db").toFile(), "rw")) {
        raw.seek(20 * 4096);
        byte[] garbage = "garbage!".repeat(512).getBytes(StandardCharsets.US_ASCII);
        while (raw.getFilePointer() < raw.length()) {
          raw.write(garbage);
        }
      }
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(
              () -> {
                for (long id = 1; id <= 400; id++) {
                  store.commit(List.of(new LockoutEnded(id, NOW, "x")));
                }
              })
          .satisfies(
              e -> {
                assertThat(e.isDamage()).isTrue();
                assertThat(e.isPermanent()).isFalse();
                assertThat(e.getMessage())
                    .contains(data().resolve("backups/risk-2025-10-31.db").toString())
                    .contains("`risk-admin restore --latest`");
              });
    }
  }

  @Test
  void aStartWhileAnotherProgramHoldsTheFileIsRefusedAndLosesNothing() throws Exception {
    try (SqliteStore store = start().store()) {
      store.commit(lockouts(1, 3));
    }
    try (Connection other = Books.raw(data());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> start().store().close())
          .withMessageContaining("another program holds it locked");
      statement.execute("ROLLBACK");
    }
    BooksAtStart.Opened opened = start();
    try (SqliteStore store = opened.store()) {
      assertThat(store.restore().lockouts()).hasSize(3);
      assertThat(opened.distrusted()).isEmpty();
    }
  }
}
