package dev.riskmanager.daemon.store;

import static dev.riskmanager.daemon.store.Books.NOW;
import static dev.riskmanager.daemon.store.Books.lockout;
import static dev.riskmanager.daemon.store.Books.saved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.riskmanager.daemon.port.Store.Change;
import dev.riskmanager.daemon.port.Store.StoreException;
import dev.riskmanager.domain.lockout.Lockout;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands where the books should be: taken as it is, or refused and left as it is. */
class OpenRulesTest {
  private static final int PAGE = 4096;

  @TempDir Path home;

  private Path data() {
    return home.resolve("data");
  }

  private Path file() {
    return data().resolve("risk.db");
  }

  /** Books with lockouts 1 to n, closed. */
  private void books(int n) throws StoreException {
    try (SqliteStore store = Books.open(data())) {
      store.commit(
          LongStream.rangeClosed(1, n).<Change>mapToObj(id -> saved(lockout(id))).toList());
    }
  }

  /** Opening fails with one line that holds those words, and not a byte changes. */
  private void assertRefused(String... words) throws IOException {
    byte[] before = Files.readAllBytes(file());
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Books.open(data()).close())
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .startsWith(file().toString())
                    .doesNotContain("\n")
                    .contains(words));
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void everythingIsForTheEnginesUserAlone() throws Exception {
    try (SqliteStore store = Books.open(data())) {
      store.commit(List.of(saved(lockout(1))));
      store.backup(NOW);
      assertThat(mode(data())).isEqualTo("rwx------");
      assertThat(mode(data().resolve("backups"))).isEqualTo("rwx------");
      for (String name :
          List.of("risk.db", "risk.db-wal", "risk.db-shm", "backups/risk-2025-10-31.db")) {
        assertThat(mode(data().resolve(name))).as(name).isEqualTo("rw-------");
      }
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void modesThatAreTooWideAreNarrowed() throws Exception {
    books(1);
    Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    try (SqliteStore store = Books.open(data())) {
      store.commit(List.of(saved(lockout(2))));
      assertThat(mode(data())).isEqualTo("rwx------");
      assertThat(mode(file())).isEqualTo("rw-------");
      assertThat(mode(data().resolve("risk.db-wal"))).isEqualTo("rw-------");
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "511", "512", "70000"})
  void garbageIsRefused(int length) throws Exception {
    Files.createDirectory(data());
    String garbage = "not a database ".repeat(5_000).substring(0, length);
    Files.writeString(file(), garbage);
    assertRefused("is damaged", "not a SQLite database");
  }

  @Test
  void aHeaderWithGarbageBehindItIsRefused() throws Exception {
    books(3);
    try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
      raw.seek(16);
      raw.write("garbage ".repeat(1_000).getBytes(StandardCharsets.US_ASCII));
    }
    assertRefused("is damaged");
  }

  @ParameterizedTest
  @CsvSource({"1", "4095", "4096", "40000"})
  void aFileThatLostItsEndIsRefused(int lost) throws Exception {
    books(200);
    try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
      raw.setLength(raw.length() - lost);
    }
    assertRefused("is damaged");
  }

  @ParameterizedTest
  @CsvSource({"lockouts", "lockouts_active", "trades", "log", "schema_version"})
  void flippedBytesInAnyPageHeaderAreRefused(String table) throws Exception {
    books(200);
    long page = rootPage(table);
    flip((page - 1) * PAGE, 8);
    assertRefused("is damaged");
  }

  @Test
  void anIndexThatLostTrackOfItsLockoutsIsRefused() throws Exception {
    books(3);
    long page = rootPage("lockouts_active");
    // The entry lies at the end of its page: the quick check does not compare it with the table.
    flip(page * PAGE - 3, 1);
    assertRefused("is damaged", "lockouts_active");
  }

  private void flip(long at, int bytes) throws IOException {
    try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
      for (int i = 0; i < bytes; i++) {
        raw.seek(at + i);
        int was = raw.read();
        raw.seek(at + i);
        raw.write(was ^ 0x5A);
      }
    }
  }

  @Test
  void aLogThatWasNotCopiedBackIsLeftAloneToo() throws Exception {
    books(200);
    long page = rootPage("log");
    byte[] log = killedWithALog();
    flip((page - 1) * PAGE, 8);
    assertRefused("is damaged");
    assertThat(Files.readAllBytes(data().resolve("risk.db-wal"))).isEqualTo(log);
  }

  /** A process commits a few lockouts and is killed: they are in the log and not in the file. */
  private byte[] killedWithALog() throws IOException, InterruptedException {
    try (ChildJvm child = ChildJvm.start("commit", data())) {
      child.await("DURABLE");
      child.kill();
    }
    byte[] log = Files.readAllBytes(data().resolve("risk.db-wal"));
    assertThat(log).isNotEmpty();
    return log;
  }

  @Test
  void aMissingDatabaseWhoseLogIsThereIsRefused() throws Exception {
    books(1);
    byte[] log = killedWithALog();
    Path moved = home.resolve("moved");
    Files.move(file(), moved);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Books.open(data()).close())
        .withMessageStartingWith(file() + " is missing, but its log ");
    assertThat(Files.readAllBytes(data().resolve("risk.db-wal"))).isEqualTo(log);
    assertThat(file()).doesNotExist();

    Files.move(moved, file());
    try (SqliteStore store = Books.open(data())) {
      assertThat(store.restore().lockouts()).hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void whatAnUnfinishedCreationLeftBehindIsReplaced() throws Exception {
    Files.createDirectory(data());
    Files.writeString(data().resolve("risk.db.new"), "half");
    Files.writeString(data().resolve("risk.db.new-journal"), "half");
    books(1);
    assertThat(data().toFile().list()).containsExactly("risk.db");
  }

  @Test
  void aTransactionOfAnotherToolThatDiedIsTakenBack() throws Exception {
    books(200);
    Path kept = home.resolve("kept");
    Path keptJournal = home.resolve("kept-journal");
    try (Connection tool = Books.raw(data());
        Statement statement = tool.createStatement()) {
      statement.execute("PRAGMA journal_mode = DELETE");
      statement.execute("PRAGMA cache_size = 1");
      tool.setAutoCommit(false);
      statement.executeUpdate("UPDATE lockouts SET active = 0, cleared_at = 'x', cleared_by = 'x'");
      // As a kill would leave them: pages of the transaction already in the file.
      Files.copy(file(), kept);
      Files.copy(data().resolve("risk.db-journal"), keptJournal);
    }
    Files.move(kept, file(), StandardCopyOption.REPLACE_EXISTING);
    Files.move(keptJournal, data().resolve("risk.db-journal"));
    try (SqliteStore store = Books.open(data())) {
      assertThat(store.restore().lockouts()).hasSize(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "expires_at, tomorrow",
    "locked_at, 2025-10-31",
    "type, iron",
    "baseline, ES",
    "trading_day, 2025-13-01",
    "account_id, mine"
  })
  void aLockoutThatCannotBeReadIsNamedNotSkipped(String column, String value) throws Exception {
    books(3);
    Books.execute(data(), "UPDATE lockouts SET " + column + " = '" + value + "' WHERE id = 2");
    try (SqliteStore store = Books.open(data())) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(store::restore)
          .withMessageStartingWith(file() + " is damaged (the row 2 of lockouts: ");
    }
  }

  @Test
  void theRecoveryNamesTheNewestBackupAndFollowingItWorks() throws Exception {
    books(2);
    try (SqliteStore store = Books.open(data())) {
      store.backup(NOW.minusSeconds(86_400));
      store.commit(List.of(saved(lockout(3))));
      store.backup(NOW);
      store.commit(List.of(saved(lockout(4))));
    }
    Path newest = data().resolve("backups/risk-2025-10-31.db");
    Files.writeString(file(), "overwritten");
    assertRefused("The newest backup is " + newest, "`risk-admin restore --latest`");

    Files.move(file(), home.resolve("kept"));
    Files.copy(newest, file());
    try (SqliteStore store = Books.open(data())) {
      assertThat(store.wasCreated()).isFalse();
      assertThat(store.restore().lockouts()).extracting(Lockout::id).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void aNewerSchemaIsRefused() throws Exception {
    books(1);
    Books.execute(
        data(), "INSERT INTO schema_version VALUES (5, 'V005__later.sql', 'x', '2026-01-01')");
    assertRefused("newer version", "its schema is 5 (V005__later.sql), this program knows 4");
  }

  @Test
  void aSchemaOfTheSameNumberButOtherTextIsRefused() throws Exception {
    books(1);
    Books.execute(data(), "UPDATE schema_version SET checksum = 'other'");
    assertRefused("different build", "V001__books.sql");
  }

  @Test
  void aDatabaseOfAnotherProgramIsRefused() throws Exception {
    Files.createDirectory(data());
    Books.execute(data(), "CREATE TABLE bookmarks (url TEXT)");
    assertRefused("another program");
  }

  @Test
  void aDirectoryInItsPlaceIsRefused() throws Exception {
    Files.createDirectories(file());
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Books.open(data()).close())
        .withMessageContaining("is not a file");
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsRefused() throws Exception {
    Files.writeString(data(), "x");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Books.open(data()).close())
        .withMessageStartingWith(file() + " could not be opened: ")
        .withMessageContaining("Check that the engine's user owns it");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPlaceThatTakesNoFilesIsRefused() {
    // Not even for root can files be created there.
    Path data = Path.of("/proc/risk-manager/data");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Books.open(data).close())
        .withMessageStartingWith(data.resolve("risk.db") + " could not be opened: ");
  }

  @Test
  void whileAnotherProgramHoldsItLockedTheCommitIsRefusedAndLaterTaken() throws Exception {
    try (SqliteStore store = Books.open(data())) {
      try (Connection other = Books.raw(data());
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        assertThatExceptionOfType(StoreException.class)
            .isThrownBy(() -> store.commit(List.of(saved(lockout(1)))))
            .satisfies(e -> assertThat(e.isPermanent()).isFalse())
            .withMessageContaining("another program holds it locked");
        assertThat(store.restore().lockouts()).isEmpty();
        statement.execute("ROLLBACK");
      }
      store.commit(List.of(saved(lockout(1))));
      assertThat(store.restore().lockouts()).containsExactly(lockout(1));
    }
  }

  private long rootPage(String name) throws SQLException {
    return Long.parseLong(
        Books.query(data(), "SELECT rootpage FROM sqlite_schema WHERE name = '" + name + "'")
            .getFirst());
  }
}
