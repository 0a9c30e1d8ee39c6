package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.store.SqliteStore;
import dev.riskmanager.daemon.store.StoreSettings;
import dev.riskmanager.replay.Replay;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.ViewClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The promise of ADR 0004, tried with a real engine on a simulated venue: what was recorded live
 * replays to the decisions that were taken live. Those are read from the engine's database, which
 * the recording has nothing to do with.
 */
class LiveReplayTest {
  private static final long ACCOUNT = 13_298_777L;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Path directory;
  private SimVenue venue;
  private HomeDir home;

  @BeforeEach
  void stage() throws IOException, StartException {
    // Not below the build's directory: the path of a socket has a limit.
    directory = Files.createTempDirectory("rm-rec-");
    venue = SimVenue.builder(InstantSource.system()).account(ACCOUNT).instant().start();
    home = new HomeDir(directory.resolve("home"));
    VenueHome.initialise(
        home,
        venue,
        ACCOUNT,
        "daily_realized_loss.enabled=true",
        "daily_realized_loss.limit=-500",
        "daily_realized_loss.timezone=America/Chicago",
        "daily_unrealized_loss.enabled=true",
        "daily_unrealized_loss.limit=-50",
        "max_contracts.enabled=true",
        "max_contracts.limit=4",
        "max_contracts.close_all=false",
        "max_contracts.reduce_to_limit=true");
    Path engine = home.config().resolve("engine.yaml");
    Files.writeString(
        engine, Files.readString(engine).replace("  enabled: false", "  enabled: true"));
  }

  @AfterEach
  void strike() throws IOException {
    venue.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aRecordedDayReplaysToTheDecisionsTakenLive(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    EngineService first = engine();
    trade(random);
    lossOfAPosition();
    tooMany(random);
    first.stop("half of the day is over");
    // What happens while it is down is found by the second one's snapshot.
    venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal(-random.nextInt(50, 90)));
    EngineService second = engine();
    trade(random);
    breach();
    against(random);
    second.stop("a restart while locked");
    venue.trade(ACCOUNT, "MNQ", OrderSide.SELL, 1);
    EngineService third = engine();
    await(
        "the position opened while it was down is closed",
        status -> venue.positions(ACCOUNT).isEmpty());
    against(random);
    third.stop("the day is over");

    List<String> live = decidedLive();
    assertThat(String.join("\n", live))
        .as("the day has what it should have")
        .contains("\"decision\":\"lockout_set\",\"ruleId\":\"RULE-003\"")
        .contains("\"ruleId\":\"RULE-004\"")
        .contains("\"decision\":\"reduce_position\"")
        .contains("\"decision\":\"precheck_blocked\"")
        .contains("\"guard\":true");
    assertThat(replayed(Optional.of(home.config())))
        .as("seed %s, rules of the home", seed)
        .isEqualTo(live);
    assertThat(replayed(Optional.empty())).as("seed %s, recorded rules", seed).isEqualTo(live);
    assertThat(replayed(Optional.of(onlyRules()))).as("seed %s, rules alone", seed).isEqualTo(live);
  }

  @Test
  void aLossThatIsWonBackWhileTheEngineIsDownLocksAndReplays() throws Exception {
    // At the first start of all nobody has watched before: won back, it locks nothing.
    venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal("-700"));
    venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal("600"));
    EngineService first = engine();
    await("it is free", status -> !status.accounts().getFirst().locked());
    first.stop("the first start");
    venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal("-700"));
    venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal("600"));
    EngineService second = engine();
    await("it is locked", status -> status.accounts().getFirst().locked());
    second.stop("locked");

    List<String> live = decidedLive();
    assertThat(String.join("\n", live))
        .containsOnlyOnce("\"decision\":\"lockout_set\",\"ruleId\":\"RULE-003\"");
    assertThat(replayed(Optional.of(home.config()))).isEqualTo(live);
    assertThat(replayed(Optional.empty())).isEqualTo(live);
  }

  private Path onlyRules() throws IOException {
    Path alone = Files.createDirectory(directory.resolve("alone"));
    Files.copy(home.config().resolve("risk_config.yaml"), alone.resolve("risk_config.yaml"));
    return alone;
  }

  private EngineService engine() throws StartException, InterruptedException {
    HomePreparation.prepare(home);
    EngineService engine = VenueHome.engine(home);
    engine.start();
    await("the engine protects", status -> status.engine().state() == EngineState.PROTECTING);
    return engine;
  }

  /** Fills with small results, and the market moving meanwhile. */
  private void trade(SplittableRandom random) throws InterruptedException {
    int trips = random.nextInt(2, 5);
    for (int i = 0; i < trips; i++) {
      BigDecimal price = venue.quote("MNQ").last();
      BigDecimal better =
          price.add(new BigDecimal(random.nextInt(1, 8)).multiply(new BigDecimal("0.25")));
      OrderSide side = random.nextBoolean() ? OrderSide.BUY : OrderSide.SELL;
      venue.roundTrip(ACCOUNT, "MNQ", side, random.nextInt(1, 4), price, better);
      venue.price("MNQ", price.subtract(new BigDecimal("0.25")));
    }
    long trades = venue.trades(ACCOUNT).size();
    await("all fills are seen", status -> recorded("GatewayUserTrade") >= 1);
    assertThat(trades).isPositive();
  }

  /** A quote alone leads to a decision. */
  private void lossOfAPosition() throws InterruptedException {
    venue.trade(ACCOUNT, "MNQ", OrderSide.BUY, 2);
    await("the position is seen", status -> !status.accounts().getFirst().positions().isEmpty());
    await("quotes come", status -> recorded("GatewayQuote") >= 1 || moved());
    await(
        "the loss of the position is acted on",
        status -> {
          moved();
          return recordedText().contains("GatewayQuote") && venue.positions(ACCOUNT).isEmpty();
        });
  }

  /** The market falls a little. */
  private boolean moved() {
    venue.price("MNQ", venue.quote("MNQ").last().subtract(new BigDecimal("5")));
    return false;
  }

  private void tooMany(SplittableRandom random) throws InterruptedException {
    int size = random.nextInt(5, 8);
    venue.trade(ACCOUNT, "MNQ", OrderSide.BUY, size);
    await(
        "it is reduced",
        status ->
            venue.positions(ACCOUNT).stream().allMatch(position -> position.size() <= 4)
                && !venue.positions(ACCOUNT).isEmpty());
    venue.trade(ACCOUNT, "MNQ", OrderSide.SELL, 4);
  }

  private void breach() throws InterruptedException {
    venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal("-700"));
    await("the account is locked", status -> status.accounts().getFirst().locked());
  }

  /** The trader tries on, and is closed each time. */
  private void against(SplittableRandom random) throws InterruptedException {
    int tries = random.nextInt(1, 4);
    for (int i = 0; i < tries; i++) {
      int before = venue.trades(ACCOUNT).size();
      venue.trade(ACCOUNT, "MNQ", random.nextBoolean() ? OrderSide.BUY : OrderSide.SELL, 1 + i);
      await(
          "the attempt is undone",
          status ->
              venue.trades(ACCOUNT).size() >= before + 2 && venue.positions(ACCOUNT).isEmpty());
    }
  }

  private long recorded(String event) {
    return recordedText()
        .lines()
        .filter(line -> line.contains("\"event\":\"" + event + "\""))
        .count();
  }

  private String recordedText() {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(home.data().resolve("recordings"))) {
      for (Path file : files.sorted().toList()) {
        text.append(Files.readString(file));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return text.toString();
  }

  private void await(String what, Predicate<StatusView> condition) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        // Not up yet.
        .ignoreExceptionsInstanceOf(ControlException.class)
        .until(
            () -> {
              try (ViewClient client =
                  ViewClient.connect(home.viewSocket(), "test", Duration.ofSeconds(5))) {
                return condition.test(client.status(OptionalLong.of(ACCOUNT)));
              }
            });
  }

  /** The log of decisions in the database, in the order they were taken. */
  private List<String> decidedLive() throws Store.StoreException {
    List<String> lines = new ArrayList<>();
    try (SqliteStore store =
        SqliteStore.open(StoreSettings.in(home.data()), InstantSource.system().instant())) {
      for (Store.LogRow row : store.log(100_000, Optional.empty())) {
        if (row.json().contains("\"decision\":")) {
          lines.add(row.json());
        }
      }
    }
    return lines;
  }

  private List<String> replayed(Optional<Path> config) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Replay.run(
            new Replay.Options(
                config,
                List.of(home.data().resolve("recordings").toString()),
                Map.of(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                false,
                false),
            new ByteArrayInputStream(new byte[0]),
            new PrintWriter(out),
            new PrintWriter(err));
    assertThat(code).as("%s", err).isZero();
    assertThat(err.toString()).doesNotContain("left out");
    return out.toString().lines().toList();
  }
}
