package dev.riskmanager.domain.property;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Example;

/**
 * Sessions in which a gap once made a difference; now with a gap of every length at every place.
 */
class GapCasesTest {
  private static final Instant START = Instant.parse("2025-10-31T14:00:00Z");

  private static Move deal(String contract, long size) {
    return new Move.Deal(1, contract, size, Move.Report.TRADE_FIRST);
  }

  private static Move tick(int ticks) {
    return new Move.Tick("MNQ", ticks);
  }

  private static Move leave(String contract) {
    return new Move.Leave(1, contract);
  }

  private static Move pass(long seconds) {
    return new Move.Pass(Duration.ofSeconds(seconds));
  }

  private static void everyGap(boolean obeys, String rules, Move... moves) {
    Scenario scenario = new Scenario(START, rules, obeys, List.of(moves));
    Street.Told told = Street.told(scenario.initial(), obeys, scenario.moves());
    int events = told.tape().size();
    for (int from = 1; from < events; from++) {
      for (int to = from + 1; to <= events; to++) {
        GapPropertyTest.compare(scenario, told, from, to, true, false);
        GapPropertyTest.compare(scenario, told, from, to, true, true);
      }
    }
  }

  /** The cooldown ends first, and what the lockout for the day let stay is watched again. */
  @Example
  void aCooldownThatClosesAndALockoutThatLetsStayBeginWithOneTrade() {
    everyGap(
        false,
        """
        general: {net_of_fees: true}
        daily_realized_loss: {limit: -3, action: none}
        cooldown_after_loss: {loss_thresholds: [{loss_amount: -1, cooldown_duration: 45}]}
        daily_realized_profit: {target: 3}
        """,
        deal("MNQ", 3),
        deal("ES", 1),
        tick(-1),
        deal("MNQ", -2),
        tick(1),
        deal("MNQ", -2),
        tick(-17),
        deal("MNQ", 1),
        deal("MNQ", 1),
        pass(45),
        pass(45));
  }

  /** Closed and opened again while nobody looked, it is not what the cooldown let stay. */
  @Example
  void aPositionTurnsTwiceUnderACooldown() {
    everyGap(
        false,
        """
        general: {net_of_fees: false}
        trade_frequency_limit: {count: fills, limits: {per_minute: 1, per_hour: 9, per_session: 9}, \
        cooldown_on_breach: {enabled: true, per_minute_breach: 60, per_hour_breach: 1800, \
        per_session_breach: 3600}}
        daily_realized_profit: {target: 31}
        """,
        deal("MNQ", -1),
        deal("MNQ", 2),
        deal("MNQ", -2),
        deal("MNQ", -2),
        tick(-21),
        leave("MNQ"));
  }

  @Example
  void aCooldownBeginsBetweenTheTwoTradesOfATurn() {
    everyGap(
        true,
        """
        general: {net_of_fees: true}
        trade_frequency_limit: {count: fills, limits: {per_minute: 4, per_hour: 5, per_session: 20}, \
        cooldown_on_breach: {enabled: true, per_minute_breach: 60, per_hour_breach: 1800, \
        per_session_breach: 3600}}
        """,
        deal("MNQ", 1),
        leave("MNQ"),
        deal("MNQ", -1),
        deal("MNQ", 2));
  }

  private static final String A_FILL_A_MINUTE =
      """
      general: {net_of_fees: false}
      trade_frequency_limit: {count: fills, limits: {per_minute: 2, per_hour: 9, per_session: 9}, \
      cooldown_on_breach: {enabled: true, per_minute_breach: 60, per_hour_breach: 1800, \
      per_session_breach: 3600}}
      auth_loss_guard: {enabled: true}
      """;

  /** What is opened in the gap shows that the account may trade again. */
  @Example
  void thePermissionIsGivenBackInTheGapAndTradesFollow() {
    List<Move> moves =
        List.of(
            new Move.Permission(1, false),
            pass(5),
            new Move.Permission(1, true),
            deal("MNQ", 1),
            deal("MNQ", 1),
            pass(5));
    Scenario scenario = new Scenario(START, A_FILL_A_MINUTE, false, moves);
    Street.Told told = Street.told(scenario.initial(), false, moves);
    int back = 4;
    for (int from = 2; from <= back; from++) {
      for (int to = from + 1; to <= told.tape().size(); to++) {
        GapPropertyTest.compare(scenario, told, from, to, true, false);
        GapPropertyTest.compare(scenario, told, from, to, true, true);
      }
    }
  }

  /** It was held when the venue forbade it, though nothing is left when that is read. */
  @Example
  void thePermissionIsWithdrawnUnderACooldownAndWhatStayedIsClosed() {
    everyGap(
        false,
        A_FILL_A_MINUTE,
        deal("MNQ", 1),
        deal("MNQ", 1),
        pass(5),
        new Move.Permission(1, false),
        leave("MNQ"),
        pass(5));
  }

  /** Another position is all that a cooldown let stay, and it is closed and opened again. */
  @Example
  void whatStayedIsClosedAndAnotherMakesTheProfit() {
    everyGap(
        false,
        """
        general: {net_of_fees: true}
        trade_frequency_limit: {count: orders, limits: {per_minute: 1, per_hour: 5, \
        per_session: 13}, cooldown_on_breach: {enabled: true, per_minute_breach: 60, \
        per_hour_breach: 1800, per_session_breach: 3600}}
        daily_realized_profit: {target: 21}
        """,
        deal("ES", 1),
        deal("MNQ", 1),
        leave("ES"),
        tick(46),
        deal("ES", 1),
        deal("MNQ", -1));
  }
}
