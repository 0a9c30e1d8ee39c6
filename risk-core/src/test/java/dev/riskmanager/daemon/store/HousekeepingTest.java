package dev.riskmanager.daemon.store;

import static dev.riskmanager.daemon.store.Books.ACCOUNT;
import static dev.riskmanager.daemon.store.Books.LOSS;
import static dev.riskmanager.daemon.store.Books.NOW;
import static dev.riskmanager.daemon.store.Books.lockout;
import static dev.riskmanager.daemon.store.Books.saved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.riskmanager.daemon.port.Store.Change;
import dev.riskmanager.daemon.port.Store.LockoutEnded;
import dev.riskmanager.daemon.port.Store.LogAppended;
import dev.riskmanager.daemon.port.Store.LogRow;
import dev.riskmanager.daemon.port.Store.ReceiptSaved;
import dev.riskmanager.daemon.port.Store.StoreException;
import dev.riskmanager.daemon.port.Store.TradeSaved;
import dev.riskmanager.daemon.store.StoreSettings.Synchronous;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Trade;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups, the length of the log, what is removed, and that none of it holds up a commit. */
class HousekeepingTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path data;

  @Test
  void aBackupIsTheBooksOfItsMoment() throws Exception {
    Path copy;
    try (SqliteStore store = Books.open(data)) {
      assertThat(store.isBackupDue(NOW)).isTrue();
      store.commit(List.of(saved(lockout(1))));
      copy = store.backup(NOW);
      assertThat(copy).isEqualTo(data.resolve("backups/risk-2025-10-31.db"));
      assertThat(store.isBackupDue(NOW)).isFalse();
      assertThat(store.isBackupDue(NOW.plus(DAY))).isTrue();
      store.commit(List.of(saved(lockout(2))));
    }
    Path other = data.resolve("other");
    Files.createDirectory(other);
    Files.copy(copy, other.resolve("risk.db"));
    try (SqliteStore store = Books.open(other)) {
      assertThat(store.restore().lockouts()).containsExactly(lockout(1));
    }
  }

  @Test
  void theSecondBackupOfADayReplacesTheFirst() throws Exception {
    Path backups = data.resolve("backups");
    try (SqliteStore store = Books.open(data)) {
      store.commit(List.of(saved(lockout(1))));
      store.backup(NOW);
      store.commit(List.of(saved(lockout(2))));
      // Left behind by a process that was killed while it copied.
      Files.writeString(backups.resolve("risk-2025-10-31.db.part"), "half");
      store.backup(NOW.plusSeconds(1));
    }
    assertThat(backups.toFile().list()).containsExactly("risk-2025-10-31.db");
    Files.copy(
        backups.resolve("risk-2025-10-31.db"),
        data.resolve("risk.db"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(Books.query(data, "SELECT id FROM lockouts")).containsExactly("1", "2");
  }

  @Test
  void theOldestBackupsGoAndNothingElse() throws Exception {
    StoreSettings settings =
        new StoreSettings(data.resolve("risk.db"), data.resolve("backups"), Synchronous.EXTRA, 3);
    try (SqliteStore store = SqliteStore.open(settings, NOW)) {
      store.backup(NOW);
      Files.writeString(data.resolve("backups/risk-before-upgrade.db"), "mine");
      for (int day = 1; day <= 4; day++) {
        store.backup(NOW.plus(DAY.multipliedBy(day)));
      }
    }
    assertThat(data.resolve("backups").toFile().list())
        .containsExactlyInAnyOrder(
            "risk-2025-11-02.db",
            "risk-2025-11-03.db",
            "risk-2025-11-04.db",
            "risk-before-upgrade.db");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StoreSettings(data, data, Synchronous.FULL, 0));
    assertThat(StoreSettings.in(data).backupKeep()).isEqualTo(7);
  }

  @Test
  void aBackupThatCannotBeWrittenSaysSoAndTheBooksGoOn() throws Exception {
    try (SqliteStore store = Books.open(data)) {
      Files.writeString(data.resolve("backups"), "in the way");
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.backup(NOW))
          .withMessageStartingWith(data.resolve("backups/risk-2025-10-31.db") + " could not be");
      store.commit(List.of(saved(lockout(1))));
      assertThat(store.restore().lockouts()).containsExactly(lockout(1));
    }
  }

  @Test
  void theLogIsCopiedBackSoItStaysShort() throws Exception {
    Path log = data.resolve("risk.db-wal");
    try (SqliteStore store = Books.open(data)) {
      for (long id = 1; id <= 60; id++) {
        store.commit(List.of(saved(lockout(id))));
      }
      long once = Files.size(log);
      for (long id = 61; id <= 300; id++) {
        store.commit(List.of(saved(lockout(id))));
        store.maintain(NOW);
      }
      assertThat(Files.size(log)).isLessThan(3 * once);
      long kept = Files.size(log);
      for (long id = 301; id <= 600; id++) {
        store.commit(List.of(saved(lockout(id))));
      }
      assertThat(Files.size(log)).isGreaterThan(3 * kept);
    }
    try (SqliteStore store = Books.open(data)) {
      assertThat(store.restore().lockouts()).hasSize(600);
    }
  }

  @Test
  void aFileThatIsTakenAwayOrExchangedIsNoticed() throws Exception {
    try (SqliteStore store = Books.open(data)) {
      store.maintain(NOW);
      Path away = data.resolve("away");
      Files.move(data.resolve("risk.db"), away);
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.maintain(NOW))
          .withMessageContaining("is gone");
      Files.createFile(data.resolve("risk.db"));
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.maintain(NOW))
          .withMessageContaining("was exchanged");
      Files.move(away, data.resolve("risk.db"), StandardCopyOption.REPLACE_EXISTING);
      store.maintain(NOW);
    }
  }

  @Test
  void everythingIsLookedThroughOnceADayAndAfterAnEndThatWasNotOrderly() throws Exception {
    try (SqliteStore store = Books.open(data)) {
      assertThat(store.isCheckDue(NOW)).as("new books").isFalse();
      store.commit(List.of(saved(lockout(1))));
    }
    try (SqliteStore store = Books.open(data)) {
      assertThat(store.isCheckDue(NOW)).as("never checked").isTrue();
      store.check(NOW);
      assertThat(store.isCheckDue(NOW.plus(DAY).minusNanos(1))).isFalse();
      assertThat(store.isCheckDue(NOW.plus(DAY))).isTrue();
    }
    try (SqliteStore store = Books.open(data)) {
      assertThat(store.isCheckDue(NOW.plusSeconds(9))).as("after an orderly end").isFalse();
      // As after a kill: it was opened and never closed.
      Books.execute(data, "DELETE FROM store_state WHERE key = 'closed_at'");
      Files.createDirectory(data.resolve("killed"));
      for (String file : List.of("risk.db", "risk.db-wal")) {
        Files.copy(data.resolve(file), data.resolve("killed").resolve(file));
      }
    }
    try (SqliteStore store = Books.open(data.resolve("killed"))) {
      assertThat(store.isCheckDue(NOW.plusSeconds(9))).as("after a kill").isTrue();
    }
  }

  @Test
  void aDamageThatTheCheckFindsIsSaidUntilTheFileIsReplaced() throws Exception {
    try (SqliteStore store = Books.open(data)) {
      List<Change> lines = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        lines.add(new LogAppended(NOW, ACCOUNT, Optional.of(LOSS), "violation", "t" + i, "{}"));
      }
      store.commit(lines);
      store.backup(NOW);
    }
    // An index that has lost an entry: the quick check at the start does not see it.
    long page =
        Long.parseLong(
            Books.query(data, "SELECT rootpage FROM sqlite_schema WHERE name = 'log_of_rule'")
                .getFirst());
    try (java.io.RandomAccessFile raw =
        new java.io.RandomAccessFile(data.resolve("risk.db").toFile(), "rw")) {
      raw.seek(page * 4096 - 2);
      int was = raw.read();
      raw.seek(page * 4096 - 2);
      raw.write(was ^ 1);
    }
    try (SqliteStore store = Books.open(data)) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.check(NOW))
          .withMessageContaining("is damaged (")
          .withMessageContaining("`risk-admin restore --latest`");
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.maintain(NOW))
          .withMessageContaining("is damaged (");
      store.commit(List.of(saved(lockout(1))));
    }
  }

  @Test
  void oldRowsGoAndLockoutsStay() throws Exception {
    Instant before = NOW.minusSeconds(100);
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      Instant old = before.minusNanos(1 + i);
      changes.add(new LogAppended(old, ACCOUNT, Optional.of(LOSS), "violation", "old", "{}"));
    }
    changes.add(new LogAppended(before, ACCOUNT, Optional.empty(), "alert", "kept", "{}"));
    changes.add(new ReceiptSaved("old", ACCOUNT, Optional.of(LOSS), before.minusNanos(1), "{}"));
    changes.add(new ReceiptSaved("kept", ACCOUNT, Optional.of(LOSS), before, "{}"));
    changes.add(new TradeSaved(trade(1, before.minusNanos(1))));
    changes.add(new TradeSaved(trade(2, before)));
    changes.add(saved(lockout(1)));
    changes.add(new LockoutEnded(1, before.minusSeconds(9), "alice"));
    try (SqliteStore store = Books.open(data)) {
      store.commit(changes);
      assertThat(store.prune(before)).isEqualTo(1_202);
      assertThat(store.log(9, Optional.empty())).extracting(LogRow::text).containsExactly("kept");
      assertThat(store.receipt(Optional.of("old"))).isEmpty();
      assertThat(store.receipt(Optional.of("kept"))).isPresent();
      assertThat(store.trades(ACCOUNT, Instant.EPOCH)).containsExactly(trade(2, before));
      assertThat(store.lockoutHistory(9)).hasSize(1);
      assertThat(store.prune(before)).isZero();
    }
  }

  private static Trade trade(long id, Instant at) {
    return new Trade(
        id,
        ACCOUNT,
        new ContractId("CON.F.US.MNQ.Z25"),
        OrderSide.BUY,
        1,
        Price.of("21000.25"),
        Optional.empty(),
        Money.of("0.37"),
        5,
        at,
        false);
  }

  @Test
  void aReaderInTheMiddleOfItsRowsHoldsUpNoCommit() throws Exception {
    try (SqliteStore store = Books.open(data);
        Connection slow = Connections.reader(data.resolve("risk.db"));
        Statement statement = slow.createStatement()) {
      for (long id = 1; id <= 60; id++) {
        store.commit(List.of(saved(lockout(id))));
      }
      try (var rows = statement.executeQuery("SELECT id FROM lockouts ORDER BY id")) {
        assertThat(rows.next()).isTrue();
        store.commit(List.of(saved(lockout(61))));
        store.maintain(NOW);
        store.backup(NOW);
        store.commit(List.of(saved(lockout(62))));
        int seen = 1;
        while (rows.next()) {
          seen++;
        }
        assertThat(seen).isEqualTo(60);
      }
      assertThat(store.restore().lockouts()).hasSize(62);
    }
  }

  @Test
  void manyThreadsReadWhileOneWritesAndSeeOnlyWholeCommits() throws Exception {
    CountDownLatch begun = new CountDownLatch(3);
    try (SqliteStore store = Books.open(data);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        readers.add(
            threads.submit(
                () -> {
                  int seen = 0;
                  while (seen < 200) {
                    int now = store.lockoutHistory(1_000).size();
                    assertThat(now).isGreaterThanOrEqualTo(seen).isEven();
                    seen = now;
                    begun.countDown();
                  }
                  return seen;
                }));
      }
      begun.await();
      for (long id = 1; id < 200; id += 2) {
        store.commit(List.of(saved(lockout(id)), saved(lockout(id + 1))));
      }
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isEqualTo(200);
      }
    }
  }
}
