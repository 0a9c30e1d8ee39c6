package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.gateway.ConnectionStatus;
import dev.riskmanager.daemon.gateway.ConnectionStatus.Part;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.GeneralSettings;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.RulePolicy;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.Strictness;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.rule.Verdict;
import dev.riskmanager.domain.state.Episode;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.payload.Translation;
import dev.riskmanager.payload.WireJson;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Nobody may wait for what nobody delivers. */
class FeedWatchTest {
  /** The venue's events, as its hubs send them, by what they are to make rules look. */
  private static final Map<Trigger, List<String>> VENUE =
      Map.of(
          Trigger.ACCOUNT,
          List.of(
              "GatewayUserAccount",
              """
              [{"id":1,"name":"PRAC-1","balance":50000,"canTrade":false,"isVisible":true,\
              "simulated":true}]\
              """),
          Trigger.ORDER,
          List.of(
              "GatewayUserOrder",
              """
              [{"id":7,"accountId":1,"contractId":"CON.F.US.MNQ.Z25","symbolId":"F.US.MNQ",\
              "creationTimestamp":"2025-10-31T19:00:00+00:00",\
              "updateTimestamp":"2025-10-31T19:00:00+00:00","status":1,"type":1,"side":0,\
              "size":2,"limitPrice":20000.25,"fillVolume":0}]\
              """),
          Trigger.POSITION,
          List.of(
              "GatewayUserPosition",
              """
              [{"id":8,"accountId":1,"contractId":"CON.F.US.MNQ.Z25",\
              "creationTimestamp":"2025-10-31T19:00:00+00:00","type":1,"size":2,\
              "averagePrice":20000.25}]\
              """),
          Trigger.TRADE,
          List.of(
              "GatewayUserTrade",
              """
              [{"id":9,"accountId":1,"contractId":"CON.F.US.MNQ.Z25",\
              "creationTimestamp":"2025-10-31T19:00:00+00:00","price":20000.25,"fees":0.37,\
              "side":0,"size":2,"voided":false,"orderId":7}]\
              """),
          Trigger.QUOTE,
          List.of(
              "GatewayQuote",
              """
              ["CON.F.US.MNQ.Z25",{"symbol":"F.US.MNQ","lastPrice":20001.5,"bestBid":20001.25,\
              "bestAsk":20001.75}]\
              """));

  /** Notes what made it look, and asks to be woken once. */
  private record Listening(RuleId id, Set<Trigger> triggers, List<Trigger> heard)
      implements RiskRule {
    @Override
    public RulePolicy policy() {
      return RulePolicy.PLAIN;
    }

    @Override
    public Episode.Ends episodeEnds() {
      return Episode.Ends.WHEN_CLEARED;
    }

    @Override
    public Strictness strictness() {
      return Strictness.NONE;
    }

    @Override
    public Verdict evaluate(RuleInput input) {
      heard.add(input.trigger());
      return triggers.contains(Trigger.TIMER) && input.trigger() != Trigger.TIMER
          ? new Verdict.Builder().wake("later", input.now().plusSeconds(10)).build()
          : Verdict.NONE;
    }

    @Override
    public Reading read(RuleInput input) {
      return Reading.of("", "", 0);
    }
  }

  private static Listening rule(int number, Set<Trigger> triggers) {
    return new Listening(new RuleId(number, "listening"), triggers, new ArrayList<>());
  }

  private static RuleSet set(RiskRule... rules) {
    return RuleSet.of(GeneralSettings.DEFAULTS, List.of(rules));
  }

  /** From the bytes of the venue to the rule's ear, for everything a rule may declare. */
  @ParameterizedTest
  @EnumSource(Trigger.class)
  void whatARuleDeclaresReachesIt(Trigger trigger) {
    Listening rule = rule(4, EnumSet.of(trigger, Trigger.REVIEW));
    World world = new World(set(rule), "14:00");
    if (trigger == Trigger.QUOTE) {
      world.position("MNQ", 2);
    }
    world.snapshot().send();
    List<String> event = VENUE.get(trigger);
    if (event != null) {
      JsonNode arguments = WireJson.read(event.get(1));
      Translation.Translated translated =
          Translation.hubEvent(event.get(0), List.copyOf(arguments.values()));
      assertThat(translated.rejected()).isEmpty();
      assertThat(translated.events()).isNotEmpty();
      translated.events().forEach(world::send);
    } else {
      world.clock("14:01");
    }
    assertThat(rule.heard()).contains(trigger);
  }

  private static ConnectionStatus connection(
      Part part, ConnectionStatus.Health health, String... reasons) {
    return new ConnectionStatus(part, health, List.of(reasons));
  }

  @Test
  void whoWaitsForAConnectionThatIsNotThereIsStarvedAndNobodyElse() {
    Listening prices = rule(4, EnumSet.of(Trigger.QUOTE, Trigger.POSITION, Trigger.REVIEW));
    Listening trades = rule(6, EnumSet.of(Trigger.TRADE));
    Listening timer = rule(9, EnumSet.of(Trigger.TIMER, Trigger.REVIEW));
    List<RuleSet> sets = List.of(set(trades, timer), set(prices));
    ConnectionStatus user = connection(Part.USER_HUB, ConnectionStatus.Health.HEALTHY);
    ConnectionStatus market =
        connection(Part.MARKET_HUB, ConnectionStatus.Health.DISCONNECTED, "HTTP 401");
    ConnectionStatus rest = connection(Part.REST, ConnectionStatus.Health.DISCONNECTED, "HTTP 503");

    SortedMap<RuleId, String> starved = FeedWatch.starved(sets, List.of(user, market, rest));
    assertThat(starved)
        .containsOnly(
            Map.entry(prices.id(), "it waits for prices, and the market hub is disconnected"));
    assertThat(FeedWatch.texts(starved))
        .containsExactly(
            "RULE-004 cannot act: it waits for prices, and the market hub is disconnected");

    ConnectionStatus gone =
        connection(Part.USER_HUB, ConnectionStatus.Health.DISCONNECTED, "HTTP 503");
    assertThat(FeedWatch.starved(sets, List.of(gone)).keySet())
        .containsExactly(prices.id(), trades.id());
    ConnectionStatus first =
        connection(Part.USER_HUB, ConnectionStatus.Health.DISCONNECTED, "connecting");
    ConnectionStatus weak =
        connection(Part.MARKET_HUB, ConnectionStatus.Health.DEGRADED, "no market data");
    assertThat(FeedWatch.starved(sets, List.of(first, weak))).isEmpty();
  }

  @Test
  void changesAreToldAndNothingElse() {
    Listening prices = rule(4, EnumSet.of(Trigger.QUOTE));
    List<ConnectionStatus> connections = new ArrayList<>();
    List<SortedMap<RuleId, String>> told = new ArrayList<>();
    FeedWatch watch = new FeedWatch(() -> List.of(set(prices)), () -> connections, told::add);
    watch.run();
    assertThat(told).isEmpty();
    connections.add(connection(Part.MARKET_HUB, ConnectionStatus.Health.DISCONNECTED, "HTTP 401"));
    watch.run();
    watch.run();
    assertThat(told).hasSize(1);
    connections.clear();
    watch.run();
    assertThat(told).hasSize(2);
    assertThat(told.getLast()).isEmpty();
  }
}
