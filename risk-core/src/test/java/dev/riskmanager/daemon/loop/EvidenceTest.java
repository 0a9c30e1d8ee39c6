package dev.riskmanager.daemon.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.Enforcement.Fact;
import dev.riskmanager.daemon.port.Enforcement.Grounds;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a receipt says of the decision: the numbers are those that the rule saw. */
class EvidenceTest {
  private World world = new World("");

  private World rules(String yaml) {
    world = new World(yaml);
    return world;
  }

  /** Of the last step, as the receipt of that rule. */
  private Grounds grounds(int rule) {
    RuleId id =
        RuleCatalog.ids().stream()
            .filter(r -> r.number() == rule)
            .findFirst()
            .orElse(RuleId.MANUAL);
    return Evidence.of(world.state(), World.ME, id, world.decisions());
  }

  private static void has(Grounds grounds, String... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      assertThat(grounds.inputs()).contains(new Fact(namesAndValues[i], namesAndValues[i + 1]));
    }
  }

  private Optional<String> pastLimit(Decision.ViolationFound found) {
    return Evidence.pastLimit(world.state(), found);
  }

  @Test
  void rule001AddsUpTheSymbols() {
    rules("max_contracts: {limit: 4}").position("MNQ", 3);
    world.position("ES", -2);

    Grounds grounds = grounds(1);

    assertThat(grounds.formula()).isEqualTo("ES 2 + MNQ 3 = 5 > 4");
    has(grounds, "observed", "Contracts: 5", "limit", "4", "counted", "net of each symbol");
    has(grounds, "MNQ", "LONG 3 at 20000.00", "ES", "SHORT 2 at 20000.00");
    assertThat(grounds.decided()).singleElement().asString().startsWith("VIOLATION: MaxContracts");
  }

  @Test
  void rule002NetsTheSymbol() {
    rules("max_contracts_per_instrument: {limits: {MNQ: 2}}").position("MNQ", -3);

    Grounds grounds = grounds(2);

    assertThat(grounds.formula()).isEqualTo("MNQ |-3| > 2");
    assertThat(grounds.symbol()).contains("MNQ");
  }

  @Test
  void rule003NamesGrossAndFeesAndTheLimit() {
    rules("daily_realized_loss: {limit: -500}");
    world.trade("MNQ", -1).pnl("-499.26").fees("0.74").send();

    Grounds grounds = grounds(3);

    assertThat(grounds.formula())
        .isEqualTo("gross $-499.26 less fees $0.74 = $-500.00 <= $-500.00");
    has(grounds, "observed", "Daily P&L: $-500.00", "limit", "$-500.00", "gross P&L", "$-499.26");
    has(grounds, "fees", "$0.74", "trades", "1", "trading day", "2025-10-31");
    assertThat(grounds.quoteAge()).isEmpty();
    assertThat(grounds.symbol()).isEmpty();
    assertThat(grounds.decided()).hasSize(2);
    assertThat(grounds.decided().getLast()).contains("locked until 2025-10-31T22:00:00Z");
  }

  @Test
  void rule003WithWhatIsOpenNamesThePricesAndTheAgeOfTheOldest() {
    rules("daily_realized_loss: {limit: -500, include_open: true}");
    world.position("MNQ", 1, "20000");
    world.quote("MNQ", "19990");
    world.at("14:00:02").trade("ES", -1).pnl("-480").send();

    Grounds grounds = grounds(3);

    assertThat(grounds.formula())
        .isEqualTo(
            "gross $-480.00 less fees $0.00 = $-480.00,"
                + " with open MNQ $-20.00 = $-20.00: $-500.00 <= $-500.00");
    assertThat(grounds.quoteAge()).contains(Duration.ofSeconds(2));
    has(grounds, "open P&L", "$-20.00");
  }

  @Test
  void rule004NamesPriceTickSizeAndTheAgeOfTheQuote() {
    rules("daily_unrealized_loss: {limit: -50, confirm_ms: 0}");
    world.position("MNQ", 3, "20000.25");
    world.at("14:00:01").quote("MNQ", "19983.50");

    Grounds grounds = grounds(4);

    assertThat(grounds.formula())
        .isEqualTo("(19983.50 - 20000.25) / 0.25 x $0.50 x 3 = $-100.50 <= $-50.00");
    assertThat(grounds.symbol()).contains("MNQ");
    assertThat(grounds.quoteAge()).contains(Duration.ZERO);
    has(grounds, "mark", "19983.50");
  }

  @Test
  void rule004OfTheAccountSumsThePositions() {
    rules("daily_unrealized_loss: {limit: -50, scope: total}");
    world.position("MNQ", 1, "20000");
    world.position("ES", -1, "6000");
    world.quote("MNQ", "19990");
    world.quote("ES", "6001");

    assertThat(grounds(4).formula()).isEqualTo("ES $-50.00 + MNQ $-20.00 = $-70.00 <= $-50.00");
  }

  @Test
  void rule005NamesThePriceToo() {
    rules("max_unrealized_profit: {target: 50}");
    world.position("MNQ", -1, "20000");
    world.quote("MNQ", "19975");

    assertThat(grounds(5).formula())
        .isEqualTo("(19975.00 - 20000.00) / 0.25 x $0.50 x -1 = $50.00 >= $50.00");
  }

  @Test
  void rule006NamesEachWindow() {
    rules("trade_frequency_limit: {limits: {per_minute: 2, per_hour: 9}}");
    world.trade("MNQ", 1).send();
    world.at("14:00:30").trade("MNQ", -1).pnl("1").send();

    Grounds grounds = grounds(6);

    assertThat(grounds.formula()).isEqualTo("2 trades in a minute >= 2");
    has(grounds, "counted", "orders", "in a minute", "2 of 2", "in an hour", "2 of 9");
    has(grounds, "first fill of it", "2025-10-31T14:00:30Z");
    assertThat(grounds.decided()).hasSize(2);
  }

  @Test
  void rule007AddsUpTheFillsOfTheOrder() {
    rules("cooldown_after_loss: {loss_thresholds: [{loss_amount: -100, cooldown_duration: 300}]}");
    world.trade("MNQ", -1).id(11).order(77).pnl("-60").send();
    world.trade("MNQ", -1).id(12).order(77).pnl("-60").send();

    Grounds grounds = grounds(7);

    assertThat(grounds.formula()).isEqualTo("$-60.00 + $-60.00 = $-120.00 <= $-100.00");
    has(grounds, "order", "77", "fill 11", "$-60.00 at 2025-10-31T14:00:00Z");
  }

  @Test
  void rule008NamesCoverAndTime() {
    rules("no_stop_loss_grace: {grace_period_seconds: 10}").position("MNQ", 2);
    world.order(5, "MNQ").sell(1).stop("19000").send();
    world.clock("14:00:10");

    Grounds grounds = grounds(8);

    assertThat(grounds.formula()).isEqualTo("covered 1 < 2, for 10000 ms >= 10000 ms");
    has(grounds, "covered by stops", "1 of 2", "uncovered since", "2025-10-31T14:00:00Z");
  }

  @Test
  void rule009NamesTheSession() {
    rules(
        """
        session_block_outside:
          global_session: {start: "09:30", end: "16:00", timezone: America/New_York}
        """);
    world.at("20:30").position("MNQ", 1);

    Grounds grounds = grounds(9);

    assertThat(grounds.formula()).startsWith("2025-10-31T20:30:00Z is not inside 09:30");
    has(grounds, "closed since", "2025-10-31T20:00:00Z", "next session", "2025-11-03T14:30:00Z");
  }

  @Test
  void rule010NamesWhatTheVenueSaid() {
    rules("auth_loss_guard: {}").canTrade(true);
    world.canTrade(false);

    Grounds grounds = grounds(10);

    assertThat(grounds.formula()).isEqualTo("canTrade false, must be true");
    has(grounds, "canTrade", "false", "listed by the venue", "yes");
  }

  @Test
  void rule011NamesThePattern() {
    rules("symbol_blocks: {blocked_symbols: [RTY, 'M*']}").position("MNQ", 1);

    Grounds grounds = grounds(11);

    assertThat(grounds.formula()).isEqualTo("MNQ matches M*");
    has(grounds, "blocked symbols", "RTY, M*");
  }

  @Test
  void rule012NamesPositionAndPrice() {
    rules("trade_management: {auto_stop_loss: {enabled: true, ticks: 40}}");
    world.quote("MNQ", "20000");
    world.at("14:00:01").position("MNQ", 1, "20000");

    Grounds grounds = grounds(12);

    has(grounds, "MNQ", "LONG 1 at 20000.00", "mark", "20000.00");
    assertThat(grounds.quoteAge()).contains(Duration.ofSeconds(1));
    assertThat(grounds.formula()).isNotEmpty();
  }

  @Test
  void rule013NamesGrossAndFees() {
    rules("daily_realized_profit: {target: 100}");
    world.trade("MNQ", -1).pnl("101.50").fees("1.50").send();

    assertThat(grounds(13).formula())
        .isEqualTo("gross $101.50 less fees $1.50 = $100.00 >= $100.00");
  }

  @Test
  void theGuardNamesTheLockoutAndWhatMayStay() {
    rules("daily_realized_loss: {limit: -500}").loss("-600");
    world.takePrinted();
    world.at("14:01").position("MNQ", 2);

    Grounds grounds = grounds(3);

    assertThat(grounds.formula()).isEqualTo("MNQ: beyond what may stay: 2 (allowed: 0)");
    has(
        grounds,
        "locked by",
        "RULE-003 since 2025-10-31T14:00:00Z: Daily loss limit exceeded: $-600.00 (limit:"
            + " $-500.00)");
    has(grounds, "may stay of MNQ", "0", "undone so far", "1", "MNQ", "LONG 2 at 20000.00");
    assertThat(grounds.found()).isEmpty();
  }

  @Test
  void aFlattenOfTheAdminNamesTheReason() {
    rules("max_contracts: {limit: 9}").position("MNQ", 2);
    world.flatten();

    Grounds grounds = grounds(0);

    assertThat(grounds.inputs())
        .extracting(Fact::name)
        .containsExactly("asked for by an admin", "MNQ");
  }

  @Test
  void whatAShadowFoundIsNoGround() {
    rules("max_contracts: {limit: 1, mode: shadow}").position("MNQ", 2);

    assertThat(grounds(1)).isEqualTo(onlyThePosition());
  }

  private static Grounds onlyThePosition() {
    return new Grounds(
        Optional.empty(),
        List.of(new Fact("MNQ", "LONG 2 at 20000.00")),
        "",
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  // ---- dollars past the limit

  private Decision.ViolationFound found() {
    world.takePrinted();
    return world.decisions().stream()
        .filter(Decision.ViolationFound.class::isInstance)
        .map(Decision.ViolationFound.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void pastTheLimitOfTheDayIsWhatItHasLostBeyondIt() {
    rules("daily_realized_loss: {limit: -500}").loss("-512.25");
    Decision.ViolationFound found = found();
    assertThat(pastLimit(found)).contains("$12.25");

    world.trade("MNQ", -1).pnl("-18").send();

    assertThat(pastLimit(found)).contains("$30.25");
  }

  @Test
  void pastTheTargetOfTheDayIsWhatItHasMadeBeyondIt() {
    rules("daily_realized_profit: {target: 100}").loss("101.50");

    assertThat(pastLimit(found())).contains("$1.50");
  }

  @Test
  void pastTheLimitOfAPositionIsWhatItsClosingCost() {
    rules("daily_unrealized_loss: {limit: -50}");
    world.trade("MNQ", -1).pnl("-1000").send();
    world.at("14:00:01").position("MNQ", 3, "20000");
    world.position("ES", 1, "6000");
    world.quote("MNQ", "19990");
    Decision.ViolationFound found = found();
    assertThat(pastLimit(found)).as("still open").contains("$10.00");

    world.at("14:00:02").trade("MNQ", -2).pnl("-42").send();
    world.trade("ES", -1).pnl("-500").send();
    world.position("MNQ", 1, "20000");
    assertThat(pastLimit(found)).as("one is open, at -20").contains("$12.00");

    world.trade("MNQ", -1).pnl("-21.50").send();
    world.position("MNQ", 0);
    assertThat(pastLimit(found)).contains("$13.50");
  }

  @Test
  void pastTheTierOfALossIsWhatTheOrderLostBeyondIt() {
    rules("cooldown_after_loss: {loss_thresholds: [{loss_amount: -100, cooldown_duration: 300}]}");
    world.trade("MNQ", -1).order(77).pnl("-120").send();
    Decision.ViolationFound found = found();

    world.trade("MNQ", -1).order(77).pnl("-5").send();

    assertThat(pastLimit(found)).contains("$25.00");
  }

  @Test
  void aLimitOfContractsHasNoDollars() {
    rules("max_contracts: {limit: 1}").position("MNQ", 2);

    assertThat(pastLimit(found())).isEmpty();
  }
}
