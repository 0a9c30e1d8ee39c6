package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.wire.HomeDir;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * The whole engine, started on a machine whose clock was set while it was down, against a venue
 * that knows what time it is.
 */
@Timeout(120)
class ClockAtStartTest {
  private static final long ACCOUNT = 501;
  private static final String ACTIVE = "Risk Manager ACTIVE";
  private static final Duration TWO_DAYS = Duration.ofDays(2);

  private final Said said = new Said();
  private volatile Duration machineOff = Duration.ZERO;
  private final InstantSource machine = () -> Instant.now().plus(machineOff);
  private Path directory = Path.of("");
  private SimVenue venue =
      SimVenue.builder(InstantSource.system()).account(ACCOUNT).instant().start();
  private @Nullable EngineService running;

  /** What the engine logs. */
  private static final class Said extends AppenderBase<ILoggingEvent> {
    private final List<String> lines = new ArrayList<>();

    @Override
    protected synchronized void append(ILoggingEvent event) {
      lines.add(event.getFormattedMessage());
      notifyAll();
    }

    /** The first line with that text, once there is one. */
    synchronized String await(String text) throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (true) {
        Optional<String> found = lines.stream().filter(line -> line.contains(text)).findFirst();
        if (found.isPresent()) {
          return found.get();
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("never said: " + text + "; but " + lines);
        }
        wait(left);
      }
    }

    synchronized boolean has(String text) {
      return lines.stream().anyMatch(line -> line.contains(text));
    }

    synchronized void forget() {
      lines.clear();
    }
  }

  @BeforeEach
  void setUp() throws Exception {
    said.addFilter(new LogFiles.NoRehearsal());
    said.start();
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(said);
    directory = Files.createTempDirectory("rm-clock-");
    VenueHome.initialise(home(), venue, ACCOUNT);
  }

  @AfterEach
  void tearDown() throws Exception {
    stop();
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(said);
    venue.close();
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private HomeDir home() {
    return new HomeDir(directory.resolve("home"));
  }

  private EngineService start() throws Exception {
    HomePreparation.prepare(home());
    EngineService service =
        new EngineService(home(), Map.of(), new EngineClock(machine, System::nanoTime));
    running = service;
    service.start();
    return service;
  }

  private void stop() {
    EngineService service = running;
    running = null;
    if (service != null) {
      service.stop("test");
    }
  }

  /** A day that ended with a loss: locked until the reset, less than 24 hours ahead. */
  private void lockedAndStopped() throws Exception {
    start();
    said.await(ACTIVE);
    venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal("-600"));
    said.await("locked until");
    stop();
    said.forget();
  }

  @Test
  void aLockoutIsNotEndedByAClockThatWasSetOnWhileTheEngineWasDown() throws Exception {
    lockedAndStopped();
    machineOff = TWO_DAYS;

    start();
    said.await(ACTIVE);
    // The machine says that the lockout is long over; the guard still acts on it.
    venue.trade(ACCOUNT, "MNQ", OrderSide.BUY, 1);
    said.await("FLAT: proven");

    assertThat(venue.positions(ACCOUNT)).isEmpty();
    assertThat(said.has("STARTUP STATE: 1 active lockout")).isTrue();
    assertThat(said.await("Clock: ")).contains("48 h 0 min ahead of the venue's");
    assertThat(said.has("unlocked (")).isFalse();
  }

  @Test
  void aLockoutIsOverWhenTheVenueConfirmsThatItsTimeHasPassed() throws Exception {
    lockedAndStopped();
    machineOff = TWO_DAYS;
    venue.knob("clock_skew", TWO_DAYS.toSeconds());

    start();
    said.await(ACTIVE);

    assertThat(said.has("STARTUP STATE: No active lockouts")).isTrue();
    assertThat(said.has("Clock: ")).isFalse();
  }

  @Test
  void aFirstStartUnderAClockThatIsAheadIsRefused() {
    machineOff = Duration.ofHours(1);
    assertThatThrownBy(
            () -> {
              // At once, or when a venue that is slow has answered.
              EngineService service = start();
              service.awaitEnd();
            })
        .isInstanceOf(StartException.class)
        .hasMessageContaining("ahead of the venue's")
        .hasMessageContaining("set the machine's clock right");
  }
}
