package dev.riskmanager.admin.session;

import dev.riskmanager.daemon.app.Build;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.ViewClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that most commands share, and what they lead to. */
public final class Options {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "The home directory; else RISK_HOME, /etc/risk-manager/home, ~/.risk-manager.")
  private @Nullable String home;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(names = "--password-stdin", description = "Read the admin password from standard input.")
  private boolean passwordStdin;

  @Option(names = "--no-color", description = "No colours; they appear only on a terminal.")
  private boolean noColor;

  public boolean json() {
    return json;
  }

  /** Whether colours make sense: a terminal, and nobody said no. */
  public boolean color() {
    return !noColor && System.getenv("NO_COLOR") == null && onTerminal();
  }

  /** Whether a person is at both ends. */
  public static boolean onTerminal() {
    java.io.Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** The home these options name. */
  public HomeDir homeDir() throws CommandException {
    try {
      return HomeDir.resolve(home);
    } catch (IOException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    }
  }

  public Passwords passwords() {
    return new Passwords(passwordStdin, System.getenv(), System.in);
  }

  /** A connection that can look. */
  public ViewClient view() throws CommandException, ControlException {
    return ViewClient.connect(homeDir().viewSocket(), name(), PATIENCE);
  }

  /** A connection that has said the password. */
  public AdminClient admin() throws CommandException, ControlException {
    AdminClient client = AdminClient.connectAdmin(homeDir().adminSocket(), name(), PATIENCE);
    boolean authenticated = false;
    try {
      char[] password = passwords().read("Admin password: ");
      try {
        client.authenticate(password);
      } finally {
        Arrays.fill(password, '\0');
      }
      authenticated = true;
      return client;
    } finally {
      if (!authenticated) {
        client.close();
      }
    }
  }

  /** A connection to the admin's socket that has not said a password. */
  public AdminClient unauthenticated() throws CommandException, ControlException {
    return AdminClient.connectAdmin(homeDir().adminSocket(), name(), PATIENCE);
  }

  private static String name() {
    return "risk-admin/" + Build.version();
  }
}
