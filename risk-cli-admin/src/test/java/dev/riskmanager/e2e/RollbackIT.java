package dev.riskmanager.e2e;

import static dev.riskmanager.e2e.Stage.ACCOUNT;
import static dev.riskmanager.e2e.Stage.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.StatusView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A trader who is locked kills the engine and does something to its files: the lock is in force
 * again, the account is held until an admin has looked, and what was opened meanwhile is closed.
 */
class RollbackIT {
  /** What is done to the files of a home whose engine is dead. */
  private interface Attack {
    void on(Path home, Path before) throws IOException;
  }

  private static final Attack DELETE = (home, before) -> deleteDatabase(home);

  private static final Attack OLDER =
      (home, before) -> {
        deleteDatabase(home);
        Files.copy(before.resolve("risk.db"), home.resolve("data/risk.db"));
      };

  private static final Attack CORRUPT =
      (home, before) -> {
        Path file = home.resolve("data/risk.db");
        byte[] bytes = Files.readAllBytes(file);
        byte[] garbage = "garbage ".repeat(200).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(garbage, 0, bytes, 4096, garbage.length);
        Files.write(file, bytes);
        Files.deleteIfExists(home.resolve("data/risk.db-wal"));
      };

  private static final Attack NO_WITNESS =
      (home, before) -> {
        Files.delete(home.resolve("logs/audit.log"));
        Files.delete(home.resolve(".audit-marker"));
      };

  @Test
  void whateverIsDoneToTheFilesTheLockIsInForceAndTheAccountIsHeld() throws Exception {
    try (Stage stage = Stage.set();
        Stage other = Stage.set()) {
      Path root = stage.home().root();
      Path before = Files.createDirectory(stage.directory().resolve("before"));
      // A home of its own whose database is sound, new and of another chain.
      try (EngineProcess engine = EngineProcess.start(other.home())) {
        engine.awaitProtecting();
      }
      Attack fresh =
          (home, old) -> {
            deleteDatabase(home);
            Files.copy(other.home().database(), home.resolve("data/risk.db"));
          };
      LockoutView lock;
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
        Path backups = root.resolve("data/backups");
        await().atMost(Duration.ofSeconds(20)).until(() -> firstBackup(backups).isPresent());
        Files.copy(firstBackup(backups).orElseThrow(), before.resolve("risk.db"));
        admin(stage, "lock", "" + ACCOUNT, "--for", "1h", "--reason", "enough");
        lock = manual(engine.awaitStatus("locked", s -> account(s).locked()));
        awaitInLog(root, "LOCKOUT_SET");
      }
      attack(stage, DELETE, before, lock, "the database is missing");
      attack(stage, OLDER, before, lock, "older than the audit");
      attack(stage, fresh, before, lock, "another database was put in its place");
      attack(stage, CORRUPT, before, lock, "the database is damaged");
      attack(stage, NO_WITNESS, before, lock, "nothing vouches for the database");
      audited(stage);
    }
  }

  private static void attack(Stage stage, Attack attack, Path before, LockoutView lock, String why)
      throws Exception {
    Path root = stage.home().root();
    attack.on(root, before);
    // Not even a backup helps or harms.
    deleteBackups(root);
    stage.venue().trade(ACCOUNT, "MNQ", OrderSide.BUY, 2);
    try (EngineProcess engine = EngineProcess.start(stage.home())) {
      StatusView status =
          engine.awaitStatus(
              why,
              s ->
                  s.engine().problems().stream().anyMatch(text -> text.contains(why))
                      && account(s).lockouts().size() == 2
                      && s.engine().state() == EngineState.DEGRADED
                      && stage.venue().positions(ACCOUNT).isEmpty());
      LockoutView found = manual(status);
      assertThat(found.lockedAt()).isEqualTo(lock.lockedAt());
      assertThat(found.expiresAt()).isEqualTo(lock.expiresAt());
      assertThat(found.reason()).isEqualTo(lock.reason());
      assertThat(account(status).lockouts())
          .anySatisfy(held -> assertThat(held.ruleId()).isEqualTo("BOOKS"));
      assertThat(engine.output()).anySatisfy(line -> assertThat(line).contains("ALARM: ", why));

      admin(stage, "unlock", "" + ACCOUNT, "--rule", "BOOKS", "--reason", "looked at it", "--yes");

      StatusView after = engine.awaitProtecting();
      assertThat(account(after).lockouts()).hasSize(1);
      assertThat(manual(after).expiresAt()).isEqualTo(lock.expiresAt());
      awaitInLog(root, "looked at it");
    }
  }

  private static void audited(Stage stage) throws Exception {
    try (EngineProcess engine = EngineProcess.start(stage.home())) {
      engine.awaitProtecting();
      List<String> lines = admin(stage, "audit", "--tail", "500");
      assertThat(lines)
          .filteredOn(line -> line.contains("BOOKS_DISTRUSTED"))
          .hasSize(5)
          .satisfies(found -> assertThat(found.get(1)).contains("older than the audit"));
      assertThat(lines).filteredOn(line -> line.contains("looked at it")).hasSize(5);
      assertThat(admin(stage, "audit", "verify").getFirst()).startsWith("The audit is whole");
    }
  }

  private static LockoutView manual(StatusView status) {
    return account(status).lockouts().stream()
        .filter(lockout -> lockout.ruleId().equals("MANUAL"))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> admin(Stage stage, String... args) {
    List<String> all = new java.util.ArrayList<>(List.of(args));
    all.addAll(List.of("--home", stage.home().root().toString()));
    Programs.Ended ended =
        Programs.admin(stage.directory(), Stage.PASSWORD, all.toArray(String[]::new));
    assertThat(ended.code()).as(() -> String.join("\n", ended.err())).isZero();
    return ended.out();
  }

  /** The mirror follows the commit within milliseconds; a kill in between is another test's. */
  private static void awaitInLog(Path root, String text) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> Files.readString(root.resolve("logs/audit.log")).contains(text));
  }

  private static void deleteDatabase(Path home) throws IOException {
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(home.resolve("data/risk.db" + suffix));
    }
  }

  private static Optional<Path> firstBackup(Path backups) throws IOException {
    if (!Files.isDirectory(backups)) {
      return Optional.empty();
    }
    try (Stream<Path> copies = Files.list(backups)) {
      return copies.filter(copy -> copy.toString().endsWith(".db")).findFirst();
    }
  }

  private static void deleteBackups(Path home) throws IOException {
    if (Files.isDirectory(home.resolve("data/backups"))) {
      try (Stream<Path> copies = Files.list(home.resolve("data/backups"))) {
        for (Path copy : copies.toList()) {
          Files.delete(copy);
        }
      }
    }
  }
}
