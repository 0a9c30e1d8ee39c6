package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.RequestAllowance;
import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.world.World;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Events lost without a trace are found by reading, and only then. */
class QuietWatchTest {
  private static final ContractId MNQ = World.id("MNQ");

  private static final AccountId OTHER = new AccountId(2);

  private final World world = new World("max_contracts: {limit: 9}");
  private final List<RiskEvent> told = new ArrayList<>();
  private final List<String> reads = new ArrayList<>();
  private final List<Position> positions = new ArrayList<>();
  private final List<Order> orders = new ArrayList<>();
  private final List<Trade> trades = new ArrayList<>();
  private final List<AccountId> of = new ArrayList<>();
  private Runnable whileReading = () -> {};
  private boolean allowed = true;
  private boolean answers = true;
  private Instant now = world.now();
  private final QuietWatch watch =
      new QuietWatch(
          venue(),
          world::state,
          (state, account) -> Instant.EPOCH,
          (at, event) -> {
            told.add(event);
            world.at(at.toString()).send(event);
          },
          () -> now,
          allowance());

  private Venue venue() {
    return (Venue)
        Proxy.newProxyInstance(
            Venue.class.getClassLoader(),
            new Class<?>[] {Venue.class},
            (proxy, method, arguments) -> {
              reads.add(method.getName());
              of.add((AccountId) arguments[0]);
              whileReading.run();
              List<?> rows =
                  switch (method.getName()) {
                    case "openPositions" -> List.copyOf(positions);
                    case "workingOrders" -> List.copyOf(orders);
                    case "trades" -> List.copyOf(trades);
                    default -> throw new UnsupportedOperationException(method.getName());
                  };
              return answers
                  ? new VenueReply.Done<>(rows, Duration.ZERO)
                  : new VenueReply.Ambiguous<>("no answer", Duration.ZERO);
            });
  }

  private RequestAllowance allowance() {
    return new RequestAllowance() {
      @Override
      public boolean tryTake() {
        return allowed;
      }

      @Override
      public void take(int requests) {}

      @Override
      public Duration untilFree() {
        return Duration.ZERO;
      }

      @Override
      public void throttled() {}
    };
  }

  private void pass(Duration time) {
    now = now.plus(time);
    watch.look();
  }

  /** The first event makes the account run, and is the last that the hub tells. */
  private void theHubFallsSilent(Optional<Position> held) {
    watch.pass(now, new RiskEvent.PositionReported(World.ME, MNQ, held));
    told.clear();
  }

  private static RiskEvent read(List<Position> held, List<Order> working, List<Trade> done) {
    return new RiskEvent.SnapshotTaken(
        true,
        Optional.of(World.ME),
        Optional.empty(),
        Optional.of(held),
        Optional.of(working),
        Optional.of(done));
  }

  private static Position position(long size) {
    return positionOf(World.ME, size);
  }

  private static Position positionOf(AccountId account, long size) {
    return new Position(
        7, account, MNQ, Side.LONG, size, Price.of("20000"), Instant.parse("2025-10-31T14:00:00Z"));
  }

  private static Order stop(long size) {
    Instant at = Instant.parse("2025-10-31T14:00:00Z");
    return new Order(
        11,
        World.ME,
        MNQ,
        OrderStatus.OPEN,
        OrderType.STOP,
        OrderSide.SELL,
        size,
        0,
        Optional.empty(),
        Optional.of(Price.of("19990")),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        at,
        at,
        "");
  }

  @Test
  void aPositionOpenedUnseenUnderALockIsFoundAfterTwentySilentSeconds() {
    theHubFallsSilent(Optional.empty());
    world.lockUntil("16:00").expect("lock MANUAL manual until 2025-10-31T16:00:00Z");
    positions.add(position(1));

    pass(QuietWatch.QUIET.minusMillis(1));
    assertThat(reads).isEmpty();
    pass(Duration.ofMillis(1));

    assertThat(reads).containsExactly("openPositions", "workingOrders", "trades");
    assertThat(told).containsExactly(read(List.of(position(1)), List.of(), List.of()));
  }

  @Test
  void anAccountInDoubtIsReadInFullAtOnceUntilTheReadingIsBelieved() {
    theHubFallsSilent(Optional.empty());
    Trade loss = world.trade("MNQ", -1).pnl("-100").row();
    trades.add(loss);
    watch.doubt(World.ME);

    allowed = false;
    pass(Duration.ofSeconds(2));
    allowed = true;
    whileReading = () -> watch.pass(now, new RiskEvent.TradeReported(loss));
    pass(Duration.ofSeconds(2));
    whileReading = () -> {};
    assertThat(reads).containsExactly("openPositions", "workingOrders", "trades");
    reads.clear();
    pass(Duration.ofSeconds(2));
    assertThat(reads).containsExactly("openPositions", "workingOrders", "trades");

    reads.clear();
    pass(Duration.ofSeconds(2));
    assertThat(reads).isEmpty();
  }

  @Test
  void aTradeThatWasLostIsFoundWhenTheAccountIsInDoubt() {
    theHubFallsSilent(Optional.empty());
    Trade loss = world.trade("MNQ", -1).pnl("-100").row();
    trades.add(loss);
    watch.doubt(World.ME);

    pass(Duration.ofSeconds(2));

    assertThat(told).containsExactly(read(List.of(), List.of(), List.of(loss)));
    reads.clear();
    pass(Duration.ofSeconds(2));
    assertThat(reads).isEmpty();
  }

  @Test
  void anAccountThatIsFlatAndNotLockedIsNotRead() {
    theHubFallsSilent(Optional.empty());

    pass(Duration.ofHours(1));

    assertThat(reads).isEmpty();
  }

  @Test
  void aReadingThatShowsWhatIsKnownTellsNothingAndIsRepeatedOnlyAfterTwentySeconds() {
    theHubFallsSilent(Optional.of(position(2)));
    positions.add(position(2));

    pass(QuietWatch.QUIET);
    pass(QuietWatch.QUIET.minusMillis(1));
    assertThat(reads).containsExactly("openPositions", "workingOrders");
    pass(Duration.ofMillis(1));

    assertThat(reads).hasSize(4);
    assertThat(told).isEmpty();
  }

  @Test
  void aReadingDuringWhichTheHubSpeaksIsThrownAwayAndRepeated() {
    theHubFallsSilent(Optional.of(position(2)));
    whileReading =
        () -> {
          whileReading = () -> {};
          watch.pass(now, new RiskEvent.PositionReported(World.ME, MNQ, Optional.of(position(3))));
        };

    pass(QuietWatch.QUIET);
    assertThat(told).hasSize(1);
    positions.add(position(3));
    pass(Duration.ofSeconds(2));

    assertThat(told).as("what the hub told stands").hasSize(1);
    assertThat(reads).hasSizeGreaterThan(3);
  }

  @Test
  void whatIsGoneFromTheVenueIsGoneFromTheBooks() {
    theHubFallsSilent(Optional.of(position(2)));
    watch.pass(now, new RiskEvent.OrderReported(stop(2)));
    told.clear();

    pass(QuietWatch.QUIET);

    assertThat(told).containsExactly(read(List.of(), List.of(), List.of()));
    assertThat(world.books().holding(MNQ).position()).isEmpty();
    assertThat(world.books().orders().find(11)).isNull();
  }

  @Test
  void whoHasNoShareOfTheRequestsLeftWaits() {
    theHubFallsSilent(Optional.of(position(2)));
    allowed = false;

    pass(QuietWatch.QUIET);

    assertThat(reads).isEmpty();
    assertThat(told).isEmpty();
  }

  // ---- while the hub is gone

  @Test
  void aBlindAccountIsReadEveryTenSecondsThoughNothingIsHeldThere() {
    theHubFallsSilent(Optional.empty());
    Trade loss = world.trade("MNQ", -1).pnl("-100").row();
    trades.add(loss);
    world.disconnected();

    pass(QuietWatch.BLIND.minusMillis(1));
    assertThat(reads).isEmpty();
    pass(Duration.ofMillis(1));

    assertThat(reads).containsExactly("trades", "openPositions", "workingOrders");
    assertThat(told).containsExactly(read(List.of(), List.of(), List.of(loss)));
    pass(QuietWatch.BLIND);
    assertThat(reads).hasSize(6);
    assertThat(told).hasSize(1);
    assertThat(world.books().blindSince()).isPresent();
  }

  /** All at once would use up the venue's rate, and leave none of it for acting. */
  @Test
  void oneAccountIsReadAtATimeThatWhichIsDueForLongestFirst() {
    theHubFallsSilent(Optional.of(position(2)));
    positions.add(position(2));
    now = now.plus(Duration.ofSeconds(3));
    watch.pass(now, new RiskEvent.PositionReported(OTHER, MNQ, Optional.of(positionOf(OTHER, 1))));
    now = now.plus(QuietWatch.QUIET);

    watch.look();
    assertThat(of).containsOnly(World.ME);
    now = now.plus(Duration.ofSeconds(2));
    watch.look();
    assertThat(of).contains(OTHER);
  }

  @Test
  void aHubThatWasCaughtKeepingSomethingBackIsWatchedMoreCloselyForAMinute() {
    theHubFallsSilent(Optional.of(position(2)));
    positions.add(position(3));
    pass(QuietWatch.QUIET);
    assertThat(told).hasSize(1);
    positions.clear();
    positions.add(position(4));

    pass(QuietWatch.SUSPECT.minusMillis(1));
    assertThat(told).hasSize(1);
    pass(Duration.ofMillis(1));
    assertThat(told).hasSize(2);
  }

  @Test
  void whatTheExecutorHasProvenFlatIsReadWhenTheBooksHoldIt() {
    theHubFallsSilent(Optional.of(position(2)));

    watch.provenFlat(World.ME);
    pass(Duration.ofSeconds(2));

    assertThat(told).containsExactly(read(List.of(), List.of(), List.of()));
  }

  @Test
  void whatIsFlatInTheBooksTooIsNotRead() {
    theHubFallsSilent(Optional.empty());

    watch.provenFlat(World.ME);
    pass(Duration.ofSeconds(2));

    assertThat(reads).isEmpty();
  }

  @Test
  void anAccountThatWasNotReadAtTheStartIsReadAndSaidToBeOutOfReach() {
    List<QuietWatch.Reach> reached = new ArrayList<>();
    watch.whileBlind((account, reach) -> reached.add(reach));
    theHubFallsSilent(Optional.empty());
    world.restart().disconnected();
    answers = false;

    pass(QuietWatch.BLIND);

    assertThat(reached).containsExactly(QuietWatch.Reach.NOTHING);
    answers = true;
    pass(QuietWatch.BLIND);
    assertThat(reached).endsWith(QuietWatch.Reach.ALL);
  }

  @Test
  void whetherABlindAccountCanBeReadIsTold() {
    List<QuietWatch.Reach> answered = new ArrayList<>();
    watch.whileBlind((account, reach) -> answered.add(reach));
    theHubFallsSilent(Optional.of(position(2)));
    positions.add(position(2));
    pass(QuietWatch.QUIET);
    assertThat(answered).as("not blind").isEmpty();

    world.disconnected();
    allowed = false;
    pass(QuietWatch.BLIND);
    assertThat(answered).as("not asked").isEmpty();
    allowed = true;
    answers = false;
    pass(QuietWatch.BLIND);
    answers = true;
    pass(QuietWatch.BLIND);

    assertThat(answered).containsExactly(QuietWatch.Reach.NOTHING, QuietWatch.Reach.ALL);
  }

  /** Somebody else reads the account all the time, so no look of its own is ever due. */
  @Test
  void whatOthersCouldReadOfAnAccountIsToldToo() {
    List<String> told = new ArrayList<>();
    watch.whileBlind((account, reach) -> told.add(account + " " + reach));
    AccountId other = new AccountId(2);

    watch.pass(world.now(), read(World.ME, true, true, true));
    watch.pass(world.now(), read(other, true, true, false));
    watch.pass(world.now(), read(other, true, false, true));
    watch.pass(world.now(), read(other, false, false, true));

    assertThat(told).containsExactly("1 ALL", "2 NO_TRADES", "2 NOTHING", "2 NOTHING");
  }

  private static RiskEvent read(
      AccountId account, boolean positions, boolean orders, boolean trades) {
    return new RiskEvent.SnapshotTaken(
        true,
        Optional.of(account),
        Optional.empty(),
        positions ? Optional.of(List.of()) : Optional.empty(),
        orders ? Optional.of(List.of()) : Optional.empty(),
        trades ? Optional.of(List.of()) : Optional.empty());
  }
}
