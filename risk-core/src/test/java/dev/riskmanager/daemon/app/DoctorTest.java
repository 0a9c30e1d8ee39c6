package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.ProbesView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A home on a real disk, a venue on a real port. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(180)
class DoctorTest {
  private static final long ACCOUNT = 501;
  private static final String KEY = "k3y-that-must-not-be-shown-4711";

  @TempDir Path directory;

  @Test
  void whatIsWellIsSeenToBe() throws Exception {
    try (SimVenue venue = venue()) {
      HomeDir home = home(venue);
      Setup.changePassword(home, null, "a long enough password".toCharArray());

      List<ProbesView.Probe> probes = Doctor.run(home, Map.of());

      assertThat(probes)
          .extracting(ProbesView.Probe::name)
          .containsExactly(
              "java",
              "time zones",
              "home",
              "permissions",
              "sockets",
              "configuration",
              "holidays",
              "password",
              "disk",
              "write and fsync",
              "engine",
              "audit",
              "credentials",
              "login",
              "clock",
              "account search",
              "user hub",
              "market hub");
      assertThat(red(probes)).as("no engine runs, all else is well").containsExactly("engine");
      assertThat(probe(probes, "sockets").detail()).contains("one was opened in");
      assertThat(home.run().resolve("probe.sock")).doesNotExist();
      assertThat(probes)
          .allSatisfy(
              probe -> {
                assertThat(probe.detail()).isNotEmpty().doesNotContain(KEY);
                assertThat(probe.remedy() == null).isEqualTo(probe.ok());
              });
      assertThat(Files.exists(home.data().resolve("doctor.probe"))).isFalse();
    }
  }

  @Test
  void whatIsNotWellIsNamedWithWhatToDo() throws Exception {
    try (SimVenue venue = venue()) {
      HomeDir home = home(venue);
      Files.setPosixFilePermissions(
          home.accountsYaml(), PosixFilePermissions.fromString("rw-r--r--"));
      Files.writeString(home.holidaysYaml(), "holidays: [\"2001-01-01\"]\nearly_closes: []\n");
      venue.knob("clock_skew", 90);

      List<ProbesView.Probe> probes = Doctor.run(home, Map.of());

      assertThat(red(probes))
          .contains("permissions", "holidays", "password", "engine", "clock")
          .doesNotContain("configuration", "login");
      assertThat(probe(probes, "permissions").detail()).contains("accounts.yaml");
      assertThat(probe(probes, "permissions").remedy()).contains("chmod");
    }
  }

  @Test
  void whatNeedsSomethingThatFailedIsNotShown() throws Exception {
    SimVenue venue = venue();
    HomeDir home = home(venue);
    venue.close();

    List<ProbesView.Probe> probes = Doctor.venue(home, Map.of());

    assertThat(probes)
        .extracting(ProbesView.Probe::name)
        .containsExactly("credentials", "login", "write and fsync");
    assertThat(red(probes)).containsExactly("login");

    assertThat(Doctor.run(new HomeDir(directory.resolve("nothing")), Map.of()))
        .extracting(ProbesView.Probe::name)
        .containsExactly("java", "time zones", "home");
  }

  @Test
  void anAccountOfAnotherLoginIsNamed() throws Exception {
    try (SimVenue venue = venue()) {
      HomeDir home = home(venue);
      Files.writeString(
          home.accountsYaml(), Files.readString(home.accountsYaml()).replace("501", "502"));

      List<ProbesView.Probe> probes = Doctor.venue(home, Map.of());

      assertThat(red(probes)).containsExactly("account search");
      assertThat(probe(probes, "account search").detail()).contains("502");
    }
  }

  /** Beside an engine: its sockets answer, its session is left alone, the time is asked for. */
  @Test
  void aRunningEngineIsSpokenToAndItsSessionKept() throws Exception {
    try (SimVenue venue = venue()) {
      HomeDir home = home(venue);
      Setup.changePassword(home, null, "a long enough password".toCharArray());
      HomePreparation.prepare(home);
      EngineService engine = VenueHome.engine(home);
      engine.start();
      try {
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> red(Doctor.run(home, Map.of())).isEmpty());
        int logins = venue.requests("Auth/loginKey").size();

        List<ProbesView.Probe> probes = Doctor.run(home, Map.of());

        assertThat(probe(probes, "sockets").detail()).contains("0660", "0600", "answer");
        assertThat(probe(probes, "clock").detail()).contains("the venue");
        assertThat(venue.requests("Auth/loginKey")).hasSize(logins);

        Files.setPosixFilePermissions(
            home.adminSocket(), PosixFilePermissions.fromString("rw-rw----"));
        venue.knob("clock_skew", 90);
        assertThat(red(Doctor.run(home, Map.of()))).containsExactly("sockets", "clock");
      } finally {
        engine.stop("test");
      }
    }
  }

  private static ProbesView.Probe probe(List<ProbesView.Probe> probes, String name) {
    return probes.stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<String> red(List<ProbesView.Probe> probes) {
    return probes.stream().filter(p -> !p.ok()).map(ProbesView.Probe::name).toList();
  }

  private static SimVenue venue() {
    return SimVenue.builder(InstantSource.system())
        .credentials("trader", KEY)
        .account(ACCOUNT)
        .instant()
        .start();
  }

  private HomeDir home(SimVenue venue) throws Exception {
    HomeDir home = new HomeDir(directory.resolve("home"));
    VenueHome.initialise(home, venue, ACCOUNT);
    return home;
  }
}
