package dev.riskmanager.admin.shell;

import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Session;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.JsonText;
import dev.riskmanager.wire.ViewClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that has shown the password. It is closed after ten idle minutes, and gone
 * when the engine was restarted; the password is kept nowhere, so it is asked for again.
 */
final class ShellSession implements Session, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 3;

  private final HomeDir home;
  private final String name;
  private final Asker asker;
  private final Given given;
  private final IdleLock idle;
  private @Nullable AdminClient shown;
  private boolean lockedByIdling;

  /** Who is asked. */
  interface Asker {
    /** With echo. */
    String line(String prompt) throws CommandException;

    /** Without. */
    char[] secret(String prompt) throws CommandException;

    boolean interactive();

    /** The width of the terminal. */
    int columns();
  }

  /** A password that was given for scripts, by a file or on standard input. */
  @FunctionalInterface
  interface Given {
    Optional<char[]> password() throws CommandException;
  }

  ShellSession(HomeDir home, String name, Asker asker, Given given, IdleLock idle) {
    this.home = home;
    this.name = name;
    this.asker = asker;
    this.given = given;
    this.idle = idle;
  }

  @Override
  public HomeDir home() {
    return home;
  }

  @Override
  public synchronized AdminClient admin() throws CommandException, ControlException {
    lockIfIdle();
    AdminClient known = shown;
    if (known == null) {
      known = open();
      shown = known;
      lockedByIdling = false;
    }
    idle.touch();
    return known.borrowed();
  }

  @Override
  public synchronized AdminClient view() throws ControlException {
    AdminClient known = shown;
    return known != null
        ? known.borrowed()
        : AdminClient.connectAdmin(home.adminSocket(), name, PATIENCE);
  }

  private AdminClient open() throws CommandException, ControlException {
    Ended ended = new Ended();
    AdminClient client = AdminClient.connectAdmin(home.adminSocket(), name, PATIENCE, ended);
    ended.mine = client;
    boolean done = false;
    try {
      authenticate(client);
      done = true;
      return client;
    } finally {
      if (!done) {
        client.close();
      }
    }
  }

  private void authenticate(AdminClient client) throws CommandException, ControlException {
    // After idling a person must be there: a file would open it for whoever sits down.
    Optional<char[]> prepared = lockedByIdling ? Optional.empty() : given.password();
    String prompt = "Admin password: ";
    for (int attempt = 1; ; attempt++) {
      char[] password = prepared.isPresent() ? prepared.get() : asker.secret(prompt);
      try {
        client.authenticate(password);
        return;
      } catch (ControlException.NotAuthenticated e) {
        if (prepared.isPresent() || attempt == ATTEMPTS || !asker.interactive()) {
          throw e;
        }
        // Asked at once and without echo: whoever is told that it was wrong types the right one.
        prompt = e.getMessage() + "\nAdmin password, once more (Ctrl-C gives up): ";
      } finally {
        Arrays.fill(password, '\0');
      }
    }
  }

  /** Whether the next command needs no password. */
  synchronized boolean isOpen() {
    return shown != null;
  }

  long idleMinutes() {
    return idle.patience().toMinutes();
  }

  /** Something was typed. */
  void touch() {
    idle.touch();
  }

  /**
   * Closes the connection when nobody has done anything for long.
   *
   * @return whether it did so just now
   */
  synchronized boolean lockIfIdle() {
    if (shown == null || !idle.isExpired()) {
      return false;
    }
    lockedByIdling = true;
    forget();
    return true;
  }

  /** The password must be shown again. */
  synchronized void forget() {
    AdminClient known = shown;
    shown = null;
    if (known != null) {
      known.close();
    }
  }

  @Override
  public String line(String prompt) throws CommandException {
    return asker.line(prompt);
  }

  @Override
  public char[] secret(String prompt) throws CommandException {
    return asker.secret(prompt);
  }

  @Override
  public boolean interactive() {
    return asker.interactive();
  }

  @Override
  public int columns() {
    return asker.columns();
  }

  @Override
  public void close() {
    forget();
  }

  private synchronized void ended(@Nullable AdminClient client) {
    if (client == shown) {
      forget();
    }
  }

  private final class Ended implements ViewClient.WatchListener {
    private volatile @Nullable AdminClient mine;

    @Override
    public void changed(JsonText status) {}

    @Override
    public void closed(ControlException why) {
      // On the connection's thread, which must not wait for a command that waits for an answer.
      Thread.startVirtualThread(() -> ended(mine));
    }
  }
}
