package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases that the property tests found first, in the fewest events. */
class FoundByPropertiesTest extends WorldTest {
  private static final String REDUCE =
      "max_contracts: {limit: 3, close_all: false, reduce_to_limit: true}";

  /** Closed by a fill whose position event came first: that is no growth. */
  @Test
  void aClosingFillThatComesLateMakesNothingLarger() {
    World world = new World(REDUCE);
    world.position("MNQ", 2);
    world.at("14:01").position("ES", 1, "6000");
    world.at("14:02").position("MNQ", 1).trade("MNQ", -1).pnl("5").send();
    world.at("14:03").position("ES", 3, "6000").expect("violation 001", "reduce ES 3>2 001");
  }

  /** Which position was increased last is known after a restart: it is taken from the fills. */
  @Test
  void theNewestIncreaseIsKnownAfterARestart() {
    World world = new World(REDUCE);
    world.at("14:00").trade("MNQ", 1).send().position("MNQ", 1);
    world.at("14:01").trade("ES", 2).send().position("ES", 2, "6000");
    world.at("14:02").trade("MNQ", 1).send();
    world.restart();
    world
        .at("14:03")
        .send(
            new RiskEvent.SnapshotTaken(
                false,
                Optional.empty(),
                Optional.of(List.of(opened(world, "MNQ", "14:00"), opened(world, "ES", "14:01"))),
                Optional.of(List.of()),
                Optional.empty()))
        .expect("violation 001", "reduce MNQ 2>1 001");
  }

  private static Position opened(World world, String symbol, String time) {
    return new Position(
        1, World.ME, World.id(symbol), Side.LONG, 2, Price.of("6000"), world.instant(time));
  }

  /** Where positions may stay after the session, so does a stop that is too large: it shrinks. */
  @Test
  void theStopOfAPositionThatStaysIsNotCancelledAtTheSessionEnd() {
    World world =
        new World(
            """
            session_block_outside:
              global_session: {start: "09:30", end: "16:00", timezone: America/New_York}
              close_positions_at_session_end: false
            """);
    world.position("MNQ", 1).order(7, "MNQ").sell(3).stop("19990").send();
    world
        .clock("20:00")
        .expect(
            "violation 009 session until 2025-11-03T14:30:00Z",
            "lock 009 session until 2025-11-03T14:30:00Z",
            "resize 7 3>1 009");
  }

  /** An order whose cancelling failed under one lockout is cancelled anew under the next. */
  @Test
  void whatWasUnderWayIsForgottenWhereNothingIsLockedAnyMore() {
    World world = new World("symbol_blocks: {blocked_symbols: [RTY]}");
    world
        .position("RTY", 1, "2000")
        .expect("violation 011 RTY symbol", "lock 011 RTY symbol open", "close RTY long 1 011");
    world.lockUntil("15:00").expect("lock MANUAL manual until 2025-10-31T15:00:00Z");
    world.order(7, "MNQ").buy(1).send().expect("blocked MANUAL", "cancel 7 MANUAL guard");
    world.unlock("MANUAL").expect("unlock MANUAL by admin:root");
    world
        .at("14:30")
        .lockUntil("16:00")
        .expect("lock MANUAL manual until 2025-10-31T16:00:00Z", "cancel 7 MANUAL guard");
  }

  /** A trade at the end of time ends no rule; far ahead it cools down, long ago it is told only. */
  @ParameterizedTest
  @CsvSource({
    "+1000000000-12-31T23:59:59.999999999Z, 2100-01-01T00:05:00Z",
    "-1000000000-01-01T00:00:00Z,"
  })
  void aTradeAtTheEndOfTimeEndsNoRule(String executedAt, String lockedUntil) {
    World world =
        new World(
            "cooldown_after_loss: {loss_thresholds: [{loss_amount: -100, cooldown_duration:"
                + " 300}]}");
    world.send(
        new RiskEvent.TradeReported(
            new Trade(
                1,
                World.ME,
                World.id("MNQ"),
                OrderSide.SELL,
                1,
                Price.of("20000"),
                Optional.of(Money.of("-100")),
                Money.ZERO,
                1,
                Instant.parse(executedAt),
                false)));
    world.takePrinted();
    assertThat(world.books().locks().governing().flatMap(Lockout::expiresAt))
        .isEqualTo(Optional.ofNullable(lockedUntil).map(Instant::parse));
  }
}
