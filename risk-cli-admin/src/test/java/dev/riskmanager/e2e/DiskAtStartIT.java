package dev.riskmanager.e2e;

import static dev.riskmanager.e2e.Stage.ACCOUNT;
import static dev.riskmanager.e2e.Stage.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.wire.LockoutView;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
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
    AutoCloseable begin(SmallDisk disk) throws Exception;
  }

  @Test
  void aFullDiskRefusesTheStartAndLosesNothing() throws Exception {
    refused(
        disk -> {
          Path filler = disk.fill();
          return () -> Files.delete(filler);
        },
        "the disk is full. Free space on it");
  }

  @Test
  void aReadOnlyDiskRefusesTheStartAndLosesNothing() throws Exception {
    refused(
        disk -> {
          disk.readOnly(true);
          return () -> disk.readOnly(false);
        },
        "is on a file system that is read-only");
  }

  @Test
  void aDatabaseThatAnotherProgramHoldsRefusesTheStartAndLosesNothing() throws Exception {
    refused(
        disk -> {
          Connection other =
              DriverManager.getConnection("jdbc:sqlite:" + disk.at().resolve("risk.db"));
          try (Statement statement = other.createStatement()) {
            statement.execute("PRAGMA locking_mode=EXCLUSIVE");
            statement.execute("BEGIN EXCLUSIVE");
          }
          return other;
        },
        "another program holds it locked");
  }

  private static void refused(Trouble trouble, String said) throws Exception {
    try (Stage stage = Stage.set();
        SmallDisk disk = SmallDisk.below(stage)) {
      LockoutView held = locked(stage);
      AutoCloseable end = trouble.begin(disk);
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
    }
  }

  private static LockoutView locked(Stage stage) throws Exception {
    try (EngineProcess engine = EngineProcess.start(stage.home())) {
      engine.awaitProtecting();
      stage.venue().halfTurn(ACCOUNT, "MNQ", new BigDecimal("-600.25"));
      return account(engine.awaitStatus("locked", s -> account(s).locked())).lockouts().getFirst();
    }
  }
}
