package dev.riskmanager.e2e;

import static dev.riskmanager.e2e.Stage.ACCOUNT;
import static dev.riskmanager.e2e.Stage.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.StatusView;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The disk of the database is full when the breach comes: a file system of four megabytes. */
@EnabledOnOs(OS.LINUX)
class DiskFullIT {
  @Test
  void theLockoutIsHeldInMemoryEnforcedAndWrittenWhenThereIsRoom() throws Exception {
    try (Stage stage = Stage.set()) {
      Path data = stage.home().data();
      byte[] secret = Files.readAllBytes(stage.home().adminSecret());
      assumeTrue(
          run("mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", data.toString()),
          "skipped: no right to mount a file system here");
      try {
        Files.write(stage.home().adminSecret(), secret);
        LockoutView held;
        try (EngineProcess engine = EngineProcess.start(stage.home())) {
          engine.awaitProtecting();
          stage.venue().trade(ACCOUNT, "MNQ", OrderSide.BUY, 2);
          engine.awaitStatus("a position", s -> account(s).positions().size() == 1);
          Path filler = fill(data);

          stage.venue().halfTurn(ACCOUNT, "MNQ", new BigDecimal("-600.25"));

          StatusView status =
              engine.awaitStatus(
                  "locked, flat and DEGRADED",
                  s ->
                      account(s).locked()
                          && stage.venue().positions(ACCOUNT).isEmpty()
                          && s.engine().state() == EngineState.DEGRADED);
          assertThat(String.join("; ", status.engine().problems())).contains("disk");
          held = account(status).lockouts().getFirst();
          Programs.Ended refused =
              Programs.admin(
                  stage.directory(),
                  Stage.PASSWORD,
                  "unlock",
                  "" + ACCOUNT,
                  "--reason",
                  "no",
                  "--yes",
                  "--home",
                  stage.home().root().toString());
          assertThat(refused.code()).isEqualTo(1);
          assertThat(refused.err().getFirst()).contains("does not take writes");

          Files.delete(filler);
          engine.awaitProtecting();
          engine.kill();
        }
        try (EngineProcess engine = EngineProcess.start(stage.home())) {
          LockoutView after = account(engine.awaitProtecting()).lockouts().getFirst();
          assertThat(after.id()).isEqualTo(held.id());
          assertThat(after.lockedAt()).isEqualTo(held.lockedAt());
          engine.awaitLine("Loaded 1 lockouts from database");
        }
      } finally {
        run("umount", data.toString());
      }
    }
  }

  /** Leaves no byte free. */
  private static Path fill(Path directory) throws IOException {
    Path filler = directory.resolve("filler");
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

  private static boolean run(String... command) throws InterruptedException {
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
}
