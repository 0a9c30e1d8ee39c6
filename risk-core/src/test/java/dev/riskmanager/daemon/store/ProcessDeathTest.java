package dev.riskmanager.daemon.store;

import static dev.riskmanager.daemon.store.Books.NOW;
import static dev.riskmanager.daemon.store.Books.lockout;
import static dev.riskmanager.daemon.store.Books.saved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.Store.Change;
import dev.riskmanager.daemon.port.Store.TimerSaved;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.timer.Timer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that die, or whose disk refuses, in the middle of their work. */
class ProcessDeathTest {
  @TempDir Path data;

  @Test
  void everyLockoutThatWasReportedDurableOutlivesAKill() throws Exception {
    long last = 0;
    // Different numbers of commits, so that the kill falls before and after the log was tidied.
    for (int commits : new int[] {7, 130, 40}) {
      try (ChildJvm child = ChildJvm.start("commit", data)) {
        List<String> printed = new ArrayList<>();
        for (int i = 0; i < commits; i++) {
          printed.add("DURABLE " + child.await("DURABLE"));
        }
        printed.addAll(child.kill());
        assertThat(printed).allSatisfy(line -> assertThat(line).startsWith("DURABLE "));
        assertThat(printed.getFirst()).isEqualTo("DURABLE " + (last + 1));
        last = Long.parseLong(printed.getLast().substring("DURABLE ".length()));
      }
      try (SqliteStore store = Books.open(data)) {
        List<Lockout> lockouts = store.restore().lockouts();
        // The kill may fall between the commit and its report, never the other way round.
        assertThat((long) lockouts.size()).isBetween(last, last + 1);
        last = lockouts.size();
        assertThat(lockouts)
            .isEqualTo(LongStream.rangeClosed(1, last).mapToObj(Books::lockout).toList());
      }
    }
  }

  @Test
  void aKillInTheMiddleOfAMigrationLeavesTheBooksAsTheyWere() throws Exception {
    Timer timer = new Timer(Books.ACCOUNT, "reset", NOW, "daily reset");
    try (SqliteStore store = Books.open(data)) {
      store.commit(List.of(saved(lockout(1)), new TimerSaved(timer)));
    }
    Path log = data.resolve("risk.db-wal");
    try (ChildJvm child = ChildJvm.start("migrate", data)) {
      child.await("MIGRATING");
      // More than SQLite keeps in memory: pages of the unfinished migration are on the disk.
      Awaitility.await()
          .pollInterval(Duration.ofMillis(10))
          .until(() -> Files.exists(log) && Files.size(log) > 1 << 20);
      assertThat(child.kill()).isEmpty();
    }
    try (SqliteStore store = Books.open(data)) {
      assertThat(store.restore().lockouts()).containsExactly(lockout(1));
      assertThat(store.restore().timers()).containsExactly(timer);
    }
    assertThat(Books.query(data, "SELECT max(version) FROM schema_version")).containsExactly("4");
  }

  @Test
  void aKillInTheMiddleOfABackupLeavesTheOneBefore() throws Exception {
    try (SqliteStore store = Books.open(data)) {
      store.commit(
          LongStream.rangeClosed(1, 3_000).<Change>mapToObj(id -> saved(lockout(id))).toList());
    }
    Path backup = data.resolve("backups/risk-2025-10-31.db");
    Path part = data.resolve("backups/risk-2025-10-31.db.part");
    boolean caught = false;
    for (int i = 0; i < 20 && !caught; i++) {
      try (ChildJvm child = ChildJvm.start("backup", data)) {
        child.await("MADE");
        Awaitility.await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(1))
            .until(() -> Files.exists(part));
        child.kill();
      }
      caught = Files.exists(part);
      Path copy = Files.createDirectories(data.resolve("copy" + i)).resolve("risk.db");
      Files.copy(backup, copy);
      try (SqliteStore store = Books.open(data.resolve("copy" + i))) {
        assertThat(store.restore().lockouts()).hasSize(3_000);
      }
    }
    assertThat(caught).as("killed with a half copy on the disk").isTrue();
    try (SqliteStore store = Books.open(data)) {
      store.backup(NOW);
      assertThat(part).doesNotExist();
      assertThat(store.restore().lockouts()).hasSize(3_000);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatTheDiskRefusesIsNotThereAndIsWrittenWhenItTakesItAgain() throws Exception {
    Books.open(data).close();
    try (ChildJvm child = ChildJvm.start("fill", data)) {
      child.await("OPEN");
      // The file itself is smaller: the log runs into the limit after a few dozen commits.
      child.limitFiles(400 << 10);
      child.goOn();
      String refused = child.await("REFUSED");
      assertThat(refused)
          .startsWith("false " + data.resolve("risk.db") + " could not be written: the disk");
      long visible = Long.parseLong(child.await("VISIBLE"));
      assertThat(visible).isPositive();
      assertThat(child.await("AGAIN")).contains("could not be written: the disk");
      child.liftFileLimit();
      child.goOn();
      assertThat(child.await("WRITTEN")).isEqualTo(Long.toString(visible + 1));
      assertThat(child.kill()).isEmpty();
      try (SqliteStore store = Books.open(data)) {
        assertThat(store.restore().lockouts())
            .isEqualTo(LongStream.rangeClosed(1, visible + 1).mapToObj(Books::lockout).toList());
      }
    }
  }
}
