package dev.riskmanager.daemon.enforce;

import static dev.riskmanager.daemon.enforce.World.ACCOUNT;
import static dev.riskmanager.daemon.enforce.World.ES;
import static dev.riskmanager.daemon.enforce.World.MNQ;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.riskmanager.daemon.enforce.VirtualCalls.Fault;
import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.RuleId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What people read afterwards: two logs and the receipt. */
class StoryTest {
  private static final RuleId SESSION = new RuleId(9, "session_block_outside");

  private final World world = new World();
  private final ListAppender<ILoggingEvent> operations = new ListAppender<>();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    operations.start();
    log.start();
    logger("enforcement").addAppender(operations);
    logger(VenueEnforcement.class.getName()).addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger("enforcement").detachAppender(operations);
    logger(VenueEnforcement.class.getName()).detachAppender(log);
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  private static List<String> lines(ListAppender<ILoggingEvent> appender) {
    return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void aPlanHasAReceiptFromItsFirstRequestOn() {
    world.venue.open(ACCOUNT, MNQ, 3);

    world.flatten();
    world.passUntilProven();

    assertThat(world.heard.receipts).isEmpty();
    assertThat(world.heard.progress.getFirst().outcome()).isEqualTo("under way");
    Enforcement.Receipt soFar = world.heard.progress.getLast();
    assertThat(soFar.outcome()).isEqualTo("FLAT, still watched");
    assertThat(soFar.provenAt()).isPresent();
    assertThat(soFar.ended()).isEmpty();
    assertThat(soFar.requests()).anyMatch(line -> line.contains("closeContract"));

    world.passUntilFinished();

    assertThat(world.heard.receipts)
        .singleElement()
        .satisfies(
            ended -> {
              assertThat(ended.id()).isEqualTo(soFar.id());
              assertThat(ended.outcome()).isEqualTo("FLAT");
              assertThat(ended.ended()).isPresent();
            });
  }

  @Test
  void aFlattenIsToldInTheWordsOfTheLog() {
    world.venue.open(ACCOUNT, MNQ, 3);
    world.venue.open(ACCOUNT, ES, -1);
    world.venue.order(ACCOUNT, MNQ, OrderType.STOP, OrderSide.SELL, 3);
    world.lockFlat();

    world.flatten();
    world.passUntilFinished();

    assertThat(lines(operations))
        .containsExactly(
            "CLOSE_ALL_POSITIONS: account=13298777, count=2",
            "CANCEL_ALL_ORDERS: account=13298777, count=1");
    assertThat(lines(log))
        .containsSubsequence(
            "ENFORCING: Cancelling all orders (DailyRealizedLoss)",
            "ENFORCING: Closing all positions (DailyRealizedLoss)",
            "Account 13298777 closeContract CON.F.US.EP.Z25: done in 50 ms",
            "Account 13298777 cancelOrder order 3425000102: done in 50 ms",
            "FLAT: proven after 160 ms");
  }

  @Test
  void aSingleCloseAndAReduceAreToldToo() {
    Position closed = world.venue.open(ACCOUNT, MNQ, 3);
    Position reduced = world.venue.open(ACCOUNT, ES, 3);

    world.decide(World.close(closed), World.reduce(reduced, 2));
    world.passUntilFinished();

    assertThat(lines(operations))
        .containsExactly(
            "CLOSE_POSITION: account=13298777, contract=CON.F.US.MNQ.Z25",
            "REDUCE_POSITION: account=13298777, contract=CON.F.US.EP.Z25, from=3, to=2");
    assertThat(lines(log))
        .contains(
            "ENFORCING: Closing CON.F.US.MNQ.Z25 (DailyRealizedLoss)",
            "ENFORCING: Reducing CON.F.US.EP.Z25 from 3 to 2 (DailyRealizedLoss)");
  }

  @Test
  void theReceiptOfAReduceHasItsProof() {
    Position reduced = world.venue.open(ACCOUNT, ES, 3);

    world.decide(World.reduce(reduced, 2));
    world.passUntilFinished();

    assertThat(world.receipt().requests())
        .anySatisfy(line -> assertThat(line).contains("REDUCED: ", " proven after "));
  }

  @Test
  void whatTheExecutorFindsBeyondTheBaselineIsTold() {
    world.lockFlat();
    world.flatten();
    world.passUntilProven();
    world.venue.open(ACCOUNT, MNQ, 2);
    world.passUntilFinished();

    assertThat(lines(operations))
        .contains("CLOSE_POSITION: account=13298777, contract=CON.F.US.MNQ.Z25");
    assertThat(lines(log))
        .contains(
            "ENFORCING: Closing CON.F.US.MNQ.Z25 (beyond the baseline: 2 held)",
            "Account 13298777 is not done after all: CON.F.US.MNQ.Z25 LONG 2 is open");
  }

  @Test
  void alarmsAreWarnings() {
    world.venue.open(ACCOUNT, MNQ, 2);
    world.lockFlat();
    world.calls.fail(r -> r instanceof VenueRequest.Close, Fault.REFUSED, 6);

    world.flatten();
    world.passUntilFinished();

    assertThat(log.list)
        .filteredOn(e -> e.getFormattedMessage().startsWith("ALARM: account 13298777"))
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.getLevel()).isEqualTo(Level.WARN);
              assertThat(e.getFormattedMessage())
                  .contains("CON.F.US.MNQ.Z25 LONG 2 is still open after 4 requests")
                  .contains("refused OrderRejected: halted in 50 ms");
            });
    assertThat(lines(log)).contains("Alarm over: account 13298777");
  }

  @Test
  void theReceiptHasTheWholeStory() {
    world.venue.open(ACCOUNT, MNQ, 2);
    world.lockFlat();
    world.time.pass(850);

    world.decideKnowing(List.of(), World.cancelAll(), World.closeAll());
    world.passUntilFinished();

    Enforcement.Receipt receipt = world.receipt();
    assertThat(receipt.id()).isEqualTo("20251031-172120-000000-13298777");
    assertThat(receipt.account()).isEqualTo(ACCOUNT);
    assertThat(receipt.rule()).isEqualTo(World.LOSS);
    assertThat(receipt.reason()).isEqualTo("test");
    assertThat(receipt.began()).isEqualTo(World.START.plusMillis(850));
    assertThat(receipt.firstRequestAt()).hasValue(World.START.plusMillis(850));
    assertThat(receipt.provenAt()).hasValue(World.START.plusMillis(850 + 150));
    assertThat(receipt.ended()).hasValue(World.START.plusMillis(850 + 150 + 5_050));
    assertThat(receipt.outcome()).isEqualTo("FLAT");
    assertThat(receipt.decisions())
        .containsExactly(
            "cancel_all_orders (DailyRealizedLoss)", "close_all_positions (DailyRealizedLoss)");
    assertThat(receipt.requests())
        .startsWith(
            "2025-10-31T17:21:20Z readPositions: done in 50 ms",
            "2025-10-31T17:21:20Z readOrders: done in 50 ms",
            "2025-10-31T17:21:20.050Z closeContract CON.F.US.MNQ.Z25: done in 50 ms")
        .hasSize(5 + 6);
  }

  @Test
  void aLockoutThatComesWhileAnotherIsWatchedHasItsOwnReceipt() {
    world.venue.open(ACCOUNT, MNQ, 2);
    world.lockFlat();
    world.flatten();
    world.passUntilProven();
    Instant firstProof = world.time.now();
    world.time.pass(1_000);
    Position again = world.venue.open(ACCOUNT, ES, 1);
    Instant second = world.time.now();
    world.decideBy(SESSION, World.close(again));
    world.passUntilFinished();
    Enforcement.Receipt first = world.receipt();
    world.passUntilFinished();

    assertThat(first.rule()).isEqualTo(World.LOSS);
    assertThat(first.provenAt()).hasValue(firstProof);
    assertThat(first.ended()).hasValue(second);
    assertThat(first.decisions()).noneMatch(line -> line.contains("close_position"));
    assertThat(first.requests()).noneMatch(line -> line.contains(ES.value()));
    Enforcement.Receipt other = world.receipt();
    assertThat(other.rule()).isEqualTo(SESSION);
    assertThat(other.id()).isNotEqualTo(first.id());
    assertThat(other.began()).isEqualTo(second);
    assertThat(other.provenAt()).hasValue(second.plusMillis(100));
    assertThat(other.decisions()).containsExactly("close_position " + ES + " (DailyRealizedLoss)");
    assertThat(other.requests()).noneMatch(line -> line.contains(MNQ.value()));
    assertThat(world.heard.receipts).hasSize(2);
  }

  @Test
  void aLockoutThatComesWhileAnotherIsCarriedOutHasItsOwnReceiptOfTheSameProof() {
    world.venue.open(ACCOUNT, MNQ, 2);
    world.lockFlat();
    world.flatten();
    world.time.pass(20);
    world.decideBy(SESSION, World.closeAll());
    world.passUntilProven();
    Instant proof = world.time.now();
    world.passUntilFinished();

    assertThat(world.heard.receipts)
        .extracting(Enforcement.Receipt::rule)
        .containsExactly(World.LOSS, SESSION);
    assertThat(world.heard.receipts)
        .extracting(Enforcement.Receipt::provenAt)
        .containsOnly(Optional.of(proof));
    assertThat(world.heard.receipts.getLast().decisions()).hasSize(1);
    assertThat(world.heard.receipts).extracting(Enforcement.Receipt::id).doesNotHaveDuplicates();
  }

  /** As after an unlock, while the proof of the first is still waited for. */
  @Test
  void aSecondLockoutOfTheSameRuleHasItsOwnReceiptToo() {
    world.venue.open(ACCOUNT, MNQ, 2);
    world.lockFlat();
    world.decideLocking(World.START, World.cancelAll(), World.closeAll());
    world.time.pass(20);
    Instant second = world.time.now();
    world.decideLocking(second, World.cancelAll(), World.closeAll());
    world.passUntilProven();
    world.passUntilFinished();

    assertThat(world.heard.receipts)
        .extracting(Enforcement.Receipt::committedAt)
        .containsExactly(Optional.of(World.START), Optional.of(second));
    assertThat(world.heard.receipts).extracting(Enforcement.Receipt::id).doesNotHaveDuplicates();
  }

  @Test
  void aMergedDecisionKeepsTheRuleThatAskedForIt() {
    Position mnq = world.venue.open(ACCOUNT, MNQ, 2);
    world.decide(World.close(mnq));
    RuleId session = new RuleId(9, "session_block_outside");
    world.decide(
        new Decision.CancelAllOrders(
            new dev.riskmanager.domain.decision.Cause(
                World.START, ACCOUNT, Optional.of(session), false, false, "outside"),
            Optional.of("MNQ")));
    world.passUntilFinished();

    assertThat(world.receipt().decisions())
        .containsExactly(
            "close_position CON.F.US.MNQ.Z25 (DailyRealizedLoss)",
            "cancel_all_orders MNQ (SessionBlockOutside)");
  }

  @Test
  void aPlanThatRunsForHoursKeepsABoundedReceipt() {
    world.venue.open(ACCOUNT, MNQ, 2);
    world.lockFlat();
    world.calls.fail(r -> r instanceof VenueRequest.Close, Fault.REFUSED, Integer.MAX_VALUE);

    world.flatten();
    world.time.pass(3_600_000);
    world.calls.heal();
    world.passUntilFinished();

    assertThat(world.receipt().requests()).hasSizeLessThanOrEqualTo(401);
    assertThat(world.receipt().requests().getLast()).matches("… and \\d{3,} more");
    assertThat(world.receipt().outcome()).isEqualTo("FLAT");
  }
}
