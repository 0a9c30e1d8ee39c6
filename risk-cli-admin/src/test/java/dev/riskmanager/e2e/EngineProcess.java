package dev.riskmanager.e2e;

import static org.awaitility.Awaitility.await;

import dev.riskmanager.daemon.app.RiskEngineMain;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.ViewClient;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The engine as a process of its own. Closing it kills it. */
public final class EngineProcess implements AutoCloseable {
  private static final String CLIENT = "e2e/1.0.0";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final HomeDir home;
  private final Path output;

  private EngineProcess(Process process, HomeDir home, Path output) {
    this.process = process;
    this.home = home;
    this.output = output;
  }

  /** Starts it on a home, with the options of {@code bin/risk-engine} that matter for time. */
  public static EngineProcess start(HomeDir home) throws IOException {
    return start(home, List.of("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=128m"));
  }

  /** Starts it on a home, with these options of the virtual machine. */
  public static EngineProcess start(HomeDir home, List<String> options) throws IOException {
    return start(home, options, Map.of());
  }

  /** The same with these variables in its environment. */
  public static EngineProcess start(
      HomeDir home, List<String> options, Map<String, String> environment) throws IOException {
    Path output = Files.createTempFile(home.root().resolve(".."), "engine", ".out");
    List<String> command =
        Programs.java(options, Programs.engineClassPath(), RiskEngineMain.class.getName());
    command.addAll(List.of("--home", home.root().toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new EngineProcess(builder.start(), home, output);
  }

  public HomeDir home() {
    return home;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** What it has printed so far, both streams. */
  public List<String> output() {
    try {
      return Programs.lines(output);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The lines on standard error that are for the user. */
  List<String> complaints() {
    return output().stream().filter(line -> line.startsWith("risk-engine: ")).toList();
  }

  /** What the view socket says; null while nobody answers there. */
  public @Nullable StatusView status() {
    try (ViewClient client = client()) {
      return client.status(OptionalLong.empty());
    } catch (ControlException e) {
      return null;
    }
  }

  ViewClient client() throws ControlException {
    return ViewClient.connect(home.viewSocket(), CLIENT, Duration.ofSeconds(10));
  }

  /** A connection to the admin socket, the password not yet given. */
  public AdminClient admin() throws ControlException {
    return AdminClient.connectAdmin(home.adminSocket(), CLIENT, Duration.ofSeconds(10));
  }

  /** Waits until the engine says so; fails early, with its output, when it has ended. */
  public StatusView awaitStatus(String what, Predicate<StatusView> reached) {
    try {
      return await(what)
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(10))
          .failFast("the engine ended", () -> !process.isAlive())
          .until(this::status, status -> status != null && reached.test(status));
    } catch (RuntimeException e) {
      throw new AssertionError(
          what + ": in vain; last status " + status() + "\n" + String.join("\n", output()), e);
    }
  }

  public StatusView awaitProtecting() {
    return awaitStatus("PROTECTING", s -> s.engine().state() == EngineState.PROTECTING);
  }

  /** Waits for a line of its output that contains this. */
  void awaitLine(String part) {
    await(part)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> output().stream().anyMatch(line -> line.contains(part)));
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until it has ended by itself. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the engine does not end:\n" + String.join("\n", output()));
    }
    return process.exitValue();
  }

  /** As {@code kill -9}. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
