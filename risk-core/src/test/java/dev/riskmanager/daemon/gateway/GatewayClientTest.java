package dev.riskmanager.daemon.gateway;

import static dev.riskmanager.daemon.gateway.Heard.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.RequestAllowance;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.event.RiskEvent.AccountReported;
import dev.riskmanager.domain.event.RiskEvent.ContractsListed;
import dev.riskmanager.domain.event.RiskEvent.Disconnected;
import dev.riskmanager.domain.event.RiskEvent.MarketTraded;
import dev.riskmanager.domain.event.RiskEvent.OrderReported;
import dev.riskmanager.domain.event.RiskEvent.PositionReported;
import dev.riskmanager.domain.event.RiskEvent.QuoteReported;
import dev.riskmanager.domain.event.RiskEvent.Reconnected;
import dev.riskmanager.domain.event.RiskEvent.SnapshotTaken;
import dev.riskmanager.domain.event.RiskEvent.TradeReported;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderRequest;
import dev.riskmanager.sim.exchange.OrderSide;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole client against the simulated venue, over real sockets. */
class GatewayClientTest {
  private static final AccountId ACCOUNT = new AccountId(13298777);
  private static final long ID = ACCOUNT.value();
  private static final ContractId MNQ = new ContractId("CON.F.US.MNQ.U26");
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  private final InstantSource clock = InstantSource.system();
  private final Heard heard = new Heard();
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private SimVenue sim;
  private GatewayClient client;

  @BeforeEach
  void venue() {
    sim = SimVenue.builder(clock).instant().start();
    client = client(settings(), "demo");
  }

  @AfterEach
  void stop() {
    client.close();
    sim.close();
    scheduler.shutdownNow();
  }

  private GatewaySettings settings() {
    List<Duration> delays = List.of(Duration.ofMillis(20), Duration.ofMillis(100));
    return GatewaySettings.at(java.net.URI.create(sim.url())).withReconnect(delays, 200);
  }

  private GatewayClient client(GatewaySettings settings, String apiKey) {
    return new GatewayClient(
        settings, new Credentials("demo", apiKey), clock, scheduler, new SplittableRandom(1));
  }

  private void start() {
    client.start(List.of(ACCOUNT), account -> LONG_AGO, RequestAllowance.UNLIMITED, heard, heard);
    heard.nth(1, SnapshotTaken.class);
    until(() -> client.status().state() == GatewayStatus.State.CONNECTED);
  }

  private static BigDecimal dec(String value) {
    return new BigDecimal(value);
  }

  @Test
  void startsWithContractsAndASnapshotOfEverything() {
    sim.tradeAt(ID, "MNQ", OrderSide.BUY, 2, dec("29547.25"));
    sim.order(OrderRequest.stop(ID, MNQ.value(), OrderSide.SELL, 2, dec("29500.5")));
    start();
    assertThat(heard.events().getFirst()).isInstanceOf(ContractsListed.class);
    SnapshotTaken snapshot = heard.nth(1, SnapshotTaken.class);
    assertThat(snapshot.reconciliation()).isFalse();
    assertThat(snapshot.accounts().orElseThrow())
        .singleElement()
        .satisfies(row -> assertThat(row.canTrade()).isTrue());
    assertThat(snapshot.positions().orElseThrow())
        .singleElement()
        .satisfies(
            position -> {
              assertThat(position.signedSize()).isEqualTo(2);
              assertThat(position.averagePrice()).isEqualTo(Price.of("29547.25"));
            });
    assertThat(snapshot.orders().orElseThrow())
        .singleElement()
        .satisfies(order -> assertThat(order.stopPrice()).contains(Price.of("29500.5")));
    assertThat(snapshot.trades().orElseThrow())
        .singleElement()
        .satisfies(trade -> assertThat(trade.price()).isEqualTo(Price.of("29547.25")));
    assertThat(client.status().problems()).isEmpty();
    assertThat(heard.of(Disconnected.class)).isEmpty();
  }

  @Test
  void onlyTradesSinceTheTimeAskedForAreInTheSnapshot() {
    sim.tradeAt(ID, "MNQ", OrderSide.BUY, 2, dec("29547.25"));
    Instant later = Instant.now().plusSeconds(60);
    client.start(List.of(ACCOUNT), account -> later, RequestAllowance.UNLIMITED, heard, heard);
    assertThat(heard.nth(1, SnapshotTaken.class).trades()).contains(List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrapped", "flat", "array", "spread"})
  void aTradeIsHeardInEveryShapeOfPayload(String shape) {
    sim.knob("payload", shape);
    sim.knob("string_ids", shape.equals("flat"));
    start();
    sim.tradeAt(ID, "MNQ", OrderSide.SELL, 3, dec("29547.25"));
    Trade trade = heard.nth(1, TradeReported.class).trade();
    assertThat(trade.price()).isEqualTo(Price.of("29547.25"));
    assertThat(trade.size()).isEqualTo(3);
    assertThat(trade.profitAndLoss()).isEmpty();
    PositionReported position = heard.nth(1, PositionReported.class);
    assertThat(position.position().orElseThrow().signedSize()).isEqualTo(-3);
    assertThat(heard.nth(1, OrderReported.class, o -> o.order().status() == OrderStatus.FILLED))
        .isNotNull();
    assertThat(heard.nth(1, AccountReported.class).row().id()).isEqualTo(ACCOUNT);
    assertThat(heard.unusable).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"coalesce", "split"})
  void framesMayHoldSeveralRecordsOrBeSplit(String frames) {
    sim.knob("frames", frames);
    start();
    sim.roundTrip(ID, "MNQ", OrderSide.BUY, 1, dec("29500.25"), dec("29503.5"));
    Trade closing = heard.nth(2, TradeReported.class).trade();
    assertThat(closing.profitAndLoss()).contains(Money.of("6.5"));
    assertThat(heard.nth(1, PositionReported.class, p -> p.position().isEmpty()).contract())
        .isEqualTo(MNQ);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zero", "null", "absent"})
  void theResultOfASubscriptionDoesNotMatter(String completion) {
    sim.knob("completion", completion);
    start();
    sim.halfTurn(ID, "MNQ", dec("-170.50"));
    assertThat(heard.nth(1, TradeReported.class).trade().profitAndLoss())
        .contains(Money.of("-170.50"));
  }

  @Test
  void smallestTicksArriveExactly() {
    start();
    sim.tradeAt(ID, "6J", OrderSide.BUY, 1, dec("0.0067005"));
    assertThat(heard.nth(1, TradeReported.class).trade().price()).isEqualTo(new Price(6_700_500));
  }

  @Test
  void eventsCarryTheTimeOfTheirArrival() {
    start();
    Instant before = clock.instant();
    sim.halfTurn(ID, "MNQ", dec("-1"));
    TradeReported event = heard.nth(1, TradeReported.class);
    assertThat(heard.arrivals().get(heard.indexOf(event))).isBetween(before, clock.instant());
  }

  @Test
  void aDroppedHubIsReconnectedWithANewTokenAndReconciled() {
    sim.tradeAt(ID, "MNQ", OrderSide.BUY, 2, dec("29500"));
    start();
    int logins = sim.requests("Auth/loginKey").size();
    // Nothing gets through until the trade in the gap is done.
    sim.knob("refuse_hubs", true);
    sim.knob("drop_hubs", true);
    Disconnected lost = heard.nth(1, Disconnected.class);
    assertThat(client.status().state()).isNotEqualTo(GatewayStatus.State.CONNECTED);
    sim.tradeAt(ID, "MNQ", OrderSide.SELL, 2, dec("29480"));
    sim.knob("refuse_hubs", null);
    Reconnected back = heard.nth(1, Reconnected.class);
    SnapshotTaken second = heard.nth(2, SnapshotTaken.class);
    assertThat(second.reconciliation()).isTrue();
    assertThat(second.positions()).contains(List.of());
    assertThat(second.trades().orElseThrow()).hasSize(2);
    assertThat(heard.indexOf(lost)).isLessThan(heard.indexOf(second));
    assertThat(heard.indexOf(back)).isLessThan(heard.indexOf(second));
    assertThat(sim.requests("Auth/loginKey").size()).isGreaterThan(logins);
    GatewayStatus status = client.status();
    assertThat(status.state()).isEqualTo(GatewayStatus.State.CONNECTED);
    assertThat(status.reconnects()).isEqualTo(1);
    assertThat(status.blindWindows())
        .singleElement()
        .satisfies(
            window -> {
              assertThat(window.reason()).isEqualTo(lost.reason());
              assertThat(window.to().orElseThrow()).isAfter(window.from());
            });
    sim.halfTurn(ID, "MNQ", dec("-3"));
    assertThat(heard.nth(1, TradeReported.class).trade().gross()).isEqualTo(Money.of("-3"));
  }

  @Test
  void subscriptionsAreMadeOnceAConnection() {
    start();
    sim.knob("drop_hubs", true);
    heard.nth(1, Reconnected.class);
    sim.halfTurn(ID, "MNQ", dec("-3"));
    sim.halfTurn(ID, "MNQ", dec("-4"));
    heard.nth(1, TradeReported.class, event -> event.trade().gross().equals(Money.of("-4")));
    assertThat(heard.of(TradeReported.class)).hasSize(2);
  }

  @Test
  void gatewayLogoutMeansANewLoginAndAReconciliation() {
    start();
    sim.knob("logout_hubs", "user");
    assertThat(heard.nth(1, Disconnected.class).reason()).contains("GatewayLogout");
    heard.nth(1, Reconnected.class);
    sim.halfTurn(ID, "MNQ", dec("-5"));
    assertThat(heard.nth(1, TradeReported.class).trade().gross()).isEqualTo(Money.of("-5"));
  }

  @Test
  void aFightForTheSessionIsSaid() {
    start();
    for (int i = 1; i <= 3; i++) {
      sim.knob("logout_hubs", "user");
      heard.nth(i, Reconnected.class);
    }
    assertThat(client.status().problems())
        .anySatisfy(text -> assertThat(text).contains("another program or platform window"));
  }

  @Test
  void aSilentHubIsGivenUp() {
    client.close();
    client =
        client(
            settings()
                .withLiveness(
                    Duration.ofMillis(300),
                    Duration.ofMillis(1200),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(60)),
            "demo");
    sim.knob("ping_ms", 200);
    start();
    sim.knob("silent_hubs", true);
    assertThat(heard.nth(1, Disconnected.class).reason()).contains("nothing heard for");
    sim.halfTurn(ID, "MNQ", dec("-6"));
    sim.knob("silent_hubs", null);
    heard.nth(1, Reconnected.class);
    assertThat(heard.nth(2, SnapshotTaken.class).trades().orElseThrow())
        .extracting(Trade::gross)
        .containsExactly(Money.of("-6"));
  }

  @Test
  void pingsAloneKeepAQuietHubAlive() {
    client.close();
    client =
        client(
            settings()
                .withLiveness(
                    Duration.ofMillis(300),
                    Duration.ofMillis(1000),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(60)),
            "demo");
    sim.knob("ping_ms", 200);
    start();
    Instant started = clock.instant();
    until(() -> client.status().lastEventAt().orElseThrow().isAfter(started.plusMillis(2200)));
    assertThat(heard.of(Disconnected.class)).isEmpty();
  }

  @Test
  void eventsHeardWhileTheSnapshotIsReadFollowIt() {
    sim.knob("latency_ms", 400);
    client.start(List.of(ACCOUNT), account -> LONG_AGO, RequestAllowance.UNLIMITED, heard, heard);
    // The hub is subscribed when its first event is let through to nobody yet: read requests run.
    until(() -> !sim.requests("Position/searchOpen").isEmpty());
    sim.halfTurn(ID, "MNQ", dec("-7"));
    TradeReported trade = heard.nth(1, TradeReported.class);
    SnapshotTaken snapshot = heard.nth(1, SnapshotTaken.class);
    assertThat(heard.indexOf(snapshot)).isLessThan(heard.indexOf(trade));
  }

  @Test
  void whatIsHeardIsNotHeldBackWhileTheStateCannotBeRead() {
    sim.knob("status", Map.of("op", "Position/searchOpen", "code", 500, "times", 3));
    client.start(List.of(ACCOUNT), account -> LONG_AGO, RequestAllowance.UNLIMITED, heard, heard);
    until(() -> client.status().problems().stream().anyMatch(text -> text.contains("HTTP 500")));
    sim.halfTurn(ID, "MNQ", dec("-8"));
    heard.nth(1, TradeReported.class);
    heard.nth(1, SnapshotTaken.class);
    until(() -> client.status().problems().isEmpty());
    assertThat(client.status().state()).isEqualTo(GatewayStatus.State.CONNECTED);
  }

  @Test
  void marketDataComesForContractsHeldAndForNoOthers() {
    start();
    client.holdMarketData(Set.of(MNQ));
    BigDecimal tick = dec("0.25");
    AtomicReference<BigDecimal> moving = new AtomicReference<>(dec("29400"));
    until(
        () -> {
          sim.price("MNQ", moving.accumulateAndGet(tick, BigDecimal::add));
          sim.price("ES", dec("6500.25"));
          return mnqTrades() > 0 && !heard.of(QuoteReported.class).isEmpty();
        });
    sim.price("MNQ", dec("29510.25"));
    heard.nth(1, QuoteReported.class, q -> q.last().equals(Optional.of(Price.of("29510.25"))));
    heard.nth(1, MarketTraded.class, trade -> trade.price().equals(Price.of("29510.25")));
    assertThat(heard.of(QuoteReported.class)).allMatch(quote -> quote.contract().equals(MNQ));
    ContractId es = new ContractId("CON.F.US.EP.U26");
    client.holdMarketData(Set.of(es));
    until(
        () -> {
          sim.price("ES", dec("6501.25"));
          return heard.of(MarketTraded.class).stream().anyMatch(t -> t.contract().equals(es));
        });
    // The old subscription ends a moment after the new one began; then nothing comes any more.
    AtomicReference<BigDecimal> other = new AtomicReference<>(dec("6510"));
    until(
        () -> {
          int before = mnqTrades();
          sim.price("MNQ", moving.accumulateAndGet(tick, BigDecimal::add));
          BigDecimal sign = other.accumulateAndGet(tick, BigDecimal::add);
          sim.price("ES", sign);
          heard.nth(
              1, MarketTraded.class, trade -> trade.price().equals(Price.of(sign.toPlainString())));
          return mnqTrades() == before;
        });
    int last = mnqTrades();
    sim.price("MNQ", dec("29911.25"));
    sim.price("ES", dec("6702.75"));
    heard.nth(1, MarketTraded.class, trade -> trade.price().equals(Price.of("6702.75")));
    assertThat(mnqTrades()).isEqualTo(last);
  }

  private int mnqTrades() {
    return (int)
        heard.of(MarketTraded.class).stream().filter(t -> t.contract().equals(MNQ)).count();
  }

  @Test
  void theMarketHubComesBackAloneAndSubscribed() {
    start();
    client.holdMarketData(Set.of(MNQ));
    until(
        () -> {
          sim.price("MNQ", dec("29510.25"));
          return mnqTrades() > 0;
        });
    sim.knob("drop_hubs", "market");
    until(
        () -> {
          sim.price("MNQ", dec("29999.75"));
          return heard.of(MarketTraded.class).stream()
              .anyMatch(trade -> trade.price().equals(Price.of("29999.75")));
        });
    assertThat(heard.of(Disconnected.class)).isEmpty();
    assertThat(client.status().state()).isEqualTo(GatewayStatus.State.CONNECTED);
    until(() -> client.status().problems().isEmpty());
  }

  @Test
  void aRefusedMarketHubLeavesTheAccountsAlone() {
    sim.knob("refuse_hubs", "market");
    start();
    sim.halfTurn(ID, "MNQ", dec("-9"));
    heard.nth(1, TradeReported.class);
    until(
        () ->
            client.status().problems().stream()
                .anyMatch(text -> text.contains("market data hub") && text.contains("401")));
    assertThat(client.status().state()).isEqualTo(GatewayStatus.State.CONNECTED);
  }

  @Test
  void aRejectedLoginIsToldWithWhatToDo() {
    client.close();
    client = client(settings(), "wrong-key");
    client.start(List.of(ACCOUNT), account -> LONG_AGO, RequestAllowance.UNLIMITED, heard, heard);
    until(() -> !heard.rejections.isEmpty());
    assertThat(heard.rejections.getFirst().code()).isEqualTo(3);
    assertThat(client.status().state()).isEqualTo(GatewayStatus.State.DISCONNECTED);
    assertThat(client.status().problems())
        .anySatisfy(text -> assertThat(text).contains("check topstepx.username"));
    assertThat(heard.events()).isEmpty();
  }

  @Test
  void anUnreachableVenueIsTriedUntilItIsThere() {
    GatewaySettings settings = settings();
    int port = sim.port();
    sim.close();
    client.close();
    client = client(settings, "demo");
    client.start(List.of(ACCOUNT), account -> LONG_AGO, RequestAllowance.UNLIMITED, heard, heard);
    until(() -> client.status().state() == GatewayStatus.State.DISCONNECTED);
    assertThat(client.status().problems())
        .anySatisfy(text -> assertThat(text).contains("check gateway.api_url and the network"));
    assertThat(heard.rejections).isEmpty();
    sim = SimVenue.builder(clock).instant().port(port).start();
    heard.nth(1, SnapshotTaken.class);
    until(() -> client.status().state() == GatewayStatus.State.CONNECTED);
    until(() -> client.status().problems().isEmpty());
  }

  @Test
  void anAccountTheVenueDoesNotListIsNamed() {
    AccountId other = new AccountId(4711);
    client.start(
        List.of(ACCOUNT, other), account -> LONG_AGO, RequestAllowance.UNLIMITED, heard, heard);
    until(() -> !heard.unlisted.isEmpty());
    assertThat(heard.unlisted).containsExactly(Set.of(other));
    assertThat(heard.nth(1, SnapshotTaken.class).accounts().orElseThrow())
        .extracting(row -> row.id())
        .containsExactly(ACCOUNT);
  }

  @Test
  void anAccountThatMayNotTradeIsFoundByThePollIfItsEventWasLost() {
    client.close();
    client =
        client(
            settings()
                .withLiveness(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(30),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(60)),
            "demo");
    start();
    sim.knob("drop_events", List.of("GatewayUserAccount"));
    sim.knob("can_trade", false);
    SnapshotTaken poll =
        heard.nth(
            1,
            SnapshotTaken.class,
            taken -> taken.accounts().orElseThrow().stream().anyMatch(row -> !row.canTrade()));
    assertThat(poll.positions()).isEmpty();
    assertThat(poll.trades()).isEmpty();
    assertThat(poll.reconciliation()).isFalse();
  }

  @Test
  void aContractThatIsNotListedIsKnownBeforeItsFirstPosition() {
    start();
    ContractId december = new ContractId("CON.F.US.EP.Z25");
    sim.trade(ID, december.value(), OrderSide.BUY, 1);
    PositionReported position = heard.nth(1, PositionReported.class);
    assertThat(position.contract()).isEqualTo(december);
    ContractsListed row =
        heard.nth(
            1,
            ContractsListed.class,
            listed -> listed.contracts().stream().anyMatch(c -> c.id().equals(december)));
    assertThat(heard.indexOf(row)).isLessThan(heard.indexOf(position));
    assertThat(row.contracts().getFirst().tickValue()).isEqualTo(Money.of("12.5"));
  }

  @Test
  void tokensAreRenewedBeforeTheyExpire() {
    client.close();
    client = client(settings().withTokenRefresh(Duration.ofSeconds(1)), "demo");
    start();
    until(() -> answered("Auth/validate").size() >= 2);
    assertThat(answered("Auth/validate")).allMatch(status -> status == 200);
    assertThat(heard.of(Disconnected.class)).isEmpty();
  }

  private List<Integer> answered(String operation) {
    return sim.requests(operation).stream()
        .flatMap(request -> Optional.ofNullable(request.status()).stream())
        .toList();
  }

  @Test
  void anExpiredTokenIsReplacedInTheMiddleOfAClose() {
    sim.tradeAt(ID, "MNQ", OrderSide.BUY, 1, dec("29500"));
    start();
    sim.revokeTokens();
    assertThat(client.venue().closePosition(ACCOUNT, MNQ)).isInstanceOf(VenueReply.Done.class);
    assertThat(sim.positions(ID)).isEmpty();
  }

  @Test
  void closedMeansNoConnectionAndNoThread() {
    start();
    client.holdMarketData(Set.of(MNQ));
    int before = heard.events().size();
    client.close();
    sim.halfTurn(ID, "MNQ", dec("-1"));
    until(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("hub-")));
    assertThat(heard.events().stream().skip(before).filter(TradeReported.class::isInstance))
        .isEmpty();
    assertThat(client.status().state()).isEqualTo(GatewayStatus.State.DISCONNECTED);
  }

  @Test
  void nothingSecretIsLogged() {
    try (ApiLog log = new ApiLog()) {
      client.close();
      client =
          new GatewayClient(
              settings(),
              new Credentials("demo", "a-very-secret-api-key"),
              clock,
              scheduler,
              new SplittableRandom(1));
      client.start(List.of(ACCOUNT), account -> LONG_AGO, RequestAllowance.UNLIMITED, heard, heard);
      until(() -> !heard.rejections.isEmpty());
      assertThat(log.api()).isNotEmpty();
      assertThat(String.join("\n", log.lines())).doesNotContain("secret-api");
    }
  }

  @Test
  void eventsOfOtherAccountsStayOut() {
    sim.close();
    sim = SimVenue.builder(clock).instant().account(ID).account(555).start();
    client = client(settings(), "demo");
    start();
    sim.knob("can_trade", false);
    heard.nth(1, AccountReported.class, event -> !event.row().canTrade());
    assertThat(heard.of(AccountReported.class))
        .extracting(RiskEvent.AccountScoped::account)
        .containsOnly(ACCOUNT);
  }

  @Test
  void aMarketHubThatSaysNothingWhileTheMarketIsOpenIsConnectedAnew() {
    client.close();
    client =
        client(
            settings()
                .withLiveness(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(1)),
            "demo");
    client.start(
        List.of(ACCOUNT),
        account -> LONG_AGO,
        RequestAllowance.UNLIMITED,
        heard,
        heard,
        at -> true);
    heard.nth(1, SnapshotTaken.class);
    sim.knob("drop_events", List.of("GatewayQuote", "GatewayTrade"));
    client.holdMarketData(Set.of(MNQ));
    until(() -> client.status().problems().stream().anyMatch(t -> t.contains("no market data")));
    sim.knob("drop_events", null);
    AtomicReference<BigDecimal> moving = new AtomicReference<>(dec("29400"));
    until(
        () -> {
          sim.price("MNQ", moving.accumulateAndGet(dec("0.25"), BigDecimal::add));
          return mnqTrades() > 0;
        });
    until(() -> client.status().problems().isEmpty());
    assertThat(heard.of(Disconnected.class)).isEmpty();
  }

  @Test
  void silenceIsNoProblemWhileTheMarketIsClosedOrNothingIsHeld() {
    client.close();
    client =
        client(
            settings()
                .withLiveness(
                    Duration.ofMillis(200),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(1)),
            "demo");
    sim.knob("ping_ms", 200);
    client.start(
        List.of(ACCOUNT),
        account -> LONG_AGO,
        RequestAllowance.UNLIMITED,
        heard,
        heard,
        at -> false);
    heard.nth(1, SnapshotTaken.class);
    client.holdMarketData(Set.of(MNQ));
    Instant started = clock.instant();
    until(() -> client.status().lastEventAt().orElseThrow().isAfter(started.plusMillis(2500)));
    assertThat(heard.statuses).noneMatch(s -> String.join("", s.problems()).contains("no market"));
  }

  @Test
  void connectionsThatBreakAtOnceAreTriedUntilOneHolds() {
    sim.knob("drop_hubs_after_ms", 1);
    client.start(List.of(ACCOUNT), account -> LONG_AGO, RequestAllowance.UNLIMITED, heard, heard);
    until(() -> client.status().state() == GatewayStatus.State.DISCONNECTED);
    sim.knob("drop_hubs_after_ms", null);
    until(() -> client.status().state() == GatewayStatus.State.CONNECTED);
    sim.halfTurn(ID, "MNQ", dec("-10"));
    heard.nth(1, TradeReported.class);
    assertThat(heard.of(TradeReported.class)).hasSize(1);
  }

  private void connectBy(InstantSource machine) {
    client.close();
    client =
        new GatewayClient(
            settings(),
            new Credentials("demo", "demo"),
            machine,
            scheduler,
            new SplittableRandom(1));
  }

  @Test
  void afterStandingStillEverythingIsReadAgain() {
    AtomicReference<Duration> slept = new AtomicReference<>(Duration.ZERO);
    connectBy(() -> Instant.now().plus(slept.get()));
    start();
    slept.set(Duration.ofSeconds(45));
    assertThat(heard.nth(1, Disconnected.class).reason()).contains("stood still");
    assertThat(heard.nth(2, SnapshotTaken.class).reconciliation()).isTrue();
    heard.nth(1, Reconnected.class);
  }

  /** What waits in the socket is read before the watch looks; it is no sign of life. */
  @Test
  void theBlindWindowOfAStandstillBeginsBeforeIt() {
    AtomicReference<Duration> slept = new AtomicReference<>(Duration.ZERO);
    connectBy(() -> Instant.now().plus(slept.get()));
    sim.knob("ping_ms", 20);
    start();
    Instant fellAsleep = Instant.now();
    // The watch has seen the connection alive.
    until(
        () ->
            Duration.between(fellAsleep, client.status().lastEventAt().orElseThrow()).toMillis()
                > 1500);
    slept.set(Duration.ofSeconds(45));
    Instant since = heard.nth(1, Disconnected.class).since().orElseThrow();
    assertThat(since).isBetween(fellAsleep, fellAsleep.plusSeconds(15));
    heard.nth(1, Reconnected.class);
    assertThat(client.status().blindWindows())
        .singleElement()
        .satisfies(
            window ->
                assertThat(Duration.between(window.from(), window.to().orElseThrow()))
                    .isBetween(Duration.ofSeconds(44), Duration.ofSeconds(60)));
  }

  @Test
  void aRequestsideThatFailsIsSaidWhileTheHubGoesOn() {
    client.close();
    client =
        client(
            settings()
                .withLiveness(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(30),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(60)),
            "demo");
    start();
    sim.knob("status", Map.of("op", "Account/search", "code", 503, "times", 1000));
    until(() -> client.status().problems().stream().anyMatch(t -> t.contains("HTTP 503")));
    sim.halfTurn(ID, "MNQ", dec("-11"));
    heard.nth(1, TradeReported.class);
    sim.knob("status", null);
    until(() -> client.status().problems().isEmpty());
  }

  @Test
  void reconnectingOverAndOverLeavesNothingBehind() {
    start();
    for (int i = 1; i <= 5; i++) {
      sim.knob("drop_hubs", "user");
      heard.nth(i, Reconnected.class);
    }
    int before = platformThreads();
    for (int i = 6; i <= 25; i++) {
      sim.knob("drop_hubs", "user");
      heard.nth(i, Reconnected.class);
    }
    // Pools of the libraries come and go by a few; one thread a connection would be twenty.
    until(() -> platformThreads() < before + 10);
  }

  private static int platformThreads() {
    return Thread.getAllStackTraces().size();
  }
}
