package dev.riskmanager.admin.command;

import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.admin.session.Secrets;
import dev.riskmanager.daemon.app.Setup;
import dev.riskmanager.daemon.app.StartException;
import dev.riskmanager.wire.HomeDir;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

  @Option(names = "--account", paramLabel = "ID", description = "The account to protect.")
  private @Nullable Long account;

  @Option(names = "--name", paramLabel = "TEXT", description = "What you call the account.")
  private @Nullable String name;

  @Option(names = "--url", paramLabel = "URL", description = "Another venue than TopstepX.")
  private @Nullable URI url;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = "moderate",
      description = "conservative, moderate or none. Default ${DEFAULT-VALUE}.")
  private String preset = "moderate";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Another setting of risk_config.yaml; may be given several times.")
  private List<String> settings = List.of();

  @Option(
      names = "--no-check",
      description = "Do not try the credentials now (needs --account); the engine will.")
  private boolean noCheck;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    HomeDir home = options.homeDir();
    if (!Setup.presets().contains(preset)) {
      throw new CommandException(
          "unknown preset " + preset + "; there are: " + String.join(", ", Setup.presets()));
    }
    String user = userName();
    String key = apiKey();
    Setup.Listed chosen = choose(user, key, out);
    List<Path> written =
        Setup.initialise(
            home,
            new Setup.Choices(
                chosen.id(),
                name == null ? chosen.name() : name,
                fromEnvironment ? "" : user,
                fromEnvironment ? "" : key,
                Optional.ofNullable(url),
                preset,
                settings));
    report(home, written, out);
    password(home, out);
    out.println(
        "Next: risk-admin engine start" + (isDefault(home) ? "" : " --home " + home.root()));
    return 0;
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

  private Setup.Listed choose(String user, String key, PrintWriter out)
      throws CommandException, StartException {
    if (noCheck) {
      if (account == null) {
        throw new CommandException("--no-check needs --account");
      }
      return new Setup.Listed(account, "", true);
    }
    out.println("Logging in ...");
    out.flush();
    List<Setup.Listed> listed = Setup.accounts(Optional.ofNullable(url), user, key);
    for (Setup.Listed one : listed) {
      out.println(
          "  " + one.id() + "  " + one.name() + (one.canTrade() ? "" : "  (may not trade)"));
    }
    if (listed.isEmpty()) {
      throw new CommandException("this login has no account; nothing was written");
    }
    long wanted = account != null ? account : ask(listed);
    return listed.stream()
        .filter(one -> one.id() == wanted)
        .findFirst()
        .orElseThrow(
            () ->
                new CommandException(
                    "account "
                        + wanted
                        + " is not among the accounts of this login; nothing was written"));
  }

  private static long ask(List<Setup.Listed> listed) throws CommandException {
    if (listed.size() == 1) {
      return listed.get(0).id();
    }
    String answer = Questions.ask("Account to protect (its number): ", "--account");
    try {
      return Long.parseLong(answer);
    } catch (NumberFormatException e) {
      throw new CommandException("an account is a number, not " + answer);
    }
  }

  private void report(HomeDir home, List<Path> written, PrintWriter out) {
    out.println("Home " + home.root());
    written.forEach(file -> out.println("  wrote " + file));
    if (written.isEmpty()) {
      out.println("  all files were there already; nothing was changed");
    } else {
      out.println("Preset " + preset + ":");
      Setup.settingsOf(preset).forEach(setting -> out.println("  " + setting));
      settings.forEach(setting -> out.println("  " + setting.replaceFirst("=", " = ")));
    }
  }

  private void password(HomeDir home, PrintWriter out) throws CommandException, StartException {
    if (Setup.hasPassword(home)) {
      out.println("The admin password is set already.");
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
