package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsEdit;
import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.config.AtomicFile;
import dev.riskmanager.daemon.config.ConfigWriter;
import dev.riskmanager.daemon.config.HomeCheck;
import dev.riskmanager.daemon.config.Preset;
import dev.riskmanager.daemon.control.AdminSecret;
import dev.riskmanager.daemon.gateway.Credentials;
import dev.riskmanager.daemon.gateway.GatewayClient;
import dev.riskmanager.daemon.gateway.GatewaySettings;
import dev.riskmanager.daemon.gateway.LoginException;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.wire.HomeDir;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an admin needs before there is an engine: a home, its files, a look at the venue. */
public final class Setup {
  private Setup() {}

  /**
   * What a new home is to hold.
   *
   * @param accountId the account to protect
   * @param accountName as people call it; empty for the venue's name
   * @param userName empty when it comes from the environment, as the key does then
   * @param venue another venue than TopstepX, by its base address
   * @param preset its name, see {@link #presets}
   * @param edits further settings of {@code risk_config.yaml}, {@code rule.key=value}
   */
  public record Choices(
      long accountId,
      String accountName,
      String userName,
      String apiKey,
      Optional<URI> venue,
      String preset,
      List<String> edits) {

    /** Without the key. */
    @Override
    public String toString() {
      return "Choices[" + accountId + ", " + preset + "]";
    }
  }

  /** An account that the venue lists. */
  public record Listed(long id, String name, boolean canTrade) {}

  private static final int SHORTEST_PASSWORD = 8;

  /** The names of the presets of rules. */
  public static List<String> presets() {
    return Preset.keys();
  }

  /** What each rule says under a preset: its numbers, "on" or "off", by the rule's key. */
  public static Map<String, List<String>> numbersOf(String preset) {
    return Preset.find(preset).map(Preset::numbers).orElse(Map.of());
  }

  /**
   * Creates the home and writes the files that are not there yet; what is there stays.
   *
   * @return the files written
   * @throws StartException when it cannot, or when the result would not load
   */
  public static List<Path> initialise(HomeDir home, Choices choices) throws StartException {
    // Only what the engine itself accepts is written into the home.
    check(choices);
    ConfigWriter.Choices chosen = FirstFiles.choices(choices);
    try {
      HomeCheck.create(home);
      List<Path> written = ConfigWriter.write(home, chosen);
      validate(home);
      return written;
    } catch (IOException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Whether a home can be made of them; writes nothing there.
   *
   * @throws StartException when not, with what is wrong
   */
  public static void check(Choices choices) throws StartException {
    ConfigWriter.Choices chosen = FirstFiles.choices(choices);
    try {
      HomeDir trial = new HomeDir(Files.createTempDirectory("risk-init-"));
      try {
        HomeCheck.create(trial);
        ConfigWriter.write(trial, chosen);
        validate(trial);
      } catch (IllegalArgumentException e) {
        throw new StartException("these settings cannot be written: " + e.getMessage());
      } finally {
        remove(trial.root());
      }
    } catch (IOException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  /** Why something cannot be an admin password, for a person; empty if it can. */
  public static Optional<String> problemWith(char[] password) {
    if (password.length > 0 && password.length < SHORTEST_PASSWORD) {
      return Optional.of(
          "an admin password has at least "
              + SHORTEST_PASSWORD
              + " characters; who is to be kept out sits at the same machine");
    }
    return AdminSecret.problemWith(password);
  }

  /**
   * Protects another account, in a home that has one.
   *
   * @throws StartException when accounts.yaml cannot be changed
   */
  public static void protectToo(HomeDir home, Listed account) throws StartException {
    try {
      AtomicFile.write(
          home.accountsYaml(),
          AccountsEdit.add(
              Files.readString(home.accountsYaml()),
              new AccountId(account.id()),
              Optional.of(account.name()).filter(name -> !name.isBlank())));
      validate(home);
    } catch (IOException | IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  /** How many holidays and early closes of this year the home knows: {@code 10 in 2026}. */
  public static String holidays(HomeDir home) throws StartException {
    int year = LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC).getYear();
    LocalDate first = LocalDate.of(year, 1, 1);
    LocalDate last = LocalDate.of(year, 12, 31);
    Holidays holidays = validate(home).files().holidays();
    return holidays.closedBetween(first, last).size()
        + " days closed and "
        + holidays.earlyBetween(first, last).size()
        + " early closes in "
        + year;
  }

  private static Configuration validate(HomeDir home) throws StartException {
    return Configuration.load(
        home,
        System.getenv(),
        AccountsFile.CredentialsUse.SKIP,
        LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC));
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /**
   * Whether an admin password has been set.
   *
   * @throws StartException when its file is damaged or cannot be read
   */
  public static boolean hasPassword(HomeDir home) throws StartException {
    if (!Files.isDirectory(home.data())) {
      return false;
    }
    try (AdminSecret secret = AdminSecret.load(home.adminSecret(), InstantSource.system())) {
      return secret.isSet();
    } catch (IOException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Sets the admin password, or changes it, while no engine runs.
   *
   * @param old the one that is set; null when there is none
   * @throws StartException when it is refused, saying why
   */
  public static void changePassword(HomeDir home, char @Nullable [] old, char[] fresh)
      throws StartException {
    if (!Files.isDirectory(home.data())) {
      throw new StartException(
          "there is no home at " + home.root() + "; create it with `risk-admin init`");
    }
    Optional<String> problem = AdminSecret.problemWith(fresh);
    if (problem.isPresent()) {
      throw new StartException(problem.get());
    }
    try (AdminSecret secret = AdminSecret.load(home.adminSecret(), InstantSource.system())) {
      accept(old == null ? secret.setFirst(fresh) : secret.change(old, fresh));
    } catch (IOException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Checks the admin password while no engine runs.
   *
   * @throws StartException when it is wrong, or passwords are blocked
   */
  public static void checkPassword(HomeDir home, char[] password) throws StartException {
    try (AdminSecret secret = AdminSecret.load(home.adminSecret(), InstantSource.system())) {
      accept(secret.verify(password));
    } catch (IOException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  private static void accept(AdminSecret.Verdict verdict) throws StartException {
    switch (verdict) {
      case AdminSecret.Verdict.Accepted accepted -> {}
      case AdminSecret.Verdict.Wrong wrong ->
          throw StartException.notAuthenticated(
              "wrong password; " + wrong.left() + " more before a block of 15 minutes");
      case AdminSecret.Verdict.Blocked blocked ->
          throw StartException.notAuthenticated(
              "passwords are blocked until "
                  + blocked.until().plusSeconds(1).truncatedTo(ChronoUnit.SECONDS)
                  + "; wait");
      case AdminSecret.Verdict.NotSet none ->
          throw new StartException(
              "no admin password has been set yet; set it with `risk-admin passwd`");
      case AdminSecret.Verdict.AlreadySet set ->
          throw new StartException("an admin password has been set already; give the old one");
    }
  }

  /**
   * Logs in at the venue and lists the accounts: proof that the credentials are right.
   *
   * @param venue empty for TopstepX
   * @throws StartException with what is wrong and what to do
   */
  public static List<Listed> accounts(Optional<URI> venue, String userName, String apiKey)
      throws StartException {
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    try (GatewayClient gateway =
        new GatewayClient(
            venue.map(GatewaySettings::at).orElseGet(GatewaySettings::defaults),
            new Credentials(userName, apiKey),
            InstantSource.system(),
            scheduler,
            new SplittableRandom())) {
      gateway.login();
      VenueReply<List<Account>> reply = gateway.venue().accounts();
      if (reply instanceof VenueReply.Done<List<Account>> done) {
        return done.value().stream()
            .map(row -> new Listed(row.id().value(), row.name(), row.canTrade()))
            .toList();
      }
      throw new StartException("the venue did not list the accounts: " + reply);
    } catch (LoginException | IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    } finally {
      scheduler.shutdownNow();
    }
  }
}
