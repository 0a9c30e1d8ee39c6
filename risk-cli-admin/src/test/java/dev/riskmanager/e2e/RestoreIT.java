package dev.riskmanager.e2e;

import static dev.riskmanager.e2e.Stage.ACCOUNT;
import static dev.riskmanager.e2e.Stage.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.StatusView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Backups made, listed and restored by the admin's program, against a real engine. */
class RestoreIT {
  @Test
  void aBackupIsPutBackAndTheLocksSetSinceAreInForce() throws Exception {
    try (Stage stage = Stage.set()) {
      Path root = stage.home().root();
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
        assertThat(out(stage, 0, "backup", "make").getFirst()).startsWith("Backup written: ");
        out(stage, 0, "lock", "" + ACCOUNT, "--for", "1h", "--reason", "enough");
        await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> Files.readString(root.resolve("logs/audit.log")).contains("LOCKOUT_SET"));
        Programs.Ended refused = run(stage, Stage.PASSWORD, "restore", "--latest", "--yes");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err().getFirst()).contains("already runs for this home");
      }
      assertThat(run(stage, "not the password", "restore", "--latest", "--yes").code())
          .isEqualTo(4);
      Programs.Ended unasked = run(stage, Stage.PASSWORD, "restore", "--latest");
      assertThat(unasked.code()).isEqualTo(1);
      assertThat(kept(root)).isZero();
      assertThat(out(stage, 0, "backup")).hasSize(2).last().asString().contains("KiB");

      List<String> said =
          out(stage, 0, "restore", "--latest", "--yes", "--reason", "to see that it works");

      assertThat(String.join("\n", said))
          .contains("lockouts in force in it: none")
          .contains("rebuilt at the next start:\n    account " + ACCOUNT + " MANUAL until ")
          .contains("The database it replaced is kept as ");
      assertThat(kept(root)).isEqualTo(1);
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        StatusView status = engine.awaitStatus("held", s -> account(s).lockouts().size() == 2);
        assertThat(account(status).lockouts())
            .extracting(LockoutView::ruleId)
            .containsExactlyInAnyOrder("BOOKS", "MANUAL");
        assertThat(status.engine().problems())
            .anySatisfy(text -> assertThat(text).contains("older than the audit"));
        assertThat(out(stage, 0, "audit"))
            .anySatisfy(
                line -> assertThat(line).contains("  restore  ").contains("to see that it works"));
        assertThat(out(stage, 0, "audit", "verify").getFirst()).startsWith("The audit is whole");
        out(stage, 0, "unlock", "" + ACCOUNT, "--rule", "BOOKS", "--reason", "seen", "--yes");
        assertThat(account(engine.awaitProtecting()).lockouts()).hasSize(1);
      }
    }
  }

  private static long kept(Path root) throws Exception {
    try (Stream<Path> files = Files.list(root.resolve("data"))) {
      return files.filter(f -> f.getFileName().toString().matches("risk\\.db\\.kept-\\w+")).count();
    }
  }

  private static Programs.Ended run(Stage stage, String password, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--home", stage.home().root().toString()));
    return Programs.admin(stage.directory(), password, all.toArray(String[]::new));
  }

  private static List<String> out(Stage stage, int code, String... args) {
    Programs.Ended ended = run(stage, Stage.PASSWORD, args);
    assertThat(ended.code()).as(() -> String.join("\n", ended.err())).isEqualTo(code);
    return ended.out();
  }
}
