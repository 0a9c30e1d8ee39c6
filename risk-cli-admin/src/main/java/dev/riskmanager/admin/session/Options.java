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

  /** To be filled in by picocli. */
  public Options() {}

  /** The same, from whom they are known already. */
  public Options(@Nullable String home, boolean json, boolean passwordStdin, boolean noColor) {
    this.home = home;
    this.json = json;
    this.passwordStdin = passwordStdin;
    this.noColor = noColor;
  }

  public boolean json() {
    return json;
  }

  /** Whether colours make sense: a terminal, and nobody said no. */
  public boolean color() {
    return !noColor && System.getenv("NO_COLOR") == null && onTerminal();
  }

  /** How wide the person's terminal is; 80 when it does not tell. */
  public static int columns() {
    return Session.CURRENT.isBound() ? Session.CURRENT.get().columns() : Screen.columns();
  }

  /** Whether a person is at both ends. */
  public static boolean onTerminal() {
    if (Session.CURRENT.isBound()) {
      return Session.CURRENT.get().interactive();
    }
    java.io.Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** The home these options name. */
  public HomeDir homeDir() throws CommandException {
    try {
      if (Session.CURRENT.isBound()) {
        return shellsHome(Session.CURRENT.get().home());
      }
      return HomeDir.resolve(home);
    } catch (IOException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    }
  }

  /** A shell's connection and password are for one home. */
  private HomeDir shellsHome(HomeDir shells) throws CommandException, IOException {
    if (home != null && !HomeDir.resolve(home).root().equals(shells.root())) {
      throw new CommandException(
          "this shell is for " + shells.root() + "; leave it, and use --home from outside");
    }
    return shells;
  }

  public Passwords passwords() {
    return new Passwords(passwordStdin, System.getenv(), System.in);
  }

  /** A connection that can look. */
  public ViewClient view() throws CommandException, ControlException {
    HomeDir dir = homeDir();
    return Session.CURRENT.isBound()
        ? Session.CURRENT.get().view()
        : ViewClient.connect(dir.viewSocket(), name(), PATIENCE);
  }

  /** A connection that has said the password. */
  public AdminClient admin() throws CommandException, ControlException {
    HomeDir dir = homeDir();
    if (Session.CURRENT.isBound()) {
      return Session.CURRENT.get().admin();
    }
    AdminClient client = AdminClient.connectAdmin(dir.adminSocket(), name(), PATIENCE);
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

  /** Something that only reduces risk: it is done also while passwords are blocked. */
  @FunctionalInterface
  public interface Reducing<T> {
    /**
     * Does it.
     *
     * @param password to be sent with the request; null when the connection has shown it
     */
    T on(AdminClient client, char @Nullable [] password) throws ControlException;
  }

  /** Does something that only reduces risk. */
  public <T> T reducing(Reducing<T> act) throws CommandException, ControlException {
    if (Session.CURRENT.isBound()) {
      return act.on(admin(), null);
    }
    char[] password = passwords().read("Admin password: ");
    try (AdminClient client = unauthenticated()) {
      return act.on(client, password);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** A connection to the admin's socket that has not said a password. */
  public AdminClient unauthenticated() throws CommandException, ControlException {
    return AdminClient.connectAdmin(homeDir().adminSocket(), name(), PATIENCE);
  }

  @Override
  public String toString() {
    return "home="
        + home
        + " json="
        + json
        + " passwordStdin="
        + passwordStdin
        + " noColor="
        + noColor;
  }

  /** What the engine is told who asks. */
  public static String name() {
    return "risk-admin/" + Build.version();
  }
}
