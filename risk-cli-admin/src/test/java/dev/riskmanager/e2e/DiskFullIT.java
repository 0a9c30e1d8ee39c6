package dev.riskmanager.e2e;

import static dev.riskmanager.e2e.Stage.ACCOUNT;
import static dev.riskmanager.e2e.Stage.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.StatusView;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The disk of the database is full when the breach comes: a file system of four megabytes. */
@EnabledOnOs(OS.LINUX)
class DiskFullIT {
  @Test
  void theLockoutIsHeldInMemoryEnforcedAndWrittenWhenThereIsRoom() throws Exception {
    try (Stage stage = Stage.set();
        SmallDisk disk = SmallDisk.below(stage)) {
      LockoutView held;
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
        stage.venue().trade(ACCOUNT, "MNQ", OrderSide.BUY, 2);
        engine.awaitStatus("a position", s -> account(s).positions().size() == 1);
        Path filler = disk.fill();

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
    }
  }
}
