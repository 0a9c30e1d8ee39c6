package dev.riskmanager.daemon.gateway;

import static dev.riskmanager.daemon.gateway.Heard.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.RequestAllowance;
import dev.riskmanager.domain.event.RiskEvent.PositionReported;
import dev.riskmanager.domain.event.RiskEvent.Reconnected;
import dev.riskmanager.domain.event.RiskEvent.SnapshotTaken;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderSide;
import java.net.URI;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts do not wait for each other, and what was read does not wait for what was not. */
class ReconcilerTest {
  private static final AccountId ONE = new AccountId(501);
  private static final AccountId TWO = new AccountId(502);

  private final InstantSource clock = InstantSource.system();
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
  private final Heard heard = new Heard();
  private SimVenue sim;
  private GatewayClient client;

  @BeforeEach
  void venue() {
    sim = SimVenue.builder(clock).account(501).account(502).instant().start();
    List<Duration> delays = List.of(Duration.ofMillis(20), Duration.ofMillis(100));
    client =
        new GatewayClient(
            GatewaySettings.at(URI.create(sim.url())).withReconnect(delays, 200),
            new Credentials(sim.userName(), sim.apiKey()),
            clock,
            scheduler,
            new SplittableRandom(1));
  }

  @AfterEach
  void stop() {
    client.close();
    sim.close();
    scheduler.shutdownNow();
  }

  private void start(RequestAllowance allowance) {
    client.start(List.of(ONE, TWO), account -> Instant.EPOCH, allowance, heard, heard);
  }

  /** The first reading in which nothing was missing and something was held. */
  private SnapshotTaken whole() {
    return heard.nth(
        1,
        SnapshotTaken.class,
        s -> s.trades().isPresent() && s.positions().filter(p -> !p.isEmpty()).isPresent());
  }

  @Test
  void positionsAndOrdersAreToldThoughTradesCannotBeRead() {
    sim.trade(502, "MNQ", OrderSide.BUY, 2);
    sim.knob("status", Map.of("op", "Trade/search", "code", 500));

    start(RequestAllowance.UNLIMITED);

    SnapshotTaken listed = heard.nth(1, SnapshotTaken.class);
    assertThat(listed.accounts().orElseThrow()).hasSize(2);
    assertThat(listed.positions()).isEmpty();
    SnapshotTaken read = heard.nth(1, SnapshotTaken.class, s -> s.only().equals(Optional.of(TWO)));
    assertThat(read.positions().orElseThrow()).singleElement().extracting("size").isEqualTo(2L);
    assertThat(read.orders()).isPresent();
    assertThat(read.trades()).isEmpty();
    until(() -> client.status().problems().stream().anyMatch(p -> p.contains("trades of 502")));

    sim.knob("status", null);
    assertThat(whole().reconciliation()).as("its first reading").isFalse();
    assertThat(whole().trades().orElseThrow()).isNotEmpty();
    until(() -> client.status().problems().isEmpty());
  }

  @Test
  void afterAGapWhatWasReadIsAReconciliationThoughTradesCannotBeRead() {
    start(RequestAllowance.UNLIMITED);
    SnapshotTaken first = heard.nth(1, SnapshotTaken.class);
    assertThat(first.only()).isEmpty();
    sim.knob("refuse_hubs", "user");
    sim.knob("drop_hubs", "user");
    until(() -> client.status().state() != GatewayStatus.State.CONNECTED);
    sim.trade(502, "MNQ", OrderSide.SELL, 3);
    sim.knob("status", Map.of("op", "Trade/search", "code", 500));
    sim.knob("refuse_hubs", null);

    SnapshotTaken read = heard.nth(1, SnapshotTaken.class, s -> s.only().equals(Optional.of(TWO)));
    assertThat(read.positions().orElseThrow()).singleElement().extracting("size").isEqualTo(3L);
    assertThat(heard.indexOf(heard.nth(1, Reconnected.class))).isLessThan(heard.indexOf(read));
    sim.knob("status", null);
    assertThat(whole().reconciliation()).isTrue();
  }

  @Test
  void anAccountWhoseSubscriptionIsRefusedIsReadInsteadAndKeepsNobodyFromBeingToldOf() {
    sim.knob("refuse_subscriptions", List.of("502"));
    start(RequestAllowance.UNLIMITED);
    heard.nth(1, SnapshotTaken.class);
    until(
        () ->
            client.status().problems().stream()
                .anyMatch(p -> p.contains("account 502: the venue refuses to tell of it")));

    sim.trade(501, "MNQ", OrderSide.BUY, 1);
    sim.trade(502, "MNQ", OrderSide.BUY, 4);
    assertThat(heard.nth(1, PositionReported.class).account()).isEqualTo(ONE);
    SnapshotTaken read =
        heard.nth(
            1,
            SnapshotTaken.class,
            s ->
                s.only().equals(Optional.of(TWO))
                    && s.positions().filter(p -> !p.isEmpty()).isPresent());
    assertThat(read.positions().orElseThrow()).singleElement().extracting("size").isEqualTo(4L);

    sim.knob("refuse_subscriptions", null);
    until(() -> client.status().problems().isEmpty());
    sim.trade(502, "MNQ", OrderSide.SELL, 4);
    assertThat(heard.nth(1, PositionReported.class, p -> p.account().equals(TWO)).account())
        .isEqualTo(TWO);
  }

  /** ADR 0022: it is asked for with the list alone, and what is said of the others is whole. */
  @Test
  void anAccountThatIsNotListedHoldsUpNobodyAndIsReadWhenItIs() {
    client.close();
    client =
        new GatewayClient(
            GatewaySettings.at(URI.create(sim.url()))
                .withReconnect(List.of(Duration.ofMillis(20)), 200)
                .withLiveness(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(30),
                    Duration.ofMillis(50),
                    Duration.ofSeconds(60)),
            new Credentials(sim.userName(), sim.apiKey()),
            clock,
            scheduler,
            new SplittableRandom(1));
    sim.knob("hidden_accounts", List.of("502"));
    start(RequestAllowance.UNLIMITED);
    SnapshotTaken first = heard.nth(1, SnapshotTaken.class);
    assertThat(first.positions()).isPresent();
    assertThat(first.accounts().orElseThrow()).extracting(row -> row.id()).containsExactly(ONE);
    int readAtStart = sim.requests("Position/searchOpen").size();
    sim.trade(502, "MNQ", OrderSide.BUY, 2);
    sim.knob("drop_hubs", "user");
    SnapshotTaken again =
        heard.nth(1, SnapshotTaken.class, s -> s.positions().isPresent() && s.reconciliation());
    assertThat(again.only()).as("of all at once").isEmpty();
    assertThat(sim.requests("Position/searchOpen")).hasSize(readAtStart + 1);
    assertThat(heard.unlisted).containsExactly(Set.of(TWO));

    sim.knob("hidden_accounts", null);
    SnapshotTaken read = heard.nth(1, SnapshotTaken.class, s -> s.only().equals(Optional.of(TWO)));
    assertThat(read.positions().orElseThrow()).singleElement().extracting("size").isEqualTo(2L);
    assertThat(read.reconciliation()).as("its first reading").isFalse();
    assertThat(heard.unlisted).containsExactly(Set.of(TWO), Set.of());
    sim.trade(502, "MNQ", OrderSide.SELL, 2);
    assertThat(heard.nth(1, PositionReported.class, p -> p.account().equals(TWO)).account())
        .as("the hub was asked to tell of it")
        .isEqualTo(TWO);
    until(() -> client.status().problems().isEmpty());
  }

  /** A hub that refuses what the venue does not list tells of nobody, and is none to be left. */
  @Test
  void thatNoAccountIsListedIsToldThoughTheHubRefusesAll() {
    sim.knob("hidden_accounts", List.of("501", "502"));
    sim.knob("refuse_subscriptions", true);
    start(RequestAllowance.UNLIMITED);
    until(() -> !heard.unlisted.isEmpty());
    assertThat(heard.unlisted).containsExactly(Set.of(ONE, TWO));
    assertThat(heard.nth(1, SnapshotTaken.class).positions()).isEmpty();
  }

  @Test
  void whatFailsIsReadAgainOnlyAsOftenAsTheRequestRateAllows() {
    AtomicInteger room = new AtomicInteger(7);
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    sim.knob("status", Map.of("op", "Trade/search", "code", 500));

    start(
        new RequestAllowance() {
          @Override
          public boolean tryTake() {
            boolean free = room.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            if (!free) {
              refused.incrementAndGet();
            }
            return free;
          }

          @Override
          public void take(int requests) {
            taken.addAndGet(requests);
          }

          @Override
          public Duration untilFree() {
            return Duration.ofMillis(20);
          }

          @Override
          public void throttled() {}
        });

    // What a connection begins with is made, and counted: the accounts, and three requests each.
    until(() -> taken.get() >= 7);
    // Three requests each: both accounts once, one of the two again, and then nobody any more.
    until(() -> refused.get() > 6);
    assertThat(sim.requests("Trade/search")).hasSizeBetween(3, 5);
    int before = sim.requests("Trade/search").size();
    int turns = refused.get();
    until(() -> refused.get() > turns + 2);
    assertThat(sim.requests("Trade/search")).hasSize(before);
  }
}
