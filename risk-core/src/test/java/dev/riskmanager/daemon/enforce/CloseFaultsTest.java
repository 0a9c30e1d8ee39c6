package dev.riskmanager.daemon.enforce;

import static dev.riskmanager.daemon.enforce.World.ACCOUNT;
import static dev.riskmanager.daemon.enforce.World.ES;
import static dev.riskmanager.daemon.enforce.World.MNQ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.enforce.VirtualCalls.Fault;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Closes that are refused, get lost, or are not what the venue says they are. */
class CloseFaultsTest {
  private final World world = new World();

  @BeforeEach
  void aPosition() {
    world.venue.open(ACCOUNT, MNQ, 3);
  }

  private void failCloses(Fault fault, int times) {
    world.calls.fail(r -> r instanceof VenueRequest.Close, fault, times);
  }

  private List<Long> closes() {
    return world.calls.sent(VenueRequest.Close.class).stream()
        .map(VirtualCalls.Departure::atMillis)
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void whateverGoesWrongOnceItEndsFlat(Fault fault) {
    world.lockFlat();
    failCloses(fault, 1);

    world.flatten();
    world.passUntilFinished();

    assertThat(world.isFlat()).isTrue();
    assertThat(world.receipt().outcome()).isEqualTo("FLAT");
    assertThat(world.heard.alarmed).isFalse();
    assertThat(world.venue.tradesOf(ACCOUNT)).as("one fill in, one out").hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void theSameWithoutALockout(Fault fault) {
    failCloses(fault, 1);

    world.flatten();
    world.passUntilFinished();

    assertThat(world.isFlat()).isTrue();
    assertThat(world.venue.tradesOf(ACCOUNT)).hasSize(2);
  }

  @Test
  void anUnansweredCloseIsReadAndRepeatedAfterASecond() {
    failCloses(Fault.HANG, 1);

    world.flatten();
    world.time.pass(1_200);

    assertThat(closes()).containsExactly(0L, 1_050L);
    assertThat(world.heard.requests).contains("closeContract " + MNQ + ": AMBIGUOUS");
  }

  @Test
  void anUnansweredCloseThatWasCarriedOutIsNotRepeated() {
    failCloses(Fault.EXECUTED_THEN_HANG, 1);

    world.flatten();
    world.passUntilFinished();

    assertThat(closes()).containsExactly(0L);
    assertThat(world.isFlat()).isTrue();
  }

  @Test
  void afterAnAmbiguousCloseTheOtherSideIsLeftAloneWhenNothingLocksIt() {
    failCloses(Fault.EXECUTED_THEN_HANG, 1);

    world.flatten();
    world.time.after(500, () -> world.venue.open(ACCOUNT, MNQ, -2));
    world.passUntilFinished();

    assertThat(closes()).containsExactly(0L);
    assertThat(world.venue.position(ACCOUNT, MNQ)).map(Position::signedSize).hasValue(-2L);
  }

  @Test
  void underALockTheOtherSideGoesToo() {
    world.lockFlat();
    failCloses(Fault.EXECUTED_THEN_HANG, 1);

    world.flatten();
    world.time.after(500, () -> world.venue.open(ACCOUNT, MNQ, -2));
    world.passUntilFinished();

    assertThat(world.isFlat()).isTrue();
  }

  @Test
  void aMarketThatRejectsForSomeSecondsIsTriedQuicklyAndThenSteadily() {
    world.lockFlat();
    failCloses(Fault.REFUSED, Integer.MAX_VALUE);

    world.flatten();
    world.time.pass(10_000);
    assertThat(world.heard.alarmed).isTrue();
    List<Long> halted = closes();
    assertThat(world.heard.alarms)
        .allSatisfy(text -> assertThat(text).contains("MNQ", "LONG 3", "halted"));
    // As it goes on, everybody can see that it does.
    assertThat(world.heard.alarms.getFirst()).contains("still open after 4 requests");
    assertThat(world.heard.alarms.getLast())
        .contains("still open after " + halted.size() + " requests");
    assertThat(world.heard.alarms).doesNotHaveDuplicates();
    world.calls.heal();
    world.passUntilProven();

    assertThat(world.heard.alarmed).isFalse();
    // Each gap is the round trip and the pause: 50, 100, 200 … ms less up to a fifth, at most 2 s.
    assertThat(halted.get(1) - halted.get(0)).isBetween(90L, 100L);
    assertThat(halted.get(2) - halted.get(1)).isBetween(130L, 150L);
    assertThat(halted.get(3) - halted.get(2)).isBetween(210L, 250L);
    assertThat(halted.getLast() - halted.get(halted.size() - 2)).isBetween(1_600L, 2_050L);
  }

  @Test
  void whatIsWrongWithSeveralContractsIsToldTogetherAndThenWhatIsLeft() {
    world.venue.open(ACCOUNT, ES, -1);
    world.lockFlat();
    world.calls.fail(
        r -> r instanceof VenueRequest.Close close && close.contract().equals(MNQ),
        Fault.REFUSED,
        6);
    world.calls.fail(
        r -> r instanceof VenueRequest.Close close && close.contract().equals(ES),
        Fault.REFUSED,
        Integer.MAX_VALUE);

    world.flatten();
    world.time.passUntil(
        () -> world.venue.positionsOf(ACCOUNT).size() == 1, Duration.ofSeconds(20));
    assertThat(world.heard.alarms).anyMatch(a -> a.contains("MNQ") && a.contains("EP"));
    world.time.pass(30_000);

    assertThat(world.heard.alarmed).isTrue();
    assertThat(world.heard.alarms.getLast()).contains("EP").doesNotContain("MNQ");
    world.calls.heal();
    world.passUntilFinished();
    assertThat(world.heard.alarmed).isFalse();
  }

  @Test
  void theAlarmComesAfterThreeQuickRetriesAndNotBefore() {
    failCloses(Fault.REFUSED, 4);

    world.flatten();
    world.time.passUntil(
        () -> world.heard.requests.stream().filter(r -> r.contains("REFUSED")).count() == 3,
        Duration.ofSeconds(5));
    assertThat(world.heard.alarmed).isFalse();
    world.time.passUntil(() -> world.heard.alarmed, Duration.ofSeconds(5));

    assertThat(closes()).hasSize(4);
    world.passUntilProven();
    assertThat(closes()).hasSize(5);
    assertThat(world.heard.alarmed).isFalse();
  }

  @Test
  void threeRefusalsRaiseNoAlarm() {
    failCloses(Fault.REFUSED, 3);

    world.flatten();
    world.passUntilFinished();

    assertThat(world.heard.alarms).isEmpty();
    assertThat(closes()).hasSize(4);
  }

  @Test
  void anAccountThatMayNotCloseIsNotProtectedButTriedOn() {
    failCloses(Fault.REFUSED_FOR_EVER, Integer.MAX_VALUE);

    world.flatten();
    world.time.pass(60_000);

    assertThat(world.heard.notProtected).isTrue();
    assertThat(closes()).hasSizeBetween(6, 9);
    world.calls.heal();
    world.passUntilProven();
    assertThat(world.heard.notProtected).isFalse();
  }

  @Test
  void aStuckAccountUsesUpNeitherTheVenuesRateNorTheReads() {
    for (int i = 0; i < 10; i++) {
      world.venue.open(
          ACCOUNT, new dev.riskmanager.domain.model.ContractId("CON.F.US.X" + i + ".Z25"), 1);
    }
    world.lockFlat();
    failCloses(Fault.REFUSED, Integer.MAX_VALUE);

    world.flatten();
    world.time.pass(300_000);

    for (long from = 0; from <= 240_000; from += 1_000) {
      long begin = from;
      List<VirtualCalls.Departure> minute =
          world.calls.departures.stream()
              .filter(d -> d.atMillis() >= begin && d.atMillis() < begin + 60_000)
              .toList();
      assertThat(minute).hasSizeLessThanOrEqualTo(200);
      assertThat(minute)
          .filteredOn(
              d ->
                  d.request() instanceof VenueRequest.ReadPositions
                      || d.request() instanceof VenueRequest.ReadOrders)
          .hasSizeLessThanOrEqualTo(RequestBudget.VERIFICATIONS_PER_MINUTE);
      assertThat(minute).filteredOn(d -> d.request() instanceof VenueRequest.Close).isNotEmpty();
    }
    assertThat(world.heard.alarmed).isTrue();
  }

  @Test
  void whenTheAccountCannotBeReadALockedOneIsClosedAllTheSame() {
    world.lockFlat();
    world.calls.fail(r -> r instanceof VenueRequest.ReadPositions, Fault.FAILED, Integer.MAX_VALUE);
    failCloses(Fault.IGNORED, 1);

    world.flatten();
    world.time.pass(10_000);

    assertThat(world.venue.position(ACCOUNT, MNQ)).isEmpty();
    assertThat(world.heard.alarms).anySatisfy(a -> assertThat(a).contains("cannot be read"));
    assertThat(world.heard.proofs).isEmpty();
    world.calls.heal();
    world.passUntilProven();
    assertThat(world.heard.alarmed).isFalse();
  }

  @Test
  void whatTheVenueThrottlesIsTriedAgainLater() {
    world.lockFlat();
    world.calls.fail(r -> true, Fault.THROTTLED, 6);

    world.flatten();
    world.passUntilProven();

    assertThat(world.isFlat()).isTrue();
    assertThat(closes().get(1)).isGreaterThanOrEqualTo(300);
  }

  @Test
  void readsThatLagBehindDoNotMakeItCloseAgainAtOnce() {
    world.venue.lag = Duration.ofMillis(120);
    world.lockFlat();

    world.flatten();
    world.passUntilFinished();

    assertThat(closes()).containsExactly(0L);
    assertThat(world.isFlat()).isTrue();
  }

  @Test
  void aReadThatLagsBehindTheOpeningProvesNothingForGood() {
    world.venue.lag = Duration.ofMillis(400);
    world.lockFlat();
    world.time.pass(10_000);
    Position young = world.venue.open(ACCOUNT, ES, 2);
    failCloses(Fault.IGNORED, 1);

    world.decide(World.close(young));
    world.passUntilFinished();

    assertThat(world.venue.position(ACCOUNT, ES)).isEmpty();
  }

  @Test
  void whileItsMarketOrderWaitsToFillNoSecondCloseIsSent() {
    failCloses(Fault.IGNORED, 1);

    world.flatten();
    long filling = world.venue.order(ACCOUNT, MNQ, OrderType.MARKET, OrderSide.SELL, 3);
    world.time.after(800, () -> world.venue.fillOrder(filling));
    world.passUntilFinished();

    assertThat(closes()).containsExactly(0L);
    assertThat(world.isFlat()).isTrue();
  }

  @Test
  void aMarketOrderThatNeverFillsIsNotWaitedForForEver() {
    failCloses(Fault.IGNORED, 1);

    world.flatten();
    world.venue.order(ACCOUNT, MNQ, OrderType.MARKET, OrderSide.SELL, 3);
    world.passUntilFinished();

    assertThat(closes()).hasSize(2);
    assertThat(closes().getLast()).isBetween(5_000L, 8_000L);
    assertThat(world.isFlat()).isTrue();
  }

  @Test
  void aPartialFillOfACloseIsFollowedByAnother() {
    failCloses(Fault.IGNORED, 1);
    world.flatten();
    world.time.after(20, () -> world.venue.open(ACCOUNT, MNQ, -1));

    world.passUntilFinished();

    assertThat(world.isFlat()).isTrue();
    assertThat(closes()).hasSize(2);
  }
}
