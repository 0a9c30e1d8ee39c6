package dev.riskmanager.admin.demo;

import dev.riskmanager.admin.session.BackgroundEngine;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.daemon.app.Build;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The stage of a demonstration: a simulated venue in this process, a home in a temporary directory,
 * and the real engine as a process of its own. Closing it stops and removes all of it.
 */
public final class DemoStage implements AutoCloseable {
  static final long ACCOUNT = 13_298_777L;
  static final String SYMBOL = "MNQ";
  static final String DAILY_LOSS = "-250";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final SimVenue venue;
  private final HomeDir home;
  private final char[] password;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** A closed terminal or Ctrl-C must not leave an engine behind. */
  private final Thread hook = new Thread(this::tearDown, "demo-teardown");

  private DemoStage(SimVenue venue, HomeDir home, char[] password) {
    this.venue = venue;
    this.home = home;
    this.password = password;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Builds it; the engine protects when this returns. */
  public static DemoStage set(long seed, PrintWriter progress) throws CommandException {
    progress.println("Setting the stage: a simulated venue, a temporary home, a real engine ...");
    progress.flush();
    SimVenue venue =
        SimVenue.builder(InstantSource.system()).account(ACCOUNT).recordedPrices().start();
    DemoStage stage = null;
    try {
      HomeDir home = new HomeDir(Files.createTempDirectory("risk-demo-"));
      char[] password = password(seed);
      stage = new DemoStage(venue, home, password);
      Setup.initialise(
          home,
          new Setup.Choices(
              ACCOUNT,
              "Demo Account",
              venue.userName(),
              venue.apiKey(),
              Optional.of(URI.create(venue.url())),
              "moderate",
              List.of(
                  "max_contracts.limit=6",
                  "daily_realized_loss.limit=" + DAILY_LOSS,
                  "daily_realized_loss.timezone=America/Chicago",
                  // A day in seconds: what counts trades, or judges one trade, would end the story.
                  "max_contracts_per_instrument.enabled=false",
                  "trade_frequency_limit.enabled=false",
                  "cooldown_after_loss.enabled=false",
                  "daily_unrealized_loss.enabled=false")));
      Setup.changePassword(home, null, password);
      new BackgroundEngine(home).start(progress);
      return stage;
    } catch (IOException e) {
      throw abandoned(stage, venue, new CommandException("no temporary home: " + e.getMessage()));
    } catch (StartException e) {
      throw abandoned(stage, venue, new CommandException(e.lines(), CommandException.FAILED));
    } catch (CommandException e) {
      throw abandoned(stage, venue, e);
    }
  }

  private static CommandException abandoned(
      @org.jspecify.annotations.Nullable DemoStage stage, SimVenue venue, CommandException why) {
    if (stage == null) {
      venue.close();
    } else {
      stage.close();
    }
    return why;
  }

  /** Nobody needs to know it: it guards a home that lives for a minute. */
  private static char[] password(long seed) {
    long mixed = new SplittableRandom(seed ^ System.nanoTime()).nextLong();
    return HexFormat.of().toHexDigits(mixed).toCharArray();
  }

  SimVenue venue() {
    return venue;
  }

  HomeDir home() {
    return home;
  }

  StatusView status() throws ControlException {
    try (ViewClient client = ViewClient.connect(home.viewSocket(), name(), PATIENCE)) {
      return client.status(OptionalLong.of(ACCOUNT));
    }
  }

  UnlockResult unlock(String reason) throws ControlException {
    try (AdminClient client = AdminClient.connectAdmin(home.adminSocket(), name(), PATIENCE)) {
      client.authenticate(password.clone());
      return client.unlock(new UnlockRequest(ACCOUNT, null, null, reason));
    }
  }

  private static String name() {
    return "risk-admin/" + Build.version();
  }

  /** Opens the trader's screen in this terminal; returns when it is left. */
  public int showScreen() throws CommandException, InterruptedException {
    List<String> command = new ArrayList<>();
    String root = System.getenv("RISK_ROOT");
    if (root == null) {
      throw new CommandException("start the demonstration with bin/risk-admin, or use --headless");
    }
    command.add(Path.of(root, "bin", "risk-trader").toString());
    command.addAll(List.of("status", "--home", home.root().toString()));
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new CommandException("the trader's screen could not be opened: " + e.getMessage());
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
    try (AdminClient client = AdminClient.connectAdmin(home.adminSocket(), name(), PATIENCE)) {
      client.authenticate(password.clone());
      BackgroundEngine.awaitEnd(client.shutdown("the demonstration is over").pid());
    } catch (ControlException | CommandException e) {
      // It never came up, or is gone already: what is left to remove is removed all the same.
      System.err.println("risk-admin: the demo's engine: " + e.getMessage());
    } finally {
      Arrays.fill(password, '\0');
      venue.close();
      remove(home.root());
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
            public FileVisitResult postVisitDirectory(
                Path visited, @org.jspecify.annotations.Nullable IOException failure)
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
