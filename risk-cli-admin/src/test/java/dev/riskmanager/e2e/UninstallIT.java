package dev.riskmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.wire.EngineState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Files below another root are a package's: the engine that works here is none of its business. */
@EnabledOnOs(OS.LINUX)
class UninstallIT {
  @Test
  void removingFilesBelowAnotherRootStopsNothing() throws Exception {
    try (Stage stage = Stage.set();
        EngineProcess engine = EngineProcess.start(stage.home())) {
      engine.awaitProtecting();

      Programs.Ended ended =
          Programs.admin(
              stage.directory(),
              Stage.PASSWORD,
              "engine",
              "uninstall",
              "--home",
              stage.home().root().toString(),
              "--root",
              stage.directory().resolve("elsewhere").toString(),
              "--yes");

      assertThat(ended.code()).as("%s", ended).isEqualTo(1);
      assertThat(engine.awaitProtecting().engine().state()).isEqualTo(EngineState.PROTECTING);
    }
  }
}
