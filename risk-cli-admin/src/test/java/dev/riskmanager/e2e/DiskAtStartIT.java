package dev.riskmanager.e2e;

import static dev.riskmanager.e2e.Stage.ACCOUNT;
import static dev.riskmanager.e2e.Stage.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.wire.LockoutView;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The disk does not let the engine write when it starts. It says what to do and ends, so that the
 * service tries again; what it finds when the disk is well again is the database it had, and never
 * an empty one.
 */
@EnabledOnOs(OS.LINUX)
class DiskAtStartIT {

  /** Does something to the disk, and undoes it. */
  private interface Trouble {
    AutoCloseable begin(Path data) throws Exception;
  }

  @Test
  void aFullDiskRefusesTheStartAndLosesNothing() throws Exception {
    refused(
        data -> {
          Path filler = fill(data);
          return () -> Files.delete(filler);
        },
        "the disk is full. Free space on it");
  }

  @Test
  void aReadOnlyDiskRefusesTheStartAndLosesNothing() throws Exception {
    refused(
        data -> {
          remount(data, "ro");
          return () -> remount(data, "rw");
        },
        "is on a file system that is read-only");
  }

  @Test
  void aDatabaseThatAnotherProgramHoldsRefusesTheStartAndLosesNothing() throws Exception {
    refused(
        data -> {
          Connection other = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("risk.db"));
          try (Statement statement = other.createStatement()) {
            statement.execute("PRAGMA locking_mode=EXCLUSIVE");
            statement.execute("BEGIN EXCLUSIVE");
          }
          return other;
        },
        "another program holds it locked");
  }

  private static void refused(Trouble trouble, String said) throws Exception {
    try (Stage stage = Stage.set()) {
      Path data = stage.home().data();
      byte[] secret = Files.readAllBytes(stage.home().adminSecret());
      assumeTrue(
          run("mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", data.toString()),
          "skipped: no right to mount a file system here");
      try {
        Files.write(stage.home().adminSecret(), secret);
        LockoutView held = locked(stage);
        AutoCloseable end = trouble.begin(data);
        try (EngineProcess engine = EngineProcess.start(stage.home())) {
          assertThat(engine.awaitExit()).isEqualTo(1);
          assertThat(engine.complaints()).anySatisfy(line -> assertThat(line).contains(said));
        } finally {
          end.close();
        }
        stage.venue().trade(ACCOUNT, "MNQ", OrderSide.BUY, 1);
        try (EngineProcess engine = EngineProcess.start(stage.home())) {
          LockoutView after = account(engine.awaitProtecting()).lockouts().getFirst();
          assertThat(after.id()).isEqualTo(held.id());
          assertThat(after.lockedAt()).isEqualTo(held.lockedAt());
          assertThat(stage.venue().positions(ACCOUNT)).isEmpty();
        }
      } finally {
        run("umount", data.toString());
      }
    }
  }

  private static LockoutView locked(Stage stage) throws Exception {
    try (EngineProcess engine = EngineProcess.start(stage.home())) {
      engine.awaitProtecting();
      stage.venue().halfTurn(ACCOUNT, "MNQ", new BigDecimal("-600.25"));
      return account(engine.awaitStatus("locked", s -> account(s).locked())).lockouts().getFirst();
    }
  }

  private static void remount(Path directory, String how) throws InterruptedException {
    assertThat(run("mount", "-o", "remount," + how, directory.toString())).isTrue();
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
