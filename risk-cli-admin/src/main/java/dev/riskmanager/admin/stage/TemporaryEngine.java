package dev.riskmanager.admin.stage;

import dev.riskmanager.admin.session.BackgroundEngine;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.daemon.app.Setup;
import dev.riskmanager.daemon.app.StartException;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.UnlockRequest;
import dev.riskmanager.wire.UnlockResult;
import dev.riskmanager.wire.ViewClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A simulated venue in this process, a home in a directory that lives for a minute, and the real
 * engine on it as a process of its own. Closing it stops and removes all of it; so does the end of
 * this process, by Ctrl-C for instance.
 */
public final class TemporaryEngine implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final SimVenue venue;
  private final HomeDir home;
  private final long account;
  private final BackgroundEngine engine;
  private final char[] password;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean started;
  private final Thread hook = new Thread(this::tearDown, "temporary-engine-teardown");

  private TemporaryEngine(SimVenue venue, HomeDir home, long account) {
    this.venue = venue;
    this.home = home;
    this.account = account;
    this.engine = new BackgroundEngine(home);
    // Nobody needs to know it: it guards a home that lives for a minute.
    this.password = UUID.randomUUID().toString().toCharArray();
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Writes the home; the engine does not run yet.
   *
   * @param venue which has the account; closed with this
   * @param directory new and empty, removed with this
   * @param preset of the rules
   * @param edits further settings of them
   */
  public static TemporaryEngine prepare(
      SimVenue venue, Path directory, long account, String name, String preset, List<String> edits)
      throws CommandException {
    TemporaryEngine made = new TemporaryEngine(venue, new HomeDir(directory), account);
    boolean done = false;
    try {
      Setup.initialise(
          made.home,
          new Setup.Choices(
              account,
              name,
              venue.userName(),
              venue.apiKey(),
              Optional.of(URI.create(venue.url())),
              preset,
              edits));
      Setup.changePassword(made.home, null, made.password.clone());
      done = true;
      return made;
    } catch (StartException e) {
      throw new CommandException(e.lines(), CommandException.FAILED);
    } finally {
      if (!done) {
        made.close();
      }
    }
  }

  /** Starts the engine; it has said how it is when this returns. */
  public void start(PrintWriter progress) throws CommandException {
    started = true;
    engine.start(progress);
  }

  public SimVenue venue() {
    return venue;
  }

  public HomeDir home() {
    return home;
  }

  public long account() {
    return account;
  }

  /** What the trader's socket says of the account. */
  public StatusView status() throws ControlException {
    try (ViewClient client = view()) {
      return client.status(OptionalLong.of(account));
    }
  }

  /** A connection to the trader's socket. */
  public ViewClient view() throws ControlException {
    return ViewClient.connect(home.viewSocket(), Options.name(), PATIENCE);
  }

  /** Ends all lockouts of the account. */
  public UnlockResult unlock(String reason) throws ControlException {
    try (AdminClient client = admin()) {
      return client.unlock(new UnlockRequest(account, null, null, reason));
    }
  }

  private AdminClient admin() throws ControlException {
    AdminClient client = AdminClient.connectAdmin(home.adminSocket(), Options.name(), PATIENCE);
    boolean shown = false;
    try {
      client.authenticate(password.clone());
      shown = true;
      return client;
    } finally {
      if (!shown) {
        client.close();
      }
    }
  }

  @Override
  public void close() {
    tearDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook finds nothing left to do.
      assert closed.get();
    }
  }

  private void tearDown() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    // On a thread of its own: inside the shell Ctrl-C interrupts the one that waits for it.
    Thread worker =
        Thread.ofPlatform().name("temporary-engine-teardown").unstarted(this::dismantle);
    worker.start();
    boolean interrupted = false;
    while (worker.isAlive()) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void dismantle() {
    try {
      if (started) {
        stop();
      }
    } finally {
      Arrays.fill(password, '\0');
      venue.close();
      remove(home.root());
    }
  }

  private void stop() {
    try (AdminClient client = admin()) {
      BackgroundEngine.awaitEnd(client.shutdown("it was only needed for a minute").pid());
    } catch (ControlException | CommandException e) {
      // It has not come up yet, or is gone already: without its home it must not go on.
      engine.kill();
    }
  }

  private static void remove(Path directory) {
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                throws IOException {
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      System.err.println("risk-admin: could not remove " + directory + ": " + e.getMessage());
    }
  }
}
