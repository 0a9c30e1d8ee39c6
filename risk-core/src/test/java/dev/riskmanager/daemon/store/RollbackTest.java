package dev.riskmanager.daemon.store;

import static dev.riskmanager.daemon.store.Books.NOW;
import static dev.riskmanager.daemon.store.Books.lockout;
import static dev.riskmanager.daemon.store.Books.saved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.Store.AuditAppended;
import dev.riskmanager.daemon.port.Store.LockoutEnded;
import dev.riskmanager.daemon.port.Store.StoreException;
import dev.riskmanager.daemon.store.BooksAtStart.Opened;
import dev.riskmanager.domain.lockout.Lockout;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an engine makes of a home whose files were changed while it did not run. */
class RollbackTest {
  @TempDir Path home;
  @TempDir Path away;

  private Instant now = NOW;

  private Path file(String name) {
    return home.resolve(name);
  }

  private Opened start() throws StoreException, IOException {
    Files.createDirectories(file("logs"));
    return BooksAtStart.open(
        StoreSettings.in(file("data")), AuditFiles.of(home), (InstantSource) () -> now, false);
  }

  /** Lockouts 1, 2 and 3; 2 has ended. */
  private void lockedHome() throws Exception {
    try (var store = start().store()) {
      store.commit(List.of(saved(lockout(1)), saved(lockout(2))));
      store.commit(List.of(new LockoutEnded(2, NOW.plusSeconds(5), "admin:alice")));
      store.commit(List.of(saved(lockout(3))));
    }
  }

  private static List<Long> ids(Opened opened) {
    return opened.restored().lockouts().stream().map(Lockout::id).toList();
  }

  private void assertHeldWithLocks(Opened opened, String why) throws Exception {
    try (var store = opened.store()) {
      assertThat(opened.distrusted()).hasValueSatisfying(text -> assertThat(text).contains(why));
      assertThat(opened.restored().lockouts()).containsExactly(lockout(1), lockout(3));
      assertThat(store.auditTrouble()).isEmpty();
    }
    // Until the holds are in the books the next start says it again; then no more.
    try (var store = start().store()) {
      store.commit(
          List.of(new AuditAppended(now, "engine", BooksAtStart.HELD, Optional.empty(), "", "")));
    }
    Opened after = start();
    try (var store = after.store()) {
      assertThat(after.distrusted()).isEmpty();
      assertThat(after.findings()).isEmpty();
      assertThat(ids(after)).containsExactly(1L, 3L);
      assertThat(store.restore().nextLockoutId()).isGreaterThan(3);
    }
  }

  @Test
  void aFreshHomeBeginsCleanAndAnOrderlyRestartSaysNothing() throws Exception {
    Opened first = start();
    first.store().close();
    assertThat(first.distrusted()).isEmpty();
    assertThat(first.findings()).isEmpty();
    lockedHome();
    Opened again = start();
    again.store().close();
    assertThat(again.distrusted()).isEmpty();
    assertThat(again.findings()).isEmpty();
    assertThat(ids(again)).containsExactly(1L, 3L);
  }

  @Test
  void aDeletedDatabaseIsRebuiltFromTheLog() throws Exception {
    lockedHome();
    deleteDatabase();
    assertHeldWithLocks(start(), "the database is missing");
  }

  @Test
  void aDeletedDatabaseWhoseLogAheadOfItIsLeftIsRebuiltToo() throws Exception {
    lockedHome();
    deleteDatabase();
    Files.writeString(file("data/risk.db-wal"), "what a crash left");
    assertHeldWithLocks(start(), "damaged");
  }

  @Test
  void aDeletedDatabaseAndLogAreRebuiltFromTheBackupAndTheMarkerSaysThatItIsOld() throws Exception {
    try (var store = start().store()) {
      store.commit(List.of(saved(lockout(1))));
      store.backup(NOW);
    }
    lockedMore();
    deleteDatabase();
    deleteLogs();
    Opened opened = start();
    try (var store = opened.store()) {
      assertThat(ids(opened)).containsExactly(1L);
      assertThat(opened.distrusted()).isPresent();
    }
  }

  private void lockedMore() throws Exception {
    try (var store = start().store()) {
      store.commit(List.of(saved(lockout(3))));
    }
  }

  @Test
  void theBackupOfBeforeIsTheBasisAndWhatEndedSinceStaysEnded() throws Exception {
    try (var store = start().store()) {
      store.commit(List.of(saved(lockout(1)), saved(lockout(2))));
      store.backup(NOW);
    }
    try (var store = start().store()) {
      store.commit(List.of(new LockoutEnded(2, NOW.plusSeconds(5), "admin:alice")));
      store.commit(List.of(saved(lockout(3))));
    }
    deleteDatabase();
    assertHeldWithLocks(start(), "the database is missing");
  }

  @Test
  void anOlderDatabaseIsNoticedAndBroughtUpToDate() throws Exception {
    try (var store = start().store()) {
      store.commit(List.of(saved(lockout(1)), saved(lockout(2))));
    }
    Path old = away.resolve("old.db");
    Files.copy(file("data/risk.db"), old);
    try (var store = start().store()) {
      store.commit(List.of(new LockoutEnded(2, NOW.plusSeconds(5), "admin:alice")));
      store.commit(List.of(saved(lockout(3))));
    }
    deleteDatabase();
    Files.copy(old, file("data/risk.db"));
    assertHeldWithLocks(start(), "older than the audit");
  }

  @Test
  void aFreshDatabaseInItsPlaceIsMovedAsideAndKept() throws Exception {
    lockedHome();
    deleteDatabase();
    Books.open(away.resolve("data")).close();
    Files.copy(away.resolve("data/risk.db"), file("data/risk.db"));
    Opened opened = start();
    assertThat(kept()).hasSize(1);
    assertHeldWithLocks(opened, "another database was put in its place");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 4096, 7500, 15000})
  void aDamagedDatabaseIsKeptAndItsLocksAreRebuilt(int at) throws Exception {
    lockedHome();
    try (RandomAccessFile raw = new RandomAccessFile(file("data/risk.db").toFile(), "rw")) {
      raw.seek(at);
      raw.write("garbage!".repeat(400).getBytes(StandardCharsets.US_ASCII));
    }
    byte[] damaged = Files.readAllBytes(file("data/risk.db"));
    Opened opened = start();
    assertThat(kept()).hasSize(1);
    assertThat(Files.readAllBytes(kept().getFirst())).isEqualTo(damaged);
    assertHeldWithLocks(opened, "the database is damaged");
  }

  @Test
  void aTruncatedDatabaseIsKeptAndItsLocksAreRebuilt() throws Exception {
    lockedHome();
    try (RandomAccessFile raw = new RandomAccessFile(file("data/risk.db").toFile(), "rw")) {
      raw.setLength(raw.length() / 2);
    }
    assertHeldWithLocks(start(), "the database is damaged");
  }

  /** SQLite takes a log it cannot read for an empty one: what was in it alone would be gone. */
  @Test
  void garbageInTheLogAheadOfTheDatabaseIsAnOlderDatabase() throws Exception {
    try (var store = start().store()) {
      store.commit(List.of(saved(lockout(1)), saved(lockout(2))));
    }
    try (var store = start().store()) {
      store.commit(List.of(new LockoutEnded(2, NOW.plusSeconds(5), "admin:alice")));
      store.commit(List.of(saved(lockout(3))));
      // As a kill would leave them: not copied back yet.
      for (String name : List.of("risk.db", "risk.db-wal")) {
        Files.copy(file("data/" + name), away.resolve(name));
      }
    }
    byte[] log = Files.readAllBytes(away.resolve("risk.db-wal"));
    assertThat(log.length).isGreaterThan(4096);
    for (int i = 40; i < log.length; i += 7) {
      log[i] ^= 0x5A;
    }
    deleteDatabase();
    Files.copy(away.resolve("risk.db"), file("data/risk.db"));
    Files.write(file("data/risk.db-wal"), log);
    assertHeldWithLocks(start(), "older than the audit");
  }

  @Test
  void aLockoutThatCannotBeReadIsADamage() throws Exception {
    lockedHome();
    Books.execute(file("data"), "UPDATE lockouts SET expires_at = 'tomorrow' WHERE id = 3");
    assertHeldWithLocks(start(), "the row 3 of lockouts");
  }

  @Test
  void aDamagedBackupIsPassedOver() throws Exception {
    try (var store = start().store()) {
      store.commit(List.of(saved(lockout(1)), saved(lockout(2))));
      store.backup(NOW);
      store.backup(NOW.plus(Duration.ofDays(1)));
    }
    try (var store = start().store()) {
      store.commit(List.of(new LockoutEnded(2, NOW.plusSeconds(5), "admin:alice")));
      store.commit(List.of(saved(lockout(3))));
    }
    Path newest = file("data/backups/risk-2025-11-01.db");
    Files.write(newest, new byte[] {1, 2, 3}, StandardOpenOption.TRUNCATE_EXISTING);
    Files.writeString(file("data/risk.db"), "overwritten");
    Opened opened = start();
    assertThat(opened.findings())
        .anySatisfy(line -> assertThat(line).contains(newest + " was not used"))
        .anySatisfy(line -> assertThat(line).contains("2025-10-31.db took its place"));
    assertHeldWithLocks(opened, "the database is damaged");
  }

  @Test
  void logAndMarkerGoneIsNoticed() throws Exception {
    lockedHome();
    deleteLogs();
    Files.delete(file(".audit-marker"));
    Opened opened = start();
    assertThat(Files.readString(file("logs/audit.log"))).contains("\"lockout\"");
    assertHeldWithLocks(opened, "nothing vouches for the database");
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs/audit.log", ".audit-marker"})
  void oneOfTheTwoGoneIsWrittenAnewAndHoldsNobody(String gone) throws Exception {
    lockedHome();
    byte[] before = Files.readAllBytes(file(gone));
    Files.delete(file(gone));
    Opened opened = start();
    opened.store().close();
    assertThat(opened.distrusted()).isEmpty();
    assertThat(opened.findings()).hasSize(1).first().asString().contains("missing");
    // The finding itself is a record more.
    assertThat(new String(Files.readAllBytes(file("logs/audit.log")), StandardCharsets.UTF_8))
        .contains("BOOKS_FOUND");
    assertThat(Files.size(file(gone))).isGreaterThanOrEqualTo(before.length);
    Opened again = start();
    again.store().close();
    assertThat(again.findings()).isEmpty();
  }

  @Test
  void everythingGoneIsAFreshHome() throws Exception {
    lockedHome();
    deleteDatabase();
    deleteLogs();
    Files.delete(file(".audit-marker"));
    Files.delete(file(".seal-key"));
    Opened opened = start();
    opened.store().close();
    assertThat(opened.distrusted()).isEmpty();
    assertThat(opened.restored().lockouts()).isEmpty();
  }

  @Test
  void onlyTheMarkerLeftStillHolds() throws Exception {
    lockedHome();
    deleteDatabase();
    deleteLogs();
    Opened opened = start();
    opened.store().close();
    assertThat(opened.distrusted())
        .contains("the database is missing; the newest record known is 5");
    assertThat(opened.restored().lockouts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE lockouts SET active = 0, cleared_at = 'x', cleared_by = 'x' WHERE id = 3",
        "DELETE FROM lockouts WHERE id = 3",
        "UPDATE lockouts SET expires_at = '2025-10-31T17:21:20.000000000Z' WHERE id = 3",
        "UPDATE lockouts SET account_id = 4711 WHERE id = 3"
      })
  void aLockoutThatWasEditedByHandIsAsTheAuditSays(String edit) throws Exception {
    lockedHome();
    Books.execute(file("data"), edit);
    Opened opened = start();
    try (var store = opened.store()) {
      assertThat(opened.distrusted())
          .hasValueSatisfying(text -> assertThat(text).contains("changed by hand"));
      assertThat(opened.restored().lockouts())
          .anySatisfy(
              found ->
                  assertThat(found)
                      .usingRecursiveComparison()
                      .ignoringFields("id")
                      .isEqualTo(lockout(3)));
    }
  }

  @Test
  void aDatabaseOfBeforeTheChainIsTakenOverWithItsLocks() throws Exception {
    List<Migrations.Migration> known = Migrations.shipped().known();
    Path data = file("data");
    try (var connection = old(data, known)) {
      assertThat(connection.isClosed()).isFalse();
    }
    Opened opened = start();
    opened.store().close();
    assertThat(opened.distrusted()).isEmpty();
    assertThat(ids(opened)).containsExactly(1L);
    deleteDatabase();
    Opened rebuilt = start();
    rebuilt.store().close();
    assertThat(rebuilt.distrusted()).isPresent();
    assertThat(rebuilt.restored().lockouts()).containsExactly(lockout(1));
  }

  private static java.sql.Connection old(Path data, List<Migrations.Migration> known)
      throws Exception {
    Files.createDirectories(data);
    java.sql.Connection connection = Books.raw(data);
    connection.setAutoCommit(false);
    new Migrations(known.subList(0, 1)).apply(connection, 0, NOW);
    connection.setAutoCommit(true);
    try (var statement = connection.createStatement()) {
      statement.executeUpdate("INSERT INTO rules VALUES ('RULE-003', 3, 'daily_realized_loss')");
      statement.executeUpdate(
          "INSERT INTO lockouts VALUES (1, 1001, 'RULE-003', NULL, 'hard',"
              + " 'Daily loss limit exceeded: $-170.50 (limit: $-5.00)',"
              + " '2025-10-31T17:21:19.150000000Z', '2025-10-31T21:59:59.150000000Z', 'x', 'fixed',"
              + " 1, NULL, NULL, '2025-10-31', '2025-10-31T17:21:19.150000000Z')");
    }
    return connection;
  }

  @Test
  void aLogBehindTheDatabaseIsCompletedAndATornLineIsWrittenAgain() throws Exception {
    lockedHome();
    Path log = file("logs/audit.log");
    byte[] whole = Files.readAllBytes(log);
    List<String> lines = Files.readAllLines(log);
    String torn =
        String.join("\n", lines.subList(0, lines.size() - 2))
            + "\n"
            + lines.get(lines.size() - 2).substring(0, 40);
    Files.writeString(log, torn);
    Files.delete(file(".audit-marker"));
    Opened opened = start();
    opened.store().close();
    assertThat(opened.distrusted()).isEmpty();
    assertThat(Files.readAllBytes(log)).startsWith(whole);
  }

  @Test
  void locksAreRebuiltFromFilesOfEarlierDaysZippedOrNot() throws Exception {
    for (long day = 0; day < 3; day++) {
      now = NOW.plus(Duration.ofDays(day));
      try (var store = start().store()) {
        store.commit(List.of(saved(lockout(day + 1))));
      }
    }
    Path first = file("logs/audit.2025-10-31.log");
    assertThat(first).exists();
    assertThat(file("logs/audit.2025-11-01.log")).exists();
    try (OutputStream zipped =
        new GZIPOutputStream(Files.newOutputStream(Path.of(first + ".gz")))) {
      Files.copy(first, zipped);
    }
    Files.delete(first);
    deleteDatabase();
    Opened opened = start();
    opened.store().close();
    assertThat(ids(opened)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aFileOfLongAgoStaysWhileALockoutOfItIsInForce() throws Exception {
    try (var store = start().store()) {
      store.commit(List.of(saved(lockout(1))));
    }
    Path first = file("logs/audit.2025-10-31.log");
    now = NOW.plus(Duration.ofDays(400));
    try (var store = start().store()) {
      store.commit(List.of(new AuditAppended(now, "alice", "flatten", Optional.empty(), "", "")));
    }
    assertThat(first).exists();
    now = NOW.plus(Duration.ofDays(401));
    try (var store = start().store()) {
      store.commit(List.of(new LockoutEnded(1, now, "expired")));
    }
    now = NOW.plus(Duration.ofDays(402));
    start().store().close();
    assertThat(first).doesNotExist();
    assertThat(file("logs/audit.2026-12-05.log")).exists();
  }

  @Test
  void anUnlockIsNotTakenFromALineWhoseHashIsWrong() throws Exception {
    lockedHome();
    deleteDatabase();
    Path log = file("logs/audit.log");
    String line = Files.readAllLines(log).getLast();
    Files.writeString(
        log,
        line.replace("LOCKOUT_SET", "LOCKOUT_CLEARED").replace("\"seq\":5", "\"seq\":6") + "\n",
        StandardOpenOption.APPEND);
    assertHeldWithLocks(start(), "the database is missing");
  }

  @Test
  void aLineThatWasChangedIsNamedWhereALockoutIsRebuiltFromIt() throws Exception {
    lockedHome();
    deleteDatabase();
    changeLine(4);
    Opened opened = start();
    try (var store = opened.store()) {
      assertThat(opened.distrusted())
          .hasValueSatisfying(
              why ->
                  assertThat(why)
                      .contains("the database is missing")
                      .contains("audit.log line 4 was changed", "may not be true"));
      assertThat(ids(opened)).contains(1L, 3L);
      assertThat(store.auditTrouble()).isEmpty();
    }
  }

  @Test
  void aLineThatWasChangedBesideAGoodDatabaseIsNamedAndTheLogIsWrittenAnew() throws Exception {
    lockedHome();
    List<String> before = Files.readAllLines(file("logs/audit.log"));
    changeLine(2);
    Opened opened = start();
    opened.store().close();
    assertThat(opened.distrusted()).isEmpty();
    assertThat(opened.findings())
        .contains("audit.log line 2 was changed: its hash does not fit")
        .anyMatch(text -> text.startsWith("audit.log is kept as"));
    assertThat(Files.readAllLines(file("logs/audit.log")))
        .startsWith(before.toArray(String[]::new));
    Opened again = start();
    again.store().close();
    assertThat(again.findings()).isEmpty();
  }

  private void changeLine(int number) throws IOException {
    Path log = file("logs/audit.log");
    List<String> lines = new java.util.ArrayList<>(Files.readAllLines(log));
    String line = lines.get(number - 1);
    String changed = line.replaceFirst("\"t\":\"20", "\"t\":\"19");
    assertThat(changed).isNotEqualTo(line);
    lines.set(number - 1, changed);
    Files.write(log, lines);
  }

  @Test
  void anEndInALineWhoseHashIsWrongIsNotBelieved() throws Exception {
    lockedHome();
    deleteDatabase();
    Path log = file("logs/audit.log");
    String end = lockout(3).expiresAt().orElseThrow().toString();
    String text = Files.readString(log);
    int last = text.lastIndexOf(end);
    assertThat(last).isPositive();
    Files.writeString(
        log,
        text.substring(0, last) + "2025-10-31T17:22:00Z" + text.substring(last + end.length()));
    Opened opened = start();
    opened.store().close();
    assertThat(opened.distrusted())
        .hasValueSatisfying(why -> assertThat(why).contains("; audit.log line 5 was changed, so"));
    assertThat(opened.restored().lockouts())
        .filteredOn(lock -> lock.id() == 3)
        .singleElement()
        .satisfies(lock -> assertThat(lock.expiresAt()).contains(NOW.plus(Duration.ofDays(1))));
  }

  @Test
  void whatIsRebuiltIsTheLastStateOfTheLockout() throws Exception {
    Lockout longer =
        new Lockout(
            1,
            lockout(1).account(),
            lockout(1).rule(),
            Optional.empty(),
            lockout(1).type(),
            "worse",
            NOW.plusSeconds(1),
            Optional.of(NOW.plusSeconds(99_999)),
            lockout(1).baseline(),
            lockout(1).tradingDay());
    try (var store = start().store()) {
      store.commit(List.of(saved(lockout(1))));
      store.commit(List.of(saved(longer)));
    }
    deleteDatabase();
    Opened opened = start();
    opened.store().close();
    assertThat(opened.restored().lockouts()).containsExactly(longer);
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(file("data"))) {
      return files
          .filter(path -> path.getFileName().toString().matches("risk\\.db\\.kept-[0-9TZ]+"))
          .toList();
    }
  }

  private void deleteDatabase() throws IOException {
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(file("data/risk.db" + suffix));
    }
  }

  private void deleteLogs() throws IOException {
    try (Stream<Path> logs = Files.list(file("logs"))) {
      for (Path log : logs.toList()) {
        Files.move(log, away.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
