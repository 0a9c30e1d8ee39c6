package dev.riskmanager.daemon.enforce;

import static dev.riskmanager.daemon.enforce.World.ACCOUNT;
import static dev.riskmanager.daemon.enforce.World.ES;
import static dev.riskmanager.daemon.enforce.World.MNQ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How soon the proof of flat follows the answer to the close, whatever was read before. */
class ProofTest {
  private static final long SOON = 200;

  private final World world = new World();
  private final List<Long> afterTheClose = new ArrayList<>();

  /** A trader who is locked out opens again; the hub tells of it, and the core decides. */
  private void reenter(ContractId contract, long hubMillis) {
    Position opened = world.venue.open(ACCOUNT, contract, 1);
    hubTells(true);
    world.time.after(hubMillis, () -> world.decide(World.close(opened)));
    int proofs = world.heard.proofs.size();
    int closes = world.calls.sent(VenueRequest.Close.class).size();
    assertThat(
            world.time.passUntil(() -> world.heard.proofs.size() > proofs, Duration.ofSeconds(30)))
        .isTrue();
    long left = world.calls.sent(VenueRequest.Close.class).get(closes).atMillis();
    afterTheClose.add(world.time.millis() - left - world.calls.latencyMillis);
  }

  /** Order, trade, position, account: each fill is told four times, soon after it. */
  private void hubTells(boolean open) {
    for (int i = 0; i < 4; i++) {
      world.time.after(2 + 3 * i, () -> world.enforcement.observed(ACCOUNT, open));
    }
  }

  private void locked() {
    world.calls.latencyMillis = 4;
    world.venue.open(ACCOUNT, MNQ, 2);
    world.venue.closeWatcher = (account, contract, before, after) -> hubTells(after != 0);
    world.lockFlat();
    world.flatten();
    world.passUntilProven();
  }

  @ParameterizedTest
  @ValueSource(longs = {2_000, 4_000, 5_100, 8_000, 11_000})
  void eachReentryOfAMinuteIsProvenFlatAtOnce(long everyMillis) {
    locked();

    for (int i = 0; i < 5; i++) {
      world.time.pass(everyMillis);
      reenter(i % 2 == 0 ? MNQ : ES, 3);
    }

    assertThat(afterTheClose).as("ms from the answer to the proof").allMatch(ms -> ms <= SOON);
  }

  @Test
  void aBracketThatComesWithEachReentryIsSweptAsSoon() {
    locked();

    for (int i = 0; i < 4; i++) {
      world.time.pass(11_000);
      world.venue.order(ACCOUNT, MNQ, OrderType.STOP, OrderSide.SELL, 1);
      world.venue.order(ACCOUNT, MNQ, OrderType.LIMIT, OrderSide.SELL, 1);
      reenter(MNQ, 3);
    }

    assertThat(world.isFlat()).isTrue();
    assertThat(afterTheClose).as("ms from the answer to the proof").allMatch(ms -> ms <= SOON);
  }

  @Test
  void readsThatLagTwiceBehindTheCloseDoNotUseUpTheReadsOfTheNextOne() {
    locked();
    world.venue.lag = Duration.ofMillis(30);

    for (int i = 0; i < 5; i++) {
      world.time.pass(10_000);
      reenter(MNQ, 3);
    }

    assertThat(afterTheClose).as("ms from the answer to the proof").allMatch(ms -> ms <= SOON);
  }
}
