package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.wire.BalanceState;
import dev.riskmanager.wire.BalanceView;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.ViewClient;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The balance of the simulated venue's ledger against what the engine sums up from its trades. */
class BalanceTest {
  private static final long ACCOUNT = 13_298_777L;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final BalanceCheck.Patience SHORT =
      new BalanceCheck.Patience(Duration.ofMillis(200), Duration.ofSeconds(3));

  private Path directory;
  private SimVenue venue;
  private HomeDir home;
  private EngineService engine;

  @BeforeEach
  void start() throws IOException, StartException {
    // Not below the build's directory: the path of a socket has a limit.
    directory = Files.createTempDirectory("rm-bal-");
    venue = SimVenue.builder(InstantSource.system()).account(ACCOUNT).instant().start();
    home = new HomeDir(directory.resolve("home"));
    VenueHome.initialise(
        home,
        venue,
        ACCOUNT,
        "daily_realized_loss.enabled=true",
        "daily_realized_loss.limit=-5000");
    engine = engine();
  }

  private EngineService engine() throws StartException {
    HomePreparation.prepare(home);
    EngineService service =
        new EngineService(
            home, Map.of(), new EngineClock(InstantSource.system(), System::nanoTime), SHORT);
    service.start();
    await(
        "the balance is known",
        status -> status.accounts().getFirst().pnl().balanceCheck() != null);
    return service;
  }

  @AfterEach
  void stop() throws IOException {
    engine.stop("the test is over");
    venue.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void whatWasTradedIsWhatTheBalanceMovedBy() {
    BigDecimal price = venue.quote("MNQ").last();
    venue.roundTrip(
        ACCOUNT, "MNQ", OrderSide.BUY, 2, price, price.subtract(new BigDecimal("12.25")));
    venue.roundTrip(
        ACCOUNT, "ES", OrderSide.SELL, 1, new BigDecimal("6000"), new BigDecimal("5990"));
    String ledger = venue.account(ACCOUNT).balance().setScale(2).toPlainString();

    StatusView status =
        await(
            "all four fills are seen",
            s ->
                s.accounts().getFirst().pnl().trades() == 4
                    && check(s).balance().equals(ledger)
                    && check(s).state() == BalanceState.AGREES);

    assertThat(check(status).expected()).isEqualTo(ledger);
    assertThat(check(status).difference()).isEqualTo("0.00");
    assertThat(check(status).computed()).isEqualTo(status.accounts().getFirst().pnl().realized());
  }

  @Test
  void aLossWhoseEventWasLostIsFoundThroughTheBalance() {
    venue.knob("drop_events", "GatewayUserTrade");
    venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal("-700"));

    StatusView status =
        await(
            "the loss is found",
            s ->
                s.accounts().getFirst().pnl().trades() == 1
                    && check(s).state() == BalanceState.AGREES);

    assertThat(
            new BigDecimal(Objects.requireNonNull(status.accounts().getFirst().pnl().realized())))
        .isLessThanOrEqualTo(new BigDecimal("-700"));
  }

  @Test
  void aDepositIsTheNewBaseAndNoProblem() {
    venue.adjustBalance(ACCOUNT, new BigDecimal("1234.56"));

    await("it is seen", s -> check(s).state() == BalanceState.CHECKING);
    StatusView status = await("it is the base", s -> check(s).base().equals("51234.56"));

    assertThat(check(status).state()).isEqualTo(BalanceState.AGREES);
    assertThat(status.engine().problems()).isEmpty();
  }

  @Test
  void aMismatchIsShownWithBothNumbersOverARestartUntilItIsGone() throws Exception {
    venue.halfTurn(ACCOUNT, "MNQ", OrderSide.SELL, 1, null, new BigDecimal("-100"), BigDecimal.ONE);
    venue.adjustBalance(ACCOUNT, new BigDecimal("-2.50"));

    assertShown(await("it is said", s -> s.engine().state() == EngineState.DEGRADED));
    engine.stop("to start it again");
    engine = engine();
    assertShown(await("it is said again", s -> s.engine().state() == EngineState.DEGRADED));

    venue.adjustBalance(ACCOUNT, new BigDecimal("2.50"));
    await("it is over", s -> s.engine().state() == EngineState.PROTECTING);
  }

  private static void assertShown(StatusView status) {
    assertThat(check(status).state()).isEqualTo(BalanceState.MISMATCH);
    assertThat(check(status).expected()).isEqualTo("49899.00");
    assertThat(check(status).balance()).isEqualTo("49896.50");
    assertThat(status.engine().problems())
        .singleElement()
        .asString()
        .contains("$49896.50", "$49899.00", "difference $-2.50");
  }

  private static BalanceView check(StatusView status) {
    return Objects.requireNonNull(status.accounts().getFirst().pnl().balanceCheck());
  }

  private StatusView await(String what, Predicate<StatusView> condition) {
    StatusView[] last = new StatusView[1];
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        // Not up yet.
        .ignoreExceptionsInstanceOf(ControlException.class)
        .until(
            () -> {
              try (ViewClient client =
                  ViewClient.connect(home.viewSocket(), "test", Duration.ofSeconds(5))) {
                last[0] = client.status(OptionalLong.of(ACCOUNT));
                return condition.test(last[0]);
              }
            });
    return last[0];
  }
}
