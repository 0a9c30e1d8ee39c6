package dev.riskmanager.trader.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.FakeEngine;
import dev.riskmanager.trader.Samples;
import dev.riskmanager.wire.StatusView;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A home, an engine in it, and what the program prints. */
final class World implements AutoCloseable {
  private final Path home;
  private final FakeEngine engine;
  private final Map<String, String> environment = new HashMap<>();
  private boolean terminal;

  /** What the monotonic clock of a running command is ahead of the machine's. */
  private final AtomicLong ahead = new AtomicLong();

  World(StatusView status) throws IOException {
    // Socket paths are short: not under the build directory.
    home = Files.createTempDirectory(Path.of("/tmp"), "rt");
    engine = new FakeEngine(home, status);
    environment.put("LANG", "C.UTF-8");
    environment.put("XDG_STATE_HOME", home.resolve("state").toString());
  }

  /** What a run printed and how it ended. */
  record Result(int code, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  FakeEngine engine() {
    return engine;
  }

  Path home() {
    return home;
  }

  World set(String name, String value) {
    environment.put(name, value);
    return this;
  }

  World onATerminal() {
    terminal = true;
    environment.put("TERM", "xterm-256color");
    environment.put("COLUMNS", "100");
    return this;
  }

  Result run(String... args) {
    return run(InstantSource.fixed(Samples.NOW), args);
  }

  Result run(InstantSource clock, String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.add("--home");
    all.add(home.toString());
    return runAsIs(clock, all.toArray(String[]::new));
  }

  Result runAsIs(InstantSource clock, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (PrintStream outStream = new PrintStream(out, false, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      int code =
          RiskTrader.run(
              new Console(outStream, errStream, terminal, environment, clock, System::nanoTime),
              args);
      outStream.flush();
      return new Result(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }

  /** Time passes for the commands that run. */
  void pass(Duration time) {
    ahead.addAndGet(time.toNanos());
  }

  /** A run that goes on by itself. */
  static final class Running {
    private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
    private final CompletableFuture<Result> end = new CompletableFuture<>();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** What it has complained about so far. */
    String complaints() {
      return err.toString(StandardCharsets.UTF_8);
    }

    /** The next line on standard output. */
    String line() throws InterruptedException {
      String line = out.poll(20, TimeUnit.SECONDS);
      assertThat(line).as("nothing more was printed").isNotNull();
      return line;
    }

    /** How it ended; its output are the lines not yet taken. */
    Result end() throws InterruptedException, ExecutionException, TimeoutException {
      return end.get(20, TimeUnit.SECONDS);
    }

    /** Takes lines as a pipe would: only what has been flushed arrives. */
    private final class Lines extends OutputStream {
      private final ByteArrayOutputStream line = new ByteArrayOutputStream();

      @Override
      public void write(int b) {
        if (b == '\n') {
          out.add(line.toString(StandardCharsets.UTF_8));
          line.reset();
        } else {
          line.write(b);
        }
      }
    }
  }

  /** Starts a run that ends when it wants to. */
  Running start(String... args) {
    Running running = new Running();
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.add("--home");
    all.add(home.toString());
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              PrintStream out =
                  new PrintStream(
                      new BufferedOutputStream(running.new Lines(), 1 << 13),
                      false,
                      StandardCharsets.UTF_8);
              Console console =
                  new Console(
                      out,
                      new PrintStream(running.err, true, StandardCharsets.UTF_8),
                      false,
                      environment,
                      InstantSource.fixed(Samples.NOW),
                      () -> System.nanoTime() + ahead.get());
              try {
                int code = RiskTrader.run(console, all.toArray(String[]::new));
                running.end.complete(
                    new Result(code, String.join("\n", running.out), running.complaints()));
              } catch (RuntimeException e) {
                running.end.completeExceptionally(e);
              }
            });
    return running;
  }

  @Override
  public void close() throws IOException {
    engine.close();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
