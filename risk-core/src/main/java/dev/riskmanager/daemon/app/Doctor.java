package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.config.HomeCheck;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.GatewayState;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.ProbesView;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.ViewClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Looks whether a home and its machine are fit to protect. Changes nothing; needs no engine. */
public final class Doctor {
  private static final int OLDEST_JAVA = 25;
  private static final long LITTLE_SPACE = 200L << 20;

  /** Rules of daylight saving change; data older than that has missed some somewhere. */
  private static final int ZONES_OLD_AFTER_YEARS = 2;

  private final HomeDir home;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final Probing probing = new Probing();

  private Doctor(HomeDir home, Map<String, String> environment, InstantSource clock) {
    this.home = home;
    this.environment = environment;
    this.clock = clock;
  }

  /** Everything: the machine, the home, the engine, and the venue unless the engine is there. */
  public static List<ProbesView.Probe> run(HomeDir home, Map<String, String> environment) {
    Doctor doctor = new Doctor(home, environment, InstantSource.system());
    doctor.machine();
    if (doctor.home()) {
      doctor.probing.tryOne("password", doctor::password);
      doctor.probing.tryOne("disk", doctor::disk);
      doctor.probing.tryOne("write and fsync", () -> DiskProbe.run(home.data()));
      Optional<StatusView> engine = doctor.engine();
      if (engine.isEmpty()) {
        doctor.probing.tryOne("audit", () -> AuditProbe.run(home));
      }
      doctor.venue(engine);
    }
    return doctor.probing.all();
  }

  /** The way to the venue and the disk only. */
  public static List<ProbesView.Probe> venue(HomeDir home, Map<String, String> environment) {
    Doctor doctor = new Doctor(home, environment, InstantSource.system());
    doctor.venue(doctor.status());
    doctor.probing.tryOne("write and fsync", () -> DiskProbe.run(home.data()));
    return doctor.probing.all();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private void machine() {
    probing.tryOne(
        "java",
        () -> {
          if (Runtime.version().feature() < OLDEST_JAVA) {
            throw new Probing.Finding(
                "version " + Runtime.version(), "install a Java " + OLDEST_JAVA);
          }
          return "version " + Runtime.version();
        });
    probing.tryOne("time zones", this::zones);
  }

  private String zones() throws Probing.Finding {
    try {
      String version = ZoneRulesProvider.getVersions("America/Chicago").lastKey();
      String year = version.replaceAll("\\D.*", "");
      if (year.length() == 4
          && Integer.parseInt(year) < today().getYear() - ZONES_OLD_AFTER_YEARS) {
        throw new Probing.Finding("the data is of " + version, "install a newer Java");
      }
      return "data of " + version;
    } catch (ZoneRulesException e) {
      throw new Probing.Finding("America/Chicago is not known", "install a complete Java");
    }
  }

  /** Whether the rest can be looked at. */
  private boolean home() {
    boolean there =
        probing.tryOne(
            "home",
            () -> {
              List<String> problems = HomeCheck.inspect(home);
              if (!problems.isEmpty()) {
                throw new Probing.Finding(String.join("; ", problems), "do what it says there");
              }
              return home.root().toString();
            });
    if (!Files.isDirectory(home.config())) {
      return false;
    }
    probing.tryOne("permissions", this::permissions);
    probing.tryOne("sockets", () -> SocketProbe.run(home));
    probing.tryOne("configuration", this::configuration);
    probing.tryOne("holidays", this::holidays);
    return there;
  }

  /** What is inside config, data and logs is nobody else's business. */
  private String permissions() throws Probing.Finding {
    List<Path> open = new ArrayList<>();
    int files = 0;
    for (Path directory : List.of(home.config(), home.data(), home.logs())) {
      try (Stream<Path> tree = Files.walk(directory)) {
        for (Path path : tree.toList()) {
          files++;
          Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
          if (permissions.stream().anyMatch(p -> !p.name().startsWith("OWNER"))) {
            open.add(path);
          }
        }
      } catch (UnsupportedOperationException e) {
        throw new Probing.Finding(
            "this file system knows no such permissions", "protect the home by an ACL");
      } catch (IOException | java.io.UncheckedIOException e) {
        throw new Probing.Finding(directory + " cannot be read", "run it as the owner of the home");
      }
    }
    if (!open.isEmpty()) {
      throw new Probing.Finding(
          open.get(0)
              + (open.size() == 1 ? "" : " and " + (open.size() - 1) + " more")
              + " can be used by other users",
          "chmod -R go-rwx " + home.config() + " " + home.data() + " " + home.logs());
    }
    return files + " files and directories are the owner's alone";
  }

  private Configuration read(AccountsFile.CredentialsUse use) {
    return Configuration.read(home.config(), environment, use, today());
  }

  private String configuration() throws Probing.Finding {
    Configuration found = read(AccountsFile.CredentialsUse.SKIP);
    if (found.problems().hasErrors()) {
      throw new Probing.Finding(
          found.problems().errors().get(0).toString(), "risk-admin config validate");
    }
    int warnings = found.warnings().size();
    return found.files().accounts().accounts().size()
        + " account(s), "
        + (warnings == 0 ? "no warnings" : warnings + " warning(s): risk-admin config validate");
  }

  private String holidays() throws Probing.Finding {
    Configuration found = read(AccountsFile.CredentialsUse.SKIP);
    int year = today().getYear();
    if (!found.files().holidays().covers(year)) {
      throw new Probing.Finding("none for " + year, "add those of " + year + " to holidays.yaml");
    }
    return found
            .files()
            .holidays()
            .closedBetween(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31))
            .size()
        + " in "
        + year;
  }

  private String password() throws Probing.Finding {
    try {
      if (!Setup.hasPassword(home)) {
        throw new Probing.Finding("no admin password has been set", "risk-admin passwd");
      }
      return "set";
    } catch (StartException e) {
      throw new Probing.Finding(
          String.valueOf(e.getMessage()), "restore " + home.adminSecret() + " from a backup");
    }
  }

  private String disk() throws Probing.Finding {
    try {
      long free = Files.getFileStore(home.data()).getUsableSpace();
      String text = (free >> 20) + " MiB free";
      if (free < LITTLE_SPACE) {
        throw new Probing.Finding(text, "free some; the books need room");
      }
      return text;
    } catch (IOException e) {
      throw new Probing.Finding(String.valueOf(e.getMessage()), "look at the disk");
    }
  }

  private Optional<StatusView> status() {
    try (ViewClient client =
        ViewClient.connect(
            home.viewSocket(), "risk-admin/" + Build.version(), Duration.ofSeconds(5))) {
      return Optional.of(client.status(OptionalLong.empty()));
    } catch (ControlException e) {
      return Optional.empty();
    }
  }

  private Optional<StatusView> engine() {
    Optional<StatusView> status = status();
    probing.tryOne(
        "engine",
        () -> {
          if (status.isEmpty()) {
            throw new Probing.Finding(
                "not running: nothing is protected", "risk-admin engine start");
          }
          String text = status.get().engine().state() + ", pid " + status.get().engine().pid();
          if (status.get().engine().state() != EngineState.PROTECTING) {
            throw new Probing.Finding(
                text + ": " + String.join("; ", status.get().engine().problems()),
                "risk-admin engine status, and logs/risk-manager.log");
          }
          return text;
        });
    return status;
  }

  /** A second session could end the engine's, so a running one is asked instead. */
  private void venue(Optional<StatusView> engine) {
    if (engine.isPresent()) {
      probing.tryOne(
          "gateway",
          () -> {
            GatewayState state = engine.get().gateway().state();
            Long age = engine.get().gateway().lastEventAgeMs();
            if (state != GatewayState.CONNECTED) {
              throw new Probing.Finding("the engine's is " + state, "look at the network");
            }
            return "the engine's is CONNECTED"
                + (age == null ? "" : ", last message " + age + " ms ago");
          });
      probing.tryOne("accounts", () -> VenueProbes.watched(engine.get().accounts()));
      Configuration found = read(AccountsFile.CredentialsUse.SKIP);
      if (!found.problems().hasErrors()) {
        probing.tryOne(
            "clock", () -> VenueClock.ask(found.files().engine().gateway().apiUrl(), clock));
      }
      return;
    }
    Configuration found = read(AccountsFile.CredentialsUse.RESOLVE);
    Optional<AccountsFile.Credentials> credentials = found.files().accounts().credentials();
    boolean resolved =
        probing.tryOne(
            "credentials",
            () -> {
              if (found.problems().hasErrors() || credentials.isEmpty()) {
                throw new Probing.Finding(
                    found.problems().errors().stream()
                        .map(Object::toString)
                        .findFirst()
                        .orElse("there are none"),
                    "correct accounts.yaml, or set the variables it names");
              }
              return "user name and key are there";
            });
    if (resolved) {
      List<AccountId> accounts =
          found.files().accounts().accounts().stream()
              .map(AccountsFile.MonitoredAccount::id)
              .toList();
      new VenueProbes(
              EngineParts.gatewaySettings(
                  found.files().engine(), Configuration.book(found.rules())),
              EngineParts.credentials(credentials.orElseThrow()),
              clock,
              probing)
          .run(accounts);
    }
  }
}
