package dev.riskmanager.e2e;

import dev.riskmanager.daemon.app.Setup;
import dev.riskmanager.daemon.app.StartException;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.SimVenueBuilder;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.StatusView;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A simulated venue in this process and a home whose engine speaks to it. */
public final class Stage implements AutoCloseable {
  public static final long ACCOUNT = 13_298_777L;
  public static final String PASSWORD = "correct horse battery staple";

  /** Not what a log may ever show. */
  static final String API_KEY = "k3y-that-must-not-be-shown-4711";

  /** Only the daily loss: what else happens is not the subject. */
  private static final List<String> DAILY_LOSS =
      List.of(
          "daily_realized_loss.enabled=true",
          "daily_realized_loss.limit=-500",
          "daily_realized_loss.timezone=America/Chicago");

  private final Path directory;
  private final SimVenue venue;
  private final HomeDir home;

  private Stage(Path directory, SimVenue venue, HomeDir home) {
    this.directory = directory;
    this.venue = venue;
    this.home = home;
  }

  /** Sets it, with RULE-003 at -500 dollars and these further settings. */
  public static Stage set(String... edits) throws IOException, StartException {
    return set(1, edits);
  }

  /** The same with several accounts, numbered from {@link #ACCOUNT} on. */
  public static Stage set(int accounts, String... edits) throws IOException, StartException {
    return set(List.of(), accounts, edits);
  }

  /** The same with an account at the venue besides, which the engine does not watch. */
  public static Stage setBeside(long unwatched, int accounts, String... edits)
      throws IOException, StartException {
    return set(List.of(unwatched), accounts, edits);
  }

  private static Stage set(List<Long> unwatched, int accounts, String... edits)
      throws IOException, StartException {
    Path directory = Files.createTempDirectory("rm-e2e-");
    SimVenueBuilder builder =
        SimVenue.builder(InstantSource.system()).credentials("trader", API_KEY);
    for (int i = 0; i < accounts; i++) {
      builder.account(ACCOUNT + i);
    }
    unwatched.forEach(builder::account);
    SimVenue venue = builder.instant().start();
    Stage stage = new Stage(directory, venue, new HomeDir(directory.resolve("home")));
    List<String> all = new ArrayList<>(DAILY_LOSS);
    all.addAll(List.of(edits));
    Setup.initialise(
        stage.home,
        new Setup.Choices(
            ACCOUNT,
            "Main Trading Account",
            venue.userName(),
            venue.apiKey(),
            Optional.of(URI.create(venue.url())),
            "none",
            all));
    if (accounts > 1) {
      stage.monitor(accounts);
    }
    Setup.changePassword(stage.home, null, PASSWORD.toCharArray());
    return stage;
  }

  private void monitor(int accounts) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("topstepx: {username: \"").append(venue.userName());
    text.append("\", api_key: \"").append(venue.apiKey()).append("\"}\naccounts:\n");
    for (int i = 0; i < accounts; i++) {
      text.append("  - account_id: ").append(ACCOUNT + i).append('\n');
    }
    Files.writeString(home.accountsYaml(), text);
  }

  public SimVenue venue() {
    return venue;
  }

  public HomeDir home() {
    return home;
  }

  /** One of several accounts of a status. */
  public static AccountView account(StatusView status, long id) {
    return status.accounts().stream().filter(a -> a.accountId() == id).findFirst().orElseThrow();
  }

  /** A temporary directory around the home. */
  Path directory() {
    return directory;
  }

  /** The one account of a status. */
  static AccountView account(StatusView status) {
    return status.accounts().getFirst();
  }

  /** What is in a file of the configuration is replaced. */
  void configure(String file, String from, String to) throws IOException {
    Path path = home.config().resolve(file);
    String text = Files.readString(path);
    if (!text.contains(from)) {
      throw new AssertionError(file + " has no " + from + ":\n" + text);
    }
    Files.writeString(path, text.replace(from, to));
  }

  @Override
  public void close() throws IOException {
    venue.close();
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
