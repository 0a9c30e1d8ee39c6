package dev.riskmanager.daemon.gateway;

import static dev.riskmanager.daemon.gateway.Heard.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.gateway.ConnectionStatus.Health;
import dev.riskmanager.daemon.gateway.ConnectionStatus.Part;
import dev.riskmanager.daemon.port.RequestAllowance;
import dev.riskmanager.domain.event.RiskEvent.Disconnected;
import dev.riskmanager.domain.event.RiskEvent.Reconnected;
import dev.riskmanager.domain.event.RiskEvent.SnapshotTaken;
import dev.riskmanager.domain.event.RiskEvent.TradeReported;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.sim.SimVenue;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How connections end and come back, over real sockets to a simulated venue, in a time that the
 * test moves.
 */
class ConnectionFaultsTest {
  private static final long ID = 13_298_777L;
  private static final AccountId ACCOUNT = new AccountId(ID);
  private static final ContractId MNQ = new ContractId("CON.F.US.MNQ.U26");

  /** A Tuesday, 09:00 in Chicago. */
  private final ManualTime time = new ManualTime("2026-08-18T14:00:00Z");

  private final Heard heard = new Heard();
  private final SimVenue sim = SimVenue.builder(InstantSource.system()).instant().start();
  private GatewayClient client;

  @BeforeEach
  void connect() {
    client = client(settings());
  }

  @AfterEach
  void stop() {
    client.close();
    sim.close();
  }

  /** The delays of engine.yaml as shipped, without jitter. */
  private GatewaySettings settings() {
    return GatewaySettings.at(URI.create(sim.url()))
        .withReconnect(GatewaySettings.defaults().reconnectDelays(), 0);
  }

  private GatewayClient client(GatewaySettings settings) {
    return new GatewayClient(
        settings, new Credentials("demo", "demo"), time, time, new SplittableRandom(1));
  }

  private void start() {
    client.start(
        List.of(ACCOUNT),
        account -> Instant.parse("2020-01-01T00:00:00Z"),
        RequestAllowance.UNLIMITED,
        heard,
        heard);
    time.advance(Duration.ZERO);
    until(() -> client.status().state() == GatewayStatus.State.CONNECTED);
    until(() -> client.status().problems().isEmpty());
  }

  /** Lets the time of the next attempt come, as often as it takes. */
  private void reconnected(int times) {
    until(
        () -> {
          time.advance(Duration.ofSeconds(1));
          return heard.of(Reconnected.class).size() >= times;
        });
  }

  /** The next attempt is due in so many seconds, and they pass. */
  private void attempted(int seconds) {
    until(() -> time.dueOnce().contains(Duration.ofSeconds(seconds)));
    time.advance(Duration.ofSeconds(seconds));
  }

  private boolean says(String text) {
    return client.status().problems().stream().anyMatch(problem -> problem.contains(text));
  }

  /** How often that was said anew. */
  private int began(String text) {
    int times = 0;
    boolean before = false;
    for (GatewayStatus status : heard.statuses) {
      boolean said = status.problems().stream().anyMatch(problem -> problem.contains(text));
      times += said && !before ? 1 : 0;
      before = said;
    }
    return times;
  }

  static Stream<Arguments> shapesOfLogout() {
    return Stream.of(
        Arguments.of(List.of(), ""),
        Arguments.of(List.of(Map.of("message", "Kicked.")), "Kicked."),
        Arguments.of(List.of(Map.of("reason", "Kicked.")), "Kicked."),
        Arguments.of(List.of("Kicked."), "Kicked."),
        Arguments.of(List.of(Map.of("action", 1, "data", Map.of("reason", "Kicked."))), "Kicked."),
        Arguments.of(List.of(List.of(Map.of("message", "Kicked."))), "Kicked."),
        Arguments.of(List.of(Map.of("Message", "Kicked.")), "Kicked."),
        Arguments.of(List.of(7), ""),
        Arguments.of(List.of(List.of()), ""),
        Arguments.of(List.of(Map.of("message", List.of())), ""),
        Arguments.of(java.util.Collections.singletonList(null), ""));
  }

  @ParameterizedTest
  @MethodSource("shapesOfLogout")
  void aLogoutOfAnyShapeMeansANewLoginAndConnection(List<?> arguments, String words) {
    sim.knob("logout_arguments", arguments);
    start();
    int logins = sim.requests("Auth/loginKey").size();
    sim.knob("logout_hubs", "user");
    assertThat(heard.nth(1, Disconnected.class).reason())
        .contains("GatewayLogout" + (words.isEmpty() ? ")" : ": " + words));
    reconnected(1);
    assertThat(sim.requests("Auth/loginKey").size()).isGreaterThan(logins);
    assertThat(heard.unusable).isEmpty();
  }

  @Test
  void theNameOfALogoutMayBeWrittenSmall() {
    sim.knob("logout_event", "gatewaylogout");
    start();
    sim.knob("logout_hubs", "user");
    assertThat(heard.nth(1, Disconnected.class).reason()).contains("GatewayLogout");
    reconnected(1);
  }

  @Test
  void aFightForTheSessionIsSaidUntilItHasBeenOverForTenMinutes() {
    client.close();
    // Pings come in real time, and minutes pass here in an instant.
    Duration hour = Duration.ofHours(1);
    client = client(settings().withLiveness(hour, hour, hour, hour));
    start();
    for (int i = 1; i <= 2; i++) {
      sim.knob("logout_hubs", "user");
      reconnected(i);
    }
    assertThat(says("another program")).isFalse();
    Instant last = time.instant();
    sim.knob("logout_hubs", "user");
    heard.nth(3, Disconnected.class);
    reconnected(3);
    assertThat(says("another program")).isTrue();
    time.advance(Duration.between(time.instant(), last.plusSeconds(599)));
    assertThat(says("another program")).isTrue();
    time.advance(Duration.ofSeconds(1));
    assertThat(says("another program")).isFalse();
  }

  @Test
  void aFightForTheMarketHubIsSaidToo() {
    start();
    String ended = "market data hub: the venue ended";
    int times = 0;
    for (int seconds : new int[] {1, 2, 5}) {
      int sofar = ++times;
      sim.knob("logout_hubs", "market");
      until(() -> began(ended) == sofar);
      attempted(seconds);
      until(() -> !says(ended));
    }
    until(() -> says("another program"));
    assertThat(heard.of(Disconnected.class)).isEmpty();
  }

  @Test
  void maintenanceIsNoFight() {
    start();
    for (int i = 1; i <= 4; i++) {
      sim.knob("maintenance", true);
      heard.nth(i, Disconnected.class);
      sim.knob("maintenance", false);
      reconnected(i);
    }
    assertThat(says("another program")).isFalse();
  }

  @Test
  void anotherProgramThatTakesTheSessionAgainAndAgainIsNamed() {
    sim.knob("concurrent_sessions", "kick");
    start();
    ManualTime itsTime = new ManualTime("2026-08-18T14:00:00Z");
    Heard itHeard = new Heard();
    try (GatewayClient other =
        new GatewayClient(
            settings(),
            new Credentials("demo", "demo"),
            itsTime,
            itsTime,
            new SplittableRandom(2))) {
      other.start(
          List.of(ACCOUNT), account -> Instant.EPOCH, RequestAllowance.UNLIMITED, itHeard, itHeard);
      until(
          () -> {
            itsTime.advance(Duration.ofSeconds(1));
            time.advance(Duration.ofSeconds(1));
            return says("another program") && says("close it");
          });
    }
    reconnected(heard.of(Reconnected.class).size() + 1);
    sim.halfTurn(ID, "MNQ", new BigDecimal("-12"));
    assertThat(heard.nth(1, TradeReported.class).trade().gross()).isEqualTo(Money.of("-12"));
  }

  @Test
  void retryAfterIsHonouredWhenTheHubIsThrottled() {
    start();
    sim.knob("retry_after", 45);
    sim.knob("status", Map.of("op", "hubs/user", "code", 429, "times", 1));
    int before = sim.requests("hubs/user").size();
    sim.knob("drop_hubs", "user");
    attempted(1);
    until(() -> says("429") && time.dueOnce().contains(Duration.ofSeconds(45)));
    // Seconds pass one by one, as the watch of the hub looks.
    for (int i = 0; i < 44; i++) {
      time.advance(Duration.ofSeconds(1));
    }
    assertThat(sim.requests("hubs/user")).hasSize(before + 1);
    time.advance(Duration.ofSeconds(1));
    heard.nth(1, Reconnected.class);
    assertThat(sim.requests("hubs/user")).hasSize(before + 2);
  }

  @Test
  void withoutRetryAfterAThrottledHubWaitsLongerEachTime() {
    start();
    sim.knob("status", Map.of("op", "hubs/user", "code", 429, "times", 4));
    sim.knob("drop_hubs", "user");
    for (int seconds : new int[] {1, 10, 20, 40, 80}) {
      attempted(seconds);
    }
    heard.nth(1, Reconnected.class);
  }

  @Test
  void aThrottledLoginIsNotRepeatedBeforeItsTime() {
    sim.knob("status", Map.of("op", "Auth/loginKey", "code", 429, "times", 1));
    sim.knob("retry_after", 20);
    client.start(
        List.of(ACCOUNT), account -> Instant.EPOCH, RequestAllowance.UNLIMITED, heard, heard);
    until(
        () -> {
          time.advance(Duration.ZERO);
          return says("429");
        });
    for (int i = 0; i < 19; i++) {
      time.advance(Duration.ofSeconds(1));
      client.venue().openPositions(ACCOUNT);
    }
    assertThat(sim.requests("Auth/loginKey")).hasSize(1);
    until(
        () -> {
          time.advance(Duration.ofSeconds(1));
          return client.status().state() == GatewayStatus.State.CONNECTED;
        });
    assertThat(heard.of(SnapshotTaken.class)).isNotEmpty();
  }

  @Test
  void aUserHubWithoutPingsIsGivenUpAfterThirtySecondsAndNotBefore() {
    start();
    time.advance(Duration.ofSeconds(29));
    assertThat(heard.of(Disconnected.class)).isEmpty();
    sim.knob("silent_hubs", "user");
    time.advance(Duration.ofSeconds(1));
    assertThat(heard.nth(1, Disconnected.class).reason()).contains("nothing heard for 30 s");
  }

  @Test
  void pingsAloneKeepTheUserHubForHours() {
    sim.knob("ping_ms", 20);
    start();
    for (int i = 0; i < 6; i++) {
      time.advance(Duration.ofSeconds(25));
      Instant asked = time.instant();
      until(() -> client.status().lastEventAt().orElseThrow().equals(asked));
    }
    assertThat(heard.of(Disconnected.class)).isEmpty();
  }

  @Test
  void aSilentMarketHubIsGivenUpOnlyWhileTheSessionIsOpen() {
    client.close();
    // 15:59:30 in Chicago: half a minute before the daily break of an hour.
    Instant beforeTheBreak = Instant.parse("2026-08-18T20:59:30Z");
    time.advance(Duration.between(time.instant(), beforeTheBreak));
    Duration day = Duration.ofDays(1);
    client = client(settings().withLiveness(day, day, day, Duration.ofSeconds(60)));
    start();
    client.holdMarketData(Set.of(MNQ));
    until(() -> sim.state().toString().contains("MNQ"));
    int connections = sim.requests("hubs/market").size();
    // Half an hour of silence in the break, and not yet a minute since it ended.
    time.advance(Duration.ofMinutes(60).plusSeconds(30 + 58));
    assertThat(says("no market data")).isFalse();
    assertThat(sim.requests("hubs/market")).hasSize(connections);
    time.advance(Duration.ofSeconds(1));
    assertThat(says("no market data for 60 s")).isTrue();
    until(
        () -> {
          time.advance(Duration.ZERO);
          return sim.requests("hubs/market").size() == connections + 1;
        });
    assertThat(heard.of(Disconnected.class)).isEmpty();
  }

  private ConnectionStatus of(ConnectionStatus.Part part) {
    return client.status().connections().get(part.ordinal());
  }

  private void is(ConnectionStatus.Part part, ConnectionStatus.Health health, String reason) {
    until(
        () ->
            of(part).health() == health
                && (reason.isEmpty()
                    ? of(part).reasons().isEmpty()
                    : of(part).reasons().stream().anyMatch(text -> text.contains(reason))));
  }

  @Test
  void eachConnectionHasItsOwnHealthAndItsOwnReasons() {
    assertThat(client.status().connections()).isEmpty();
    sim.knob("hang", List.of("hubs/user", "hubs/market"));
    client.start(
        List.of(ACCOUNT), account -> Instant.EPOCH, RequestAllowance.UNLIMITED, heard, heard);
    time.advance(Duration.ZERO);
    is(Part.USER_HUB, Health.DISCONNECTED, "connecting");
    is(Part.MARKET_HUB, Health.DISCONNECTED, "connecting");
    assertThat(client.status().problems()).isEmpty();
    sim.knob("hang", "");
    is(Part.USER_HUB, Health.HEALTHY, "");
    is(Part.MARKET_HUB, Health.HEALTHY, "");
    is(Part.REST, Health.HEALTHY, "");

    sim.knob("refuse_hubs", "market");
    sim.knob("drop_hubs", "market");
    is(Part.MARKET_HUB, Health.DISCONNECTED, "market data hub");
    is(Part.USER_HUB, Health.HEALTHY, "");

    sim.knob("status", Map.of("op", "*", "code", 503));
    client.venue().openPositions(ACCOUNT);
    is(Part.REST, Health.HEALTHY, "");
    client.venue().openPositions(ACCOUNT);
    is(Part.REST, Health.DEGRADED, "Position/searchOpen: HTTP 503");
    for (int i = 3; i <= 5; i++) {
      client.venue().openPositions(ACCOUNT);
    }
    is(Part.REST, Health.DISCONNECTED, "HTTP 503");
    is(Part.USER_HUB, Health.HEALTHY, "");

    sim.knob("status", null);
    client.venue().openPositions(ACCOUNT);
    is(Part.REST, Health.HEALTHY, "");
    sim.knob("silent_hubs", "user");
    time.advance(Duration.ofSeconds(30));
    is(Part.USER_HUB, Health.DISCONNECTED, "user hub lost: nothing heard for 30 s");
    is(Part.REST, Health.HEALTHY, "");
    sim.knob("silent_hubs", null);
    sim.knob("refuse_hubs", null);
    until(
        () -> {
          time.advance(Duration.ofSeconds(1));
          return client.status().connections().stream()
              .allMatch(one -> one.health() == Health.HEALTHY);
        });
    assertThat(client.status().problems()).isEmpty();
  }

  @Test
  void aHubThatIsRefusedAlthoughTheLoginWorksMakesOneThinkOfAnotherSession() {
    sim.knob("refuse_hubs", "user");
    client.start(
        List.of(ACCOUNT), account -> Instant.EPOCH, RequestAllowance.UNLIMITED, heard, heard);
    time.advance(Duration.ZERO);
    is(Part.USER_HUB, Health.DISCONNECTED, "is another session of this user open?");
  }

  @Test
  void aStateThatCannotBeReadLeavesTheUserHubDegraded() {
    sim.knob("status", Map.of("op", "Trade/search", "code", 500));
    client.start(
        List.of(ACCOUNT), account -> Instant.EPOCH, RequestAllowance.UNLIMITED, heard, heard);
    time.advance(Duration.ZERO);
    is(Part.USER_HUB, Health.DEGRADED, "the venue's state could not be read");
    sim.knob("status", null);
    // It is said before the next attempt is planned.
    Heard.until(
        () -> {
          time.advance(Duration.ofSeconds(1));
          return client.status().problems().isEmpty();
        });
    is(Part.USER_HUB, Health.HEALTHY, "");
  }

  @Test
  void throughMaintenanceItTriesOnAndComesBackAlone() {
    // An hour passes in an instant, with all that is asked in it.
    sim.knob("rate_limit", 0);
    start();
    sim.knob("maintenance", true);
    assertThat(heard.nth(1, Disconnected.class).reason()).contains("Maintenance.");
    until(
        () -> {
          time.advance(Duration.ofSeconds(5));
          return client.status().state() == GatewayStatus.State.DISCONNECTED;
        });
    is(Part.USER_HUB, Health.DISCONNECTED, "503");
    // An hour of it, as every day.
    for (int i = 0; i < 3600; i++) {
      time.advance(Duration.ofSeconds(1));
    }
    sim.halfTurn(ID, "MNQ", new BigDecimal("-13"));
    sim.knob("maintenance", false);
    reconnected(1);
    SnapshotTaken found = heard.nth(1, SnapshotTaken.class, SnapshotTaken::reconciliation);
    assertThat(found.trades().orElseThrow()).hasSize(1);
    until(
        () -> {
          time.advance(Duration.ofSeconds(1));
          return client.status().problems().isEmpty();
        });
  }

  @Test
  void aStreamLivesOnPastItsTokenAndTheNextConnectionHasAnother() {
    client.close();
    // Days pass in an instant, with all that is asked in them.
    sim.knob("rate_limit", 0);
    Duration week = Duration.ofDays(7);
    client = client(settings().withLiveness(week, week, week, week).withTokenRefresh(week));
    start();
    sim.revokeTokens();
    time.advance(Duration.ofHours(25));
    sim.halfTurn(ID, "MNQ", new BigDecimal("-14"));
    heard.nth(1, TradeReported.class);
    assertThat(heard.of(Disconnected.class)).isEmpty();
    int logins = sim.requests("Auth/loginKey").size();
    sim.knob("drop_hubs", "user");
    heard.nth(1, Disconnected.class);
    reconnected(1);
    assertThat(sim.requests("Auth/loginKey")).hasSize(logins + 1);
    assertThat(sim.requests("hubs/user")).allMatch(r -> Integer.valueOf(200).equals(r.status()));
  }

  @Test
  void aSecondDropWhileSubscribingBeginsTheWholeCycleAgain() {
    start();
    // Connected, and gone before an answer to the subscriptions can come.
    sim.knob("silent_hubs", "user");
    sim.knob("drop_hubs_after_ms", 150);
    sim.knob("drop_hubs", "user");
    heard.nth(1, Disconnected.class);
    int before = sim.requests("hubs/user").size();
    until(
        () -> {
          time.advance(Duration.ofSeconds(1));
          return says("subscribing: Invocation was canceled")
              && sim.requests("hubs/user").size() > before + 1;
        });
    sim.knob("silent_hubs", null);
    sim.knob("drop_hubs_after_ms", null);
    reconnected(1);
    sim.halfTurn(ID, "MNQ", new BigDecimal("-15"));
    assertThat(heard.nth(1, TradeReported.class).trade().gross()).isEqualTo(Money.of("-15"));
    assertThat(heard.of(Disconnected.class)).hasSize(1);
  }
}
