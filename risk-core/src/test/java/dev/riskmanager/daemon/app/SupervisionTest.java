package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.riskmanager.daemon.service.Receiver;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.ViewClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The whole engine with a socket in systemd's place: what arrives there, and when. */
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class SupervisionTest {
  private static final long ACCOUNT = 501;

  @TempDir Path directory;

  @Test
  void readyComesWhenItProtectsThenSignsOfLifeAndTheEnd() throws Throwable {
    String address = directory.resolve("notify").toString();
    try (SimVenue venue = venue();
        Receiver systemd = Receiver.bind(address)) {
      EngineService engine = start(venue, address);
      try {
        String heard = systemd.next();
        while (!heard.contains("READY=1")) {
          assertThat(heard).contains("EXTEND_TIMEOUT_USEC=30000000");
          heard = systemd.next();
        }
        assertThat(state()).isEqualTo(EngineState.PROTECTING);
        String next = systemd.next();
        assertThat(next).contains("WATCHDOG=1").doesNotContain("READY").doesNotContain("EXTEND");
      } finally {
        engine.stop("test");
      }
      String last = systemd.next();
      while (!last.contains("STOPPING=1")) {
        last = systemd.next();
      }
    }
  }

  @Test
  void aVenueOutOfReachIsAliveButNotReady() throws Throwable {
    String address = directory.resolve("notify").toString();
    SimVenue venue = venue();
    venue.close();
    try (Receiver systemd = Receiver.bind(address)) {
      EngineService engine = start(venue, address);
      try {
        for (int i = 0; i < 3; i++) {
          assertThat(systemd.next())
              .contains("WATCHDOG=1")
              .contains("EXTEND_TIMEOUT_USEC=30000000")
              .doesNotContain("READY");
        }
        await().until(() -> state() == EngineState.DEGRADED);
      } finally {
        engine.stop("test");
      }
    }
  }

  private SimVenue venue() {
    return SimVenue.builder(InstantSource.system()).account(ACCOUNT).instant().start();
  }

  private HomeDir home() {
    return new HomeDir(directory.resolve("home"));
  }

  private EngineState state() throws Exception {
    try (ViewClient client =
        ViewClient.connect(home().viewSocket(), "test/1.0.0", Duration.ofSeconds(10))) {
      return client.status(OptionalLong.empty()).engine().state();
    }
  }

  private EngineService start(SimVenue venue, String address) throws Exception {
    VenueHome.initialise(home(), venue, ACCOUNT);
    HomePreparation.prepare(home());
    EngineService service =
        VenueHome.engine(home(), Map.of("NOTIFY_SOCKET", address, "WATCHDOG_USEC", "3000000"));
    service.start();
    return service;
  }
}
