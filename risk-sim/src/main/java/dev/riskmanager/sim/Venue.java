package dev.riskmanager.sim;

import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.knob.KnobException;
import io.javalin.util.JavalinBindException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The venue as a program: starts, says where it is, and runs until interrupted. */
public final class Venue {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_OPTIONS = 2;
  private static final String USAGE =
      "venue [--port N] [--account ID]... [--seed N] [--ledger FILE] [--knob NAME=VALUE]...";

  private Venue() {}

  /** The program by itself; {@code risk-admin venue} is the same with its own options. */
  public static void main(String[] args) {
    System.exit(run(List.of(args), System.out, System.err, InstantSource.system()));
  }

  /**
   * What the program starts with.
   *
   * @param port 0 for any free one
   * @param accounts account ids; empty for 13298777
   * @param seed of a random walk; empty for the recorded prices
   * @param ledger where the books are kept beyond the process; empty for nowhere
   * @param knobs each {@code NAME=VALUE}
   */
  public record Options(
      int port,
      List<Long> accounts,
      OptionalLong seed,
      Optional<Path> ledger,
      List<String> knobs) {}

  /**
   * Runs the venue; the first line on {@code out} is {@code {"url":"http://127.0.0.1:PORT"}}.
   *
   * @param args as in {@code --port 0 --account 13298777 --seed 7 --knob latency_ms=50}
   * @return exit code: 0 interrupted, 1 could not start, 2 wrong options; the reason on {@code err}
   */
  public static int run(List<String> args, PrintStream out, PrintStream err, InstantSource clock) {
    Options options;
    try {
      options = parse(args);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage() + "; usage: " + USAGE);
      return WRONG_OPTIONS;
    }
    return run(options, out, err, clock);
  }

  /** The same with options that were parsed elsewhere. */
  public static int run(Options options, PrintStream out, PrintStream err, InstantSource clock) {
    SimVenueBuilder builder = SimVenue.builder(clock).port(options.port());
    options.accounts().forEach(builder::account);
    if (options.seed().isPresent()) {
      builder.walk(options.seed().getAsLong());
    } else {
      builder.recordedPrices();
    }
    options.ledger().ifPresent(builder::ledger);
    options.knobs().forEach(builder::knob);
    SimVenue venue;
    try {
      venue = builder.start();
    } catch (KnobException e) {
      err.println(e.getMessage());
      return WRONG_OPTIONS;
    } catch (JavalinBindException e) {
      err.println(
          "port " + options.port() + " cannot be used; choose another with --port, or --port 0");
      return FAILED;
    }
    out.println(Json.write(Json.object().put("url", venue.url())));
    out.flush();
    return waitFor(venue);
  }

  private static int waitFor(SimVenue venue) {
    CountDownLatch stopped = new CountDownLatch(1);
    Thread hook =
        Thread.ofPlatform()
            .unstarted(
                () -> {
                  venue.close();
                  stopped.countDown();
                });
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Runtime.getRuntime().removeShutdownHook(hook);
      venue.close();
    }
    return DONE;
  }

  private static Options parse(List<String> args) {
    Deque<String> rest = new ArrayDeque<>(args);
    int port = 0;
    List<Long> accounts = new ArrayList<>();
    OptionalLong seed = OptionalLong.empty();
    Optional<Path> ledger = Optional.empty();
    List<String> knobs = new ArrayList<>();
    while (!rest.isEmpty()) {
      String option = rest.removeFirst();
      int equals = option.startsWith("--") ? option.indexOf('=') : -1;
      String name = equals < 0 ? option : option.substring(0, equals);
      if (!List.of("--port", "--account", "--seed", "--ledger", "--knob").contains(name)) {
        throw new IllegalArgumentException("unknown option " + name);
      }
      String value = equals < 0 ? rest.pollFirst() : option.substring(equals + 1);
      switch (name) {
        case "--port" -> port = (int) number(name, value, 0, 65_535);
        case "--account" -> accounts.add(number(name, value, 1, Integer.MAX_VALUE));
        case "--seed" ->
            seed = OptionalLong.of(number(name, value, Long.MIN_VALUE, Long.MAX_VALUE));
        case "--ledger" -> ledger = Optional.of(path(value));
        default -> knobs.add(value == null ? "" : value);
      }
    }
    return new Options(port, accounts, seed, ledger, knobs);
  }

  private static Path path(@Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("--ledger needs a file");
    }
    return Path.of(value);
  }

  private static long number(String name, @Nullable String value, long min, long max) {
    try {
      long n = Long.parseLong(value == null ? "" : value);
      if (n >= min && n <= max) {
        return n;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for everything that is not such a number.
    }
    throw new IllegalArgumentException(
        name + " needs a whole number from " + min + " to " + max + ", not " + value);
  }
}
