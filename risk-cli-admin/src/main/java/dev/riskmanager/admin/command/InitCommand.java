package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.ProbesText;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Person;
import dev.riskmanager.admin.session.Secrets;
import dev.riskmanager.admin.session.Session;
import dev.riskmanager.admin.shell.TerminalPerson;
import dev.riskmanager.daemon.app.Doctor;
import dev.riskmanager.daemon.app.Kept;
import dev.riskmanager.daemon.app.Setup;
import dev.riskmanager.daemon.app.StartException;
import dev.riskmanager.wire.HomeDir;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code init}: the first run. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Sets up a home: credentials are tried at the venue, its accounts listed, the four files"
          + " written",
      "from a preset, the admin password set. Everything that is asked can be given as an option,",
      "for scripts. What is there already stays as it is; an option that says something else is",
      "named, and the exit code is 1 then.",
      ""
    },
    footer = {
      "",
      "The API key is asked without echo, or read from the file --api-key-file names,",
      "or left in the environment (TOPSTEPX_USERNAME, TOPSTEPX_API_KEY) with",
      "--from-environment. Ctrl-C at any question leaves everything as it was.",
      "",
      "Examples:",
      "  risk-admin init",
      "  risk-admin init --home /var/lib/risk --username me --api-key-file key.txt \\",
      "      --account 13298777 --preset conservative \\",
      "      --set daily_realized_loss.limit=-400",
      "  risk-admin init --url http://127.0.0.1:8090 --username demo \\",
      "      --api-key-file key.txt"
    })
public final class InitCommand implements Callable<Integer> {
  @Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private Options options;

  @Option(names = "--username", paramLabel = "NAME", description = "The platform user name.")
  private @Nullable String username;

  @Option(
      names = "--api-key-file",
      paramLabel = "FILE",
      description = "A file with the API key on its first line.")
  private @Nullable Path keyFile;

  @Option(
      names = "--from-environment",
      description = "Leave the credentials in the environment; the file refers to them.")
  private boolean fromEnvironment;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "The account to protect; may be given several times.")
  private List<Long> accounts = List.of();

  @Option(names = "--name", paramLabel = "TEXT", description = "What you call the account.")
  private @Nullable String name;

  @Option(names = "--url", paramLabel = "URL", description = "Another venue than TopstepX.")
  private @Nullable URI url;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      completionCandidates = InitPreset.Names.class,
      description = "conservative, moderate or none. Asked on a terminal, else moderate.")
  private @Nullable String preset;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Another setting of risk_config.yaml; may be given several times.")
  private List<String> settings = List.of();

  @Option(
      names = "--no-check",
      description = "Do not try the credentials now (needs --account); the engine will.")
  private boolean noCheck;

  @Option(
      names = "--no-password",
      description = "Do not set the admin password now; `risk-admin passwd` does it later.")
  private boolean noPassword;

  @Option(
      names = "--service",
      negatable = true,
      description = "Make the engine a service of the system afterwards. Asked on a terminal.")
  private @Nullable Boolean service;

  /** From then on Ctrl-C would leave half of it. */
  private final AtomicBoolean writing = new AtomicBoolean();

  @Override
  public Integer call() throws Exception {
    // Inside the shell the shell asks.
    if (Session.CURRENT.isBound() || !Options.onTerminal()) {
      return setUp(spec.commandLine().getOut());
    }
    try (TerminalPerson person = TerminalPerson.open(() -> !writing.get())) {
      return ScopedValue.where(Person.CURRENT, person)
          .call(() -> setUp(spec.commandLine().getOut()));
    }
  }

  /** Everything is asked before anything is written: who gives up leaves all as it was. */
  private int setUp(PrintWriter out) throws Exception {
    HomeDir home = options.homeDir();
    if (preset != null && !Setup.presets().contains(preset)) {
      throw new CommandException(
          "unknown preset " + preset + "; there are: " + String.join(", ", Setup.presets()));
    }
    out.println("Home " + home.root());
    List<String> passedOver = Kept.instead(home, asked(), System.getenv());
    List<Setup.Listed> chosen = List.of();
    String user = "";
    String key = "";
    boolean known = Files.exists(home.accountsYaml());
    if (known) {
      out.println("Credentials and accounts are there already and stay: " + home.accountsYaml());
    } else {
      InitVenue venue = new InitVenue(Optional.ofNullable(url), out);
      InitVenue.Login login = login(venue);
      user = login.user();
      key = login.key();
      chosen = accounts(login);
    }
    boolean rules = Files.exists(home.riskConfigYaml());
    String rulesOf = rules ? "none" : InitPreset.choose(preset, out);
    Setup.Listed first = chosen.isEmpty() ? new Setup.Listed(1, "", true) : chosen.getFirst();
    Setup.Choices choices =
        new Setup.Choices(
            first.id(),
            chosen.isEmpty() ? "" : InitAccounts.name(first, name),
            fromEnvironment ? "" : user,
            fromEnvironment ? "" : key,
            Optional.ofNullable(url),
            rulesOf,
            rules ? List.of() : settings);
    // Wrong settings are said before more is asked.
    Setup.check(choices);
    Optional<char[]> password = password(home, out);
    boolean serve = InitService.isWanted(service);
    try {
      writing.set(true);
      write(home, choices, chosen, out);
      if (known && !noCheck) {
        tryWhatIsThere(home, out);
      }
      if (password.isPresent()) {
        Setup.changePassword(home, null, password.get());
        out.println("The admin password is set.");
      }
    } finally {
      password.ifPresent(typed -> Arrays.fill(typed, '\0'));
    }
    passedOver.forEach(line -> spec.commandLine().getErr().println("risk-admin: " + line));
    out.println("Holidays: " + Setup.holidays(home) + ", in " + home.holidaysYaml());
    if (serve) {
      InitService.install(spec.commandLine().getParent(), home);
    } else {
      out.println(
          "Next: risk-admin engine start" + (isDefault(home) ? "" : " --home " + home.root()));
    }
    return passedOver.isEmpty() ? 0 : CommandException.FAILED;
  }

  private Kept.Asked asked() throws CommandException {
    Optional<String> key =
        keyFile == null
            ? Optional.empty()
            : Optional.of(Secrets.firstLine(keyFile, "--api-key-file"));
    return new Kept.Asked(
        accounts,
        Optional.ofNullable(name),
        fromEnvironment
            ? Optional.of(environment("TOPSTEPX_USERNAME"))
            : Optional.ofNullable(username),
        fromEnvironment ? Optional.of(environment("TOPSTEPX_API_KEY")) : key,
        Optional.ofNullable(url),
        Optional.ofNullable(preset),
        settings);
  }

  /** Now that no file is missing, as the engine would. */
  private void tryWhatIsThere(HomeDir home, PrintWriter out) {
    ProbesText.lines(Doctor.venue(home, System.getenv()), options.color())
        .forEach(line -> out.println("  " + line));
  }

  private InitVenue.Login login(InitVenue venue) throws CommandException, StartException {
    if (noCheck && accounts.isEmpty()) {
      throw new CommandException("--no-check needs --account");
    }
    if (fromEnvironment) {
      String user = environment("TOPSTEPX_USERNAME");
      String key = environment("TOPSTEPX_API_KEY");
      return noCheck ? new InitVenue.Login(user, key, List.of()) : venue.login(user, key);
    }
    String key = keyFile == null ? null : Secrets.firstLine(keyFile, "--api-key-file");
    return venue.login(username, key, noCheck);
  }

  private static String environment(String variable) throws CommandException {
    String set = System.getenv(variable);
    if (set == null || set.isBlank()) {
      throw new CommandException(variable + " is not set in the environment");
    }
    return set;
  }

  private List<Setup.Listed> accounts(InitVenue.Login login) throws CommandException {
    if (noCheck) {
      return accounts.stream().distinct().map(id -> new Setup.Listed(id, "", true)).toList();
    }
    return InitAccounts.choose(login.accounts(), accounts);
  }

  private void write(
      HomeDir home, Setup.Choices choices, List<Setup.Listed> chosen, PrintWriter out)
      throws StartException {
    List<Path> written = Setup.initialise(home, choices);
    for (Setup.Listed more : chosen.subList(Math.min(1, chosen.size()), chosen.size())) {
      Setup.protectToo(home, more);
    }
    written.forEach(file -> out.println("  wrote " + file));
    if (written.isEmpty()) {
      out.println("  all files were there already; nothing was changed");
    }
    if (written.stream().anyMatch(file -> file.endsWith("risk_config.yaml"))) {
      out.println("Preset " + choices.preset() + ":");
      InitPreset.numbers(choices.preset()).forEach(line -> out.println("  " + line));
      settings.forEach(setting -> out.println("  " + setting.replaceFirst("=", " = ")));
    }
    for (Setup.Listed one : chosen) {
      boolean named = one.equals(chosen.getFirst()) && !choices.accountName().isEmpty();
      out.println("  protects " + one.id() + "  " + (named ? choices.accountName() : one.name()));
    }
  }

  /** The new admin password; empty when there is one, or none is wanted now. */
  private Optional<char[]> password(HomeDir home, PrintWriter out)
      throws CommandException, StartException {
    if (Setup.hasPassword(home)) {
      out.println("The admin password is set already.");
      return Optional.empty();
    }
    if (noPassword) {
      out.println("No admin password is set; `risk-admin passwd` sets it.");
      return Optional.empty();
    }
    return Optional.of(options.passwords().readNew(Setup::problemWith));
  }

  private static boolean isDefault(HomeDir home) {
    return home.root().equals(HomeDir.userHome(System.getenv()).resolve(".risk-manager"));
  }
}
