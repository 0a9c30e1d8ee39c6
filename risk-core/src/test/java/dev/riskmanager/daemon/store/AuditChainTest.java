package dev.riskmanager.daemon.store;

import static dev.riskmanager.daemon.store.Books.NOW;
import static dev.riskmanager.daemon.store.Books.lockout;
import static dev.riskmanager.daemon.store.Books.saved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.riskmanager.daemon.port.Store.AuditAppended;
import dev.riskmanager.daemon.port.Store.LockoutEnded;
import dev.riskmanager.daemon.port.Store.StoreException;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.persistent.Table;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is on the audit, that it is a chain, and that a change of it is named. */
class AuditChainTest {
  @TempDir Path home;

  private SqliteStore open() throws Exception {
    Files.createDirectories(home.resolve("logs"));
    return BooksAtStart.open(
            StoreSettings.in(home.resolve("data")),
            AuditFiles.of(home),
            InstantSource.fixed(NOW),
            false)
        .store();
  }

  private Path log() {
    return home.resolve("logs/audit.log");
  }

  private static AuditAppended act(String what) {
    return new AuditAppended(NOW, "alice", what, Optional.of(Books.ACCOUNT), "ä\n\"x\"", "why");
  }

  @Test
  void everyChangeOfALockoutIsARecordAndNothingElseIs() throws Exception {
    Baseline two = Baseline.of(Table.<ContractId, Long>empty().with(new ContractId("C"), 2L));
    Baseline one = Baseline.of(Table.<ContractId, Long>empty().with(new ContractId("C"), 1L));
    try (SqliteStore store = open()) {
      store.commit(List.of(saved(lockout(7).withBaseline(two))));
      store.commit(List.of(saved(lockout(7).withBaseline(two))));
      store.commit(List.of(saved(lockout(7).withBaseline(one))));
      store.commit(List.of(saved(lockout(7)), act("unlock")));
      store.commit(List.of(new LockoutEnded(7, NOW, "admin:alice")));
      store.commit(List.of(new LockoutEnded(7, NOW, "admin:bob")));
      assertThat(store.auditTail(99))
          .extracting(AuditRow::action)
          .containsExactly(
              "CHAIN_BEGUN",
              "LOCKOUT_SET",
              "LOCKOUT_BASELINE",
              "LOCKOUT_BASELINE",
              "unlock",
              "LOCKOUT_CLEARED");
      assertThat(store.auditTail(1)).extracting(AuditRow::by).containsExactly("admin:alice");
      assertThat(store.auditTail(2).getFirst().detail()).isEqualTo("ä\n\"x\"");
    }
  }

  /** Anybody can check it with sha256sum: the line without its last member. */
  @Test
  void theHashIsThatOfTheLineWithoutIt() throws Exception {
    try (SqliteStore store = open()) {
      store.commit(List.of(saved(lockout(1)), act("unlock")));
    }
    String before = "0".repeat(64);
    List<String> lines = Files.readAllLines(log());
    assertThat(lines).hasSize(3);
    for (String line : lines) {
      String text = line.replaceFirst(",\"hash\":\"[0-9a-f]{64}\"}$", "}");
      String hash =
          HexFormat.of()
              .formatHex(
                  MessageDigest.getInstance("SHA-256")
                      .digest(text.getBytes(StandardCharsets.UTF_8)));
      assertThat(line).endsWith(",\"hash\":\"" + hash + "\"}");
      assertThat(text).endsWith(",\"prev\":\"" + before + "\"}");
      before = hash;
    }
    assertThat(Files.readString(home.resolve(".audit-marker"))).isEqualTo("3 " + before + "\n");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void logAndMarkerAreForTheEnginesUserAlone() throws Exception {
    open().close();
    for (String name : List.of("logs/audit.log", ".audit-marker")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(name))))
          .as(name)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void whatIsCommittedIsInTheLogSoonAfter() throws Exception {
    try (SqliteStore store = open()) {
      store.commit(List.of(saved(lockout(1))));
      await().until(() -> Files.readString(log()).contains("LOCKOUT_SET"));
      await().until(() -> Files.readString(home.resolve(".audit-marker")).startsWith("2 "));
    }
  }

  @Test
  void aFailedCommitLeavesNoRecordAndNoGap() throws Exception {
    try (SqliteStore store = open()) {
      store.commit(List.of(saved(lockout(1)), new LockoutEnded(1, NOW, "x")));
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.commit(List.of(act("unlock"), saved(lockout(1)))));
      store.commit(List.of(act("lock")));
      assertThat(store.auditTail(1)).extracting(AuditRow::seq).containsExactly(4L);
      assertThat(store.verifyAudit().valid()).isTrue();
    }
  }

  @Test
  void aWholeAuditIsSaidToBe() throws Exception {
    try (SqliteStore store = open()) {
      store.commit(List.of(saved(lockout(1)), act("unlock")));
      assertThat(store.verifyAudit())
          .isEqualTo(
              new AuditVerification(
                  true,
                  3,
                  java.util.OptionalLong.empty(),
                  "3 records, the newest 3; database, log and marker agree"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UPDATE audit SET record = record || ' ' WHERE seq = 3, 3, was changed",
    "DELETE FROM audit WHERE seq = 2, 3, are not in the database",
    "UPDATE audit SET hash = 'f' WHERE seq = 2, 2, was changed",
    "UPDATE audit SET seq = 9 WHERE seq = 4, 9, was changed"
  })
  void theFirstBrokenRecordOfTheDatabaseIsNamed(String edit, long broken, String why)
      throws Exception {
    try (SqliteStore store = open()) {
      store.commit(List.of(act("a"), act("b"), act("c")));
      await().until(() -> Files.readAllLines(log()).size() == 4);
      Books.execute(home.resolve("data"), edit);
      AuditVerification found = store.verifyAudit();
      assertThat(found.valid()).isFalse();
      assertThat(found.firstBroken()).hasValue(broken);
      assertThat(found.message()).contains(why);
    }
  }

  /** Also when the marker was put back with it: the log remembers. */
  @Test
  void aTailThatWasCutOffTheDatabaseIsNamed() throws Exception {
    try (SqliteStore store = open()) {
      store.commit(List.of(act("a"), act("b"), act("c")));
      await().until(() -> Files.readAllLines(log()).size() == 4);
      assertThat(store.verifyAudit().valid()).isTrue();
      AuditRecord two = AuditRecord.ofLine(Files.readAllLines(log()).get(1));
      Books.execute(home.resolve("data"), "DELETE FROM audit WHERE seq > 2");
      Files.writeString(home.resolve(".audit-marker"), "2 " + two.hash() + "\n");

      AuditVerification found = store.verifyAudit();

      assertThat(found.valid()).isFalse();
      assertThat(found.firstBroken()).hasValue(3);
      assertThat(found.message()).isEqualTo("the records from 3 to 4 are not in the database");
    }
  }

  @Test
  void recordsThatChangedPlacesAreNamed() throws Exception {
    try (SqliteStore store = open()) {
      store.commit(List.of(act("a"), act("b"), act("c")));
      await().until(() -> Files.readAllLines(log()).size() == 4);
      for (String step : List.of("-2 WHERE seq = 2", "2 WHERE seq = 3", "3 WHERE seq = -2")) {
        Books.execute(home.resolve("data"), "UPDATE audit SET seq = " + step);
      }
      assertThat(store.verifyAudit().firstBroken()).hasValue(2);
    }
  }

  @Test
  void linesOfTheLogThatChangedPlacesAreNamed() throws Exception {
    try (SqliteStore store = open()) {
      store.commit(List.of(act("a"), act("b"), act("c")));
      await().until(() -> Files.readAllLines(log()).size() == 4);
      List<String> lines = Files.readAllLines(log());
      Files.write(log(), List.of(lines.get(0), lines.get(2), lines.get(1), lines.get(3)));

      AuditVerification found = store.verifyAudit();

      assertThat(found.firstBroken()).hasValue(2);
      assertThat(found.message()).isEqualTo("record 2 is not in front of audit.log line 2");
    }
  }

  /** What is committed meanwhile is no contradiction. */
  @Test
  @Timeout(60)
  void recordsThatComeMeanwhileDisturbNobody() throws Exception {
    try (SqliteStore store = open()) {
      CountDownLatch over = new CountDownLatch(1);
      AtomicReference<Exception> failure = new AtomicReference<>();
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (int i = 0; over.getCount() > 0; i++) {
                        store.commit(List.of(act("a" + i)));
                      }
                    } catch (StoreException e) {
                      failure.set(e);
                    }
                  });
      for (int i = 0; i < 60; i++) {
        AuditVerification found = store.verifyAudit();
        assertThat(found.valid()).as("%s", found).isTrue();
      }
      over.countDown();
      writer.join();
      assertThat(failure.get()).isNull();
    }
  }

  /** A forger who computes all hashes anew is found out by the log. */
  @Test
  void aChainThatWasForgedToItsEndContradictsTheLog() throws Exception {
    try (SqliteStore store = open()) {
      store.commit(List.of(act("a"), act("b")));
      await().until(() -> Files.readAllLines(log()).size() == 3);
    }
    AuditRecord first = AuditRecord.ofLine(Files.readAllLines(log()).getFirst());
    AuditRecord.Told told = AuditRecord.ofLine(Files.readAllLines(log()).get(1)).told();
    AuditRecord two =
        AuditRecord.after(
            first.head(),
            new AuditRecord.Told(
                told.at(), "mallory", "a", told.account(), "", "", Optional.empty()));
    AuditRecord three = AuditRecord.after(two.head(), told);
    try (SqliteStore store = open()) {
      for (AuditRecord forged : List.of(two, three)) {
        Books.execute(
            home.resolve("data"),
            "UPDATE audit SET record = '%s', hash = '%s' WHERE seq = %d"
                .formatted(forged.text(), forged.hash(), forged.seq()));
      }
      AuditVerification found = store.verifyAudit();
      assertThat(found.firstBroken()).hasValue(2);
      assertThat(found.message()).isEqualTo("audit.log line 2 is not the database's 2");
    }
  }

  @ParameterizedTest
  @CsvSource({"alice, mallory, 2, line 2 was changed", "unlock, ulnock, 3, line 3 was changed"})
  void aChangedLineOfTheLogIsNamed(String from, String to, long broken, String why)
      throws Exception {
    try (SqliteStore store = open()) {
      store.commit(
          List.of(act("lock"), new AuditAppended(NOW, "bob", "unlock", Optional.empty(), "", "")));
      await().until(() -> Files.readAllLines(log()).size() == 3);
      Files.writeString(log(), Files.readString(log()).replace(from, to));
      AuditVerification found = store.verifyAudit();
      assertThat(found.firstBroken()).hasValue(broken);
      assertThat(found.message()).contains(why);
    }
  }

  @Test
  void aLineTakenOutOfTheLogIsNamed() throws Exception {
    try (SqliteStore store = open()) {
      store.commit(List.of(act("a"), act("b"), act("c")));
      await().until(() -> Files.readAllLines(log()).size() == 4);
      List<String> lines = Files.readAllLines(log());
      lines.remove(2);
      Files.write(log(), lines);
      assertThat(store.verifyAudit().firstBroken()).hasValue(3);
      Files.write(log(), lines.subList(0, 2));
      assertThat(store.verifyAudit().message()).contains("record 3 and later ones");
    }
  }

  @Test
  void aMarkerOfAnotherDayIsNamed() throws Exception {
    try (SqliteStore store = open()) {
      store.commit(List.of(act("a")));
      await().until(() -> Files.readAllLines(log()).size() == 2);
      store.verifyAudit();
      Path marker = home.resolve(".audit-marker");
      Files.writeString(marker, Files.readString(marker).replaceFirst("2", "1"));
      assertThat(store.verifyAudit().message())
          .isEqualTo("the marker names record 1; the newest is 2");
      Files.delete(marker);
      assertThat(store.verifyAudit().message()).isEqualTo("the marker is missing; the newest is 2");
    }
  }

  @Test
  void aLogThatCannotBeWrittenIsSaidAndCompletedLater() throws Exception {
    Path logs = home.resolve("logs");
    try (SqliteStore store = open()) {
      Files.move(logs, home.resolve("away"));
      Files.writeString(logs, "in the way");
      store.commit(List.of(act("a")));
      await().until(() -> store.auditTrouble().startsWith("audit.log or its marker cannot be"));
      store.commit(List.of(act("b")));
      Files.delete(logs);
      Files.move(home.resolve("away"), logs);
      await().until(() -> store.auditTrouble().isEmpty());
      assertThat(store.verifyAudit().valid()).isTrue();
    }
  }

  @Test
  void aLogThatIsTakenAwayWhileTheEngineRunsIsWrittenAnew() throws Exception {
    try (SqliteStore store = open()) {
      store.commit(List.of(act("a")));
      await().until(() -> Files.readAllLines(log()).size() == 2);
      Files.delete(log());
      store.commit(List.of(act("b")));
      // The fourth says what happened.
      await().until(() -> Files.exists(log()) && Files.readAllLines(log()).size() == 4);
      assertThat(store.verifyAudit().valid()).isTrue();
      Files.writeString(log(), "", StandardOpenOption.TRUNCATE_EXISTING);
      store.commit(List.of(act("c")));
      await().until(() -> Files.readAllLines(log()).size() == 6);
      assertThat(store.verifyAudit().valid()).isTrue();
      assertThat(store.auditTail(1).getFirst().action()).isEqualTo("AUDIT_LOG_CHANGED");
    }
  }
}
