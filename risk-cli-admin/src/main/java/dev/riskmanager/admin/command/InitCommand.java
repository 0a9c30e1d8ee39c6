package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.ProbesText;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.admin.session.Secrets;
import dev.riskmanager.daemon.app.Doctor;
import dev.riskmanager.daemon.app.Setup;
import dev.riskmanager.daemon.app.StartException;
import dev.riskmanager.wire.HomeDir;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
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
      "from a preset, the admin password set. What is there already stays as it is. Everything that"
          + " is",
      "asked can be given as an option, for scripts.",
      ""
    },
    footer = {
      "",
      "The API key is asked without echo, or read from the file --api-key-file names, or left in"
          + " the",
      "environment (TOPSTEPX_USERNAME, TOPSTEPX_API_KEY) with --from-environment.",
      "",
      "Examples:",
      "  risk-admin init",
      "  risk-admin init --home /var/lib/risk --username me --api-key-file key.txt \\",
      "      --account 13298777 --preset conservative --set daily_realized_loss.limit=-400",
      "  risk-admin init --url http://127.0.0.1:8090 --username demo --api-key-file key.txt"
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

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    HomeDir home = options.homeDir();
    if (preset != null && !Setup.presets().contains(preset)) {
      throw new CommandException(
          "unknown preset " + preset + "; there are: " + String.join(", ", Setup.presets()));
    }
    out.println("Home " + home.root());
    if (Files.exists(home.accountsYaml())) {
      keep(home, out);
    } else {
      create(home, out);
    }
    holidays(home, out);
    password(home, out);
    boolean installed = service(home, out);
    if (!installed) {
      out.println(
          "Next: risk-admin engine start" + (isDefault(home) ? "" : " --home " + home.root()));
    }
    return 0;
  }

  /** Credentials and accounts are there: they are tried, and only missing files are written. */
  private void keep(HomeDir home, PrintWriter out) throws CommandException, StartException {
    out.println("Credentials and accounts are there already and stay: " + home.accountsYaml());
    if (!noCheck) {
      ProbesText.lines(Doctor.venue(home, System.getenv()), options.color())
          .forEach(line -> out.println("  " + line));
    }
    boolean rules = Files.exists(home.riskConfigYaml());
    String chosen = rules ? "none" : InitPreset.choose(preset, out);
    List<Path> written =
        Setup.initialise(
            home,
            new Setup.Choices(
                1, "", "", "", Optional.ofNullable(url), chosen, rules ? List.of() : settings));
    report(written, chosen, out);
  }

  private void create(HomeDir home, PrintWriter out) throws CommandException, StartException {
    String user = userName();
    String key = apiKey();
    List<Setup.Listed> chosen = choose(user, key, out);
    boolean rules = Files.exists(home.riskConfigYaml());
    String rulesOf = rules ? "none" : InitPreset.choose(preset, out);
    Setup.Listed first = chosen.get(0);
    List<Path> written =
        Setup.initialise(
            home,
            new Setup.Choices(
                first.id(),
                name == null ? first.name() : name,
                fromEnvironment ? "" : user,
                fromEnvironment ? "" : key,
                Optional.ofNullable(url),
                rulesOf,
                rules ? List.of() : settings));
    for (Setup.Listed more : chosen.subList(1, chosen.size())) {
      Setup.protectToo(home, more);
    }
    report(written, rulesOf, out);
    chosen.forEach(one -> out.println("  protects " + one.id() + "  " + one.name()));
  }

  private static void holidays(HomeDir home, PrintWriter out) throws StartException {
    out.println("Holidays: " + Setup.holidays(home) + ", in " + home.holidaysYaml());
  }

  /** Whether it is a service now. */
  private boolean service(HomeDir home, PrintWriter out) throws CommandException {
    boolean possible = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    Boolean wanted = service;
    if (wanted == null) {
      wanted =
          possible
              && Options.onTerminal()
              && Files.isWritable(Path.of("/etc/systemd/system"))
              && Questions.confirm(
                  "Make the engine a service that starts with the machine?", false);
    }
    if (!wanted) {
      return false;
    }
    int code =
        spec.commandLine()
            .getParent()
            .execute("engine", "install", "--home", home.root().toString());
    if (code != 0) {
      throw new CommandException("the home is set up, but the service was not installed");
    }
    return true;
  }

  private String userName() throws CommandException {
    if (username != null && !username.isBlank()) {
      return username;
    }
    String set = System.getenv("TOPSTEPX_USERNAME");
    if (fromEnvironment) {
      if (set == null || set.isBlank()) {
        throw new CommandException("TOPSTEPX_USERNAME is not set in the environment");
      }
      return set;
    }
    return Questions.ask("Platform user name: ", "--username");
  }

  private String apiKey() throws CommandException {
    if (fromEnvironment) {
      String set = System.getenv("TOPSTEPX_API_KEY");
      if (set == null || set.isBlank()) {
        throw new CommandException("TOPSTEPX_API_KEY is not set in the environment");
      }
      return set;
    }
    return keyFile != null
        ? Secrets.firstLine(keyFile, "--api-key-file")
        : Secrets.ask("API key: ", "--api-key-file");
  }

  private List<Setup.Listed> choose(String user, String key, PrintWriter out)
      throws CommandException, StartException {
    if (noCheck) {
      if (accounts.isEmpty()) {
        throw new CommandException("--no-check needs --account");
      }
      return accounts.stream().distinct().map(id -> new Setup.Listed(id, "", true)).toList();
    }
    out.println("Logging in ...");
    out.flush();
    List<Setup.Listed> listed = Setup.accounts(Optional.ofNullable(url), user, key);
    for (Setup.Listed one : listed) {
      out.println(
          "  " + one.id() + "  " + one.name() + (one.canTrade() ? "" : "  (may not trade)"));
    }
    out.flush();
    if (listed.isEmpty()) {
      throw new CommandException("this login has no account; nothing was written");
    }
    return InitAccounts.choose(listed, accounts);
  }

  private void report(List<Path> written, String rulesOf, PrintWriter out) {
    written.forEach(file -> out.println("  wrote " + file));
    if (written.isEmpty()) {
      out.println("  all files were there already; nothing was changed");
    }
    if (written.stream().anyMatch(file -> file.endsWith("risk_config.yaml"))) {
      out.println("Preset " + rulesOf + ":");
      Setup.settingsOf(rulesOf).forEach(setting -> out.println("  " + setting));
      settings.forEach(setting -> out.println("  " + setting.replaceFirst("=", " = ")));
    }
  }

  private void password(HomeDir home, PrintWriter out) throws CommandException, StartException {
    if (Setup.hasPassword(home)) {
      out.println("The admin password is set already.");
      return;
    }
    if (noPassword) {
      out.println("No admin password is set; `risk-admin passwd` sets it.");
      return;
    }
    char[] fresh = options.passwords().readNew();
    try {
      Setup.changePassword(home, null, fresh);
    } finally {
      Arrays.fill(fresh, '\0');
    }
    out.println("The admin password is set.");
  }

  private static boolean isDefault(HomeDir home) {
    return home.root().equals(Path.of(System.getProperty("user.home"), ".risk-manager"));
  }
}
