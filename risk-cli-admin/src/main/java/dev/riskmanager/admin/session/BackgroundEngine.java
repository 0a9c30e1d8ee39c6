package dev.riskmanager.admin.session;

import dev.riskmanager.daemon.app.Build;
import dev.riskmanager.daemon.app.RiskEngineMain;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.GatewayState;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.ViewClient;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The engine as a process of its own. */
public final class BackgroundEngine {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long LOOK_EVERY_MILLIS = 50;
  private static final int SHOWN = 12;

  /** A first reading that takes longer comes from a venue that is not well: that is an answer. */
  private static final Duration READING = Duration.ofSeconds(5);

  private final HomeDir home;
  private volatile @Nullable Process started;

  public BackgroundEngine(HomeDir home) {
    this.home = home;
  }

  /**
   * Starts it and waits until it says how it is, at most 30 s.
   *
   * @param progress told what is waited for
   * @throws CommandException when it runs already or ends at once, with its own words
   */
  public StatusView start(PrintWriter progress) throws CommandException {
    if (status() != null) {
      throw new CommandException("the engine runs already; use `risk-admin engine restart`");
    }
    Path output = home.root().resolve("logs").resolve("engine.out");
    Process process;
    try {
      Files.createDirectories(home.root().resolve("logs"));
      ProcessBuilder builder =
          new ProcessBuilder(command())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectOutput(output.toFile());
      // It is no part of the service that this may have been started from.
      builder.environment().remove("NOTIFY_SOCKET");
      process = builder.start();
      started = process;
    } catch (IOException e) {
      throw new CommandException("the engine could not be started: " + e.getMessage());
    }
    progress.println("Starting the engine for " + home.root() + " ...");
    return await(process, output, progress);
  }

  private StatusView await(Process process, Path output, PrintWriter progress)
      throws CommandException {
    long began = System.nanoTime();
    long deadline = began + PATIENCE.toNanos();
    StatusView last = null;
    try {
      while (System.nanoTime() < deadline) {
        if (process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new CommandException(tail(output), CommandException.FAILED);
        }
        last = status();
        boolean patient = System.nanoTime() - began < READING.toNanos();
        if (last != null && isAnswer(last, patient)) {
          return last;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(
          "interrupted while the engine starts; `risk-admin engine status` says whether it runs");
    }
    if (last == null) {
      throw new CommandException("the engine does not answer; see " + output);
    }
    progress.println("It is still starting; `risk-admin engine status` tells more.");
    return last;
  }

  /**
   * Whether a state is what the start has come to. One that stops is about to end, and then says
   * why. What the venue lists may still end it, too: a handicap says nothing before the first
   * reading, for which one is patient.
   */
  static boolean isAnswer(StatusView status, boolean patient) {
    return switch (status.engine().state()) {
      case STARTING, STOPPING -> false;
      case DEGRADED -> !patient || status.gateway().state() != GatewayState.CONNECTING;
      default -> true;
    };
  }

  /**
   * Ends what {@link #start} has started, however far it has come: for one on a home that is about
   * to be removed.
   */
  public void kill() {
    Process process = started;
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  /** What it said last: the reason why it ended. */
  private static List<String> tail(Path output) {
    try {
      List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
      List<String> own =
          lines.stream()
              .filter(line -> line.startsWith("risk-engine: "))
              .map(line -> line.substring("risk-engine: ".length()))
              .toList();
      return own.isEmpty()
          ? List.copyOf(lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()))
          : own;
    } catch (IOException e) {
      return List.of("the engine ended at once; its output could not be read from " + output);
    }
  }

  private @Nullable StatusView status() {
    try (ViewClient client =
        ViewClient.connect(
            home.viewSocket(), "risk-admin/" + Build.version(), Duration.ofSeconds(2))) {
      return client.status(OptionalLong.empty());
    } catch (ControlException e) {
      return null;
    }
  }

  /** In a session of its own, so that closing the terminal does not end it. */
  private List<String> command() {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      command.add("/usr/bin/setsid");
    }
    String root = System.getenv("RISK_ROOT");
    Path launcher = Path.of(root == null ? "" : root, "bin", "risk-engine");
    if (root != null && Files.isExecutable(launcher)) {
      command.add(launcher.toString());
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
      command.add(System.getProperty("java.class.path"));
      command.add(RiskEngineMain.class.getName());
    }
    command.addAll(List.of("--home", home.root().toString()));
    return command;
  }

  /** Waits until the process has ended, at most 30 s. */
  public static void awaitEnd(long pid) throws CommandException {
    ProcessHandle handle = ProcessHandle.of(pid).orElse(null);
    if (handle == null) {
      return;
    }
    try {
      handle.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new CommandException("the engine (pid " + pid + ") has not ended within 30 s");
    }
  }
}
