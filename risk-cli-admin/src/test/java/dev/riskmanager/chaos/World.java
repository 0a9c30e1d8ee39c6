package dev.riskmanager.chaos;

import dev.riskmanager.daemon.app.Setup;
import dev.riskmanager.daemon.app.StartException;
import dev.riskmanager.e2e.EngineProcess;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.StatusView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A home, its engine as a process, and a record of what it says; the venue is another's. */
final class World implements AutoCloseable {
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Duration LEAST_BOUND = Duration.ofSeconds(5);
  private static final long SAMPLE_MILLIS = 100;

  private final HomeDir home;
  private final Timeline timeline = new Timeline();
  private final Optional<Path> clockFile;
  private final Thread monitor;
  private volatile @Nullable EngineProcess engine;
  private volatile int run;
  private volatile boolean closed;
  private Duration bound = LEAST_BOUND;

  private World(HomeDir home, Optional<Path> clockFile) {
    this.home = home;
    this.clockFile = clockFile;
    this.monitor = Thread.ofPlatform().daemon().name("monitor").unstarted(this::monitor);
  }

  /**
   * Makes a home; the engine is not started.
   *
   * @param watched accounts to protect
   * @param paused those of them with RULE-006 as well
   * @param fakeClock whether the machine's clock can be set for the engine
   */
  static World make(
      Path directory, VenueProcess venue, List<Long> watched, Set<Long> paused, boolean fakeClock)
      throws IOException, StartException {
    Files.createDirectories(directory);
    HomeDir home = new HomeDir(directory.resolve("home"));
    // The day must not end while it is being lost.
    String reset =
        LocalTime.ofInstant(now(), CHICAGO)
            .plusHours(12)
            .format(DateTimeFormatter.ofPattern("HH:mm"));
    Setup.initialise(
        home,
        new Setup.Choices(
            watched.getFirst(),
            "Chaos",
            "demo",
            "demo",
            Optional.of(venue.url()),
            "none",
            List.of(
                "general.reset_time=\"" + reset + "\"",
                "daily_realized_loss.enabled=true",
                "daily_realized_loss.limit=" + Ledger.LIMIT,
                "daily_realized_loss.reset_time=\"" + reset + "\"",
                "daily_realized_loss.timezone=America/Chicago")));
    accounts(home, watched, paused);
    Optional<Path> clockFile = Optional.empty();
    if (fakeClock) {
      clockFile = Optional.of(directory.resolve("clock"));
      Files.writeString(clockFile.get(), "+0");
    }
    return new World(home, clockFile);
  }

  private static void accounts(HomeDir home, List<Long> watched, Set<Long> paused)
      throws IOException {
    StringBuilder text =
        new StringBuilder("topstepx: {username: demo, api_key: demo}\naccounts:\n");
    for (long account : watched) {
      text.append("  - account_id: ").append(account).append('\n');
      if (paused.contains(account)) {
        text.append("    rules:\n      trade_frequency_limit:\n        enabled: true\n")
            .append("        limits: {per_minute: ")
            .append(Ledger.TRADES_A_MINUTE)
            .append(
                ", per_hour: 100000, per_session: 100000}\n"
                    + "        cooldown_on_breach: {enabled: true, per_minute_breach: ")
            .append(Ledger.PAUSE.toSeconds())
            .append("}\n");
      }
    }
    Files.writeString(home.accountsYaml(), text);
  }

  /** This machine's true time. */
  static Instant now() {
    return CLOCK.instant();
  }

  Timeline timeline() {
    return timeline;
  }

  /** Begins to ask the engine ever again what it says. */
  void watch() {
    monitor.start();
  }

  private void monitor() {
    while (!closed) {
      sample();
      try {
        Thread.sleep(SAMPLE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  Timeline.Sample sample() {
    EngineProcess asked = engine;
    int number = run;
    Instant before = now();
    StatusView status = asked == null ? null : asked.status();
    Timeline.Sample sample = new Timeline.Sample(before, now(), number, status);
    timeline.add(sample);
    return sample;
  }

  /**
   * Starts the engine for the first time and waits until it protects. A machine that is busy with
   * other things takes long for that, and is given as much more time for all that follows.
   */
  boolean firstStart() throws IOException, InterruptedException {
    Instant began = now();
    startEngine();
    boolean good = awaitProtecting(Duration.ofMinutes(3));
    Duration twice = Duration.between(began, now()).multipliedBy(2);
    bound = twice.compareTo(bound) > 0 ? twice : bound;
    return good;
  }

  /** What is forbidden is gone within that time. */
  Duration bound() {
    return bound;
  }

  /** Starts the engine; {@link #awaitProtecting} waits until it protects. */
  void startEngine() throws IOException {
    Map<String, String> environment =
        clockFile.isPresent() ? FakeClock.environment(clockFile.get()) : Map.of();
    run++;
    engine = EngineProcess.start(home, List.of("-XX:TieredStopAtLevel=1"), environment);
  }

  EngineProcess engine() {
    EngineProcess running = engine;
    if (running == null) {
      throw new IllegalStateException("the engine was not started");
    }
    return running;
  }

  void killEngine() {
    engine().kill();
  }

  /** Waits for an answer of the engine's. */
  boolean await(Duration patience, Predicate<Timeline.Sample> reached) throws InterruptedException {
    Instant end = now().plus(patience);
    while (now().isBefore(end)) {
      if (reached.test(sample())) {
        return true;
      }
      Thread.sleep(20);
    }
    return false;
  }

  boolean awaitProtecting(Duration patience) throws InterruptedException {
    return await(
        patience,
        s ->
            s.isHealthy()
                && s.status() != null
                && s.status().engine().state() == EngineState.PROTECTING);
  }

  boolean hasFakeClock() {
    return clockFile.isPresent();
  }

  /** Sets the engine's machine clock that far from the true time. */
  void stepClock(long seconds) throws IOException {
    Path file = clockFile.orElseThrow();
    Path next = file.resolveSibling("clock.next");
    Files.writeString(next, (seconds < 0 ? "" : "+") + seconds);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The newest lines of the engine's output, for a report. */
  List<String> lastLines(int count) {
    EngineProcess last = engine;
    if (last == null) {
      return List.of();
    }
    List<String> lines = last.output();
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }

  @Override
  public void close() throws IOException {
    closed = true;
    monitor.interrupt();
    if (engine != null) {
      engine().close();
    }
  }

  static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
