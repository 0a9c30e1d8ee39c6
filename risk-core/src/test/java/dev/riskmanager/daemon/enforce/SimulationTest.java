package dev.riskmanager.daemon.enforce;

import static dev.riskmanager.daemon.enforce.World.ACCOUNT;
import static dev.riskmanager.daemon.enforce.World.ES;
import static dev.riskmanager.daemon.enforce.World.GOLD;
import static dev.riskmanager.daemon.enforce.World.MNQ;
import static dev.riskmanager.daemon.enforce.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.riskmanager.daemon.enforce.VirtualCalls.Fault;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.persistent.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Seeded worlds: a venue that hangs, refuses, lies and lags, and a trader who cheats, until both
 * give up. The number of worlds is the system property {@code enforcement.seeds}, the first seed
 * {@code enforcement.seed}.
 */
class SimulationTest {
  static final List<ContractId> CONTRACTS = List.of(MNQ, ES, GOLD);
  static final long TROUBLE_MILLIS = 20_000;
  static final int SEEDS = Integer.getInteger("enforcement.seeds", 400);
  static final int FIRST_SEED = Integer.getInteger("enforcement.seed", 1);

  @BeforeAll
  static void quiet() {
    logger().setLevel(Level.OFF);
  }

  @AfterAll
  static void loud() {
    logger().setLevel(null);
  }

  static Logger logger() {
    return (Logger) LoggerFactory.getLogger(VenueEnforcement.class.getPackageName());
  }

  /** One world and what is forbidden in it. */
  static class Run {
    final long seed;
    final SplittableRandom random;
    final World world;
    final TreeMap<ContractId, Long> baseline = new TreeMap<>();
    final List<String> broken = new ArrayList<>();

    Run(long seed) {
      this.seed = seed;
      random = new SplittableRandom(seed);
      world = new World(seed);
    }

    void check(boolean holds, String rule) {
      if (!holds) {
        broken.add("seed " + seed + " at " + world.time.millis() + " ms: " + rule);
      }
    }

    boolean oneIn(int n) {
      return random.nextInt(n) == 0;
    }

    ContractId anyContract() {
      return CONTRACTS.get(random.nextInt(CONTRACTS.size()));
    }

    void somethingIsHeld() {
      for (ContractId contract : CONTRACTS) {
        if (!oneIn(3)) {
          open(contract);
          Position held = world.venue.position(ACCOUNT, contract).orElseThrow();
          OrderSide closing = OrderSide.closing(held.side());
          world.venue.order(ACCOUNT, contract, OrderType.STOP, closing, held.size());
          world.venue.order(ACCOUNT, contract, OrderType.LIMIT, closing, held.size());
        }
        if (oneIn(2)) {
          long entry =
              world.venue.order(
                  ACCOUNT, contract, OrderType.LIMIT, anySide(), 1 + random.nextInt(3));
          world.venue.order(
              ACCOUNT,
              contract,
              OrderType.STOP,
              anySide(),
              1,
              OrderStatus.SUSPENDED,
              Optional.of(entry));
        }
        world.venue.open(OTHER, contract, 2);
        world.venue.order(OTHER, contract, OrderType.STOP, OrderSide.SELL, 2);
      }
    }

    OrderSide anySide() {
      return random.nextBoolean() ? OrderSide.BUY : OrderSide.SELL;
    }

    void open(ContractId contract) {
      long size = 1 + random.nextInt(4);
      long before = world.venue.position(ACCOUNT, contract).map(Position::signedSize).orElse(0L);
      long signed = random.nextBoolean() ? size : -size;
      world.venue.fill(ACCOUNT, contract, before + signed == 0 ? 2 * signed : signed, 7);
    }

    void trouble() {
      world.venue.lag = Duration.ofMillis(oneIn(3) ? random.nextInt(150) : 0);
      int oneFaultIn = 2 + random.nextInt(8);
      Fault[] faults = Fault.values();
      world.calls.latency = () -> 2 + random.nextInt(random.nextInt(10) == 0 ? 600 : 80);
      world.calls.chaos =
          Optional.of(
              request ->
                  oneIn(oneFaultIn)
                      ? Optional.of(faults[random.nextInt(faults.length)])
                      : Optional.empty());
      world.time.after(
          TROUBLE_MILLIS,
          () -> {
            world.calls.heal();
            world.calls.latency = () -> 20;
            world.venue.lag = Duration.ZERO;
          });
    }

    /** What a trader who is locked out tries, and the core's answers to it. */
    void cheat() {
      for (int i = 0; i < random.nextInt(12); i++) {
        world.time.after(
            random.nextInt((int) TROUBLE_MILLIS),
            () -> {
              switch (random.nextInt(4)) {
                case 0 -> cheatByPosition();
                case 1 ->
                    world.venue.order(
                        ACCOUNT, anyContract(), OrderType.LIMIT, anySide(), 1 + random.nextInt(5));
                case 2 ->
                    world.venue.ordersOf(ACCOUNT).stream()
                        .filter(o -> o.type() != OrderType.MARKET)
                        .findAny()
                        .map(Order::id)
                        .ifPresent(world.venue::fillOrder);
                default -> world.enforcement.observed(ACCOUNT, true);
              }
            });
      }
    }

    private void cheatByPosition() {
      ContractId contract = anyContract();
      open(contract);
      Optional<Position> held = world.venue.position(ACCOUNT, contract);
      if (held.isPresent()
          && !Baseline.permits(baseline.getOrDefault(contract, 0L), held.get().signedSize())
          && baseline.getOrDefault(contract, 0L) == 0) {
        world.time.after(1 + random.nextInt(5), () -> world.decide(World.close(held.get())));
      }
    }

    void end() {
      // The core asks once more, as it does at a reconciliation.
      world.time.after(TROUBLE_MILLIS + 2_000, this::askAgain);
      world.time.pass(TROUBLE_MILLIS + 180_000);
      check(!world.heard.alarmed, "the alarm is over");
      check(world.heard.receipts.size() > 0, "there is a receipt");
      int before = world.calls.departures.size();
      world.time.pass(120_000);
      check(world.calls.departures.size() == before, "it rests");
      check(
          world.calls.departures.stream().allMatch(d -> d.request().account().equals(ACCOUNT)),
          "only this account");
      check(world.venue.positionsOf(OTHER).size() == CONTRACTS.size(), "the other's positions");
      check(world.venue.ordersOf(OTHER).size() == CONTRACTS.size(), "the other's orders");
      rateIsKept();
    }

    void askAgain() {
      world.flatten();
    }

    private void rateIsKept() {
      List<VirtualCalls.Departure> all = world.calls.departures;
      for (int first = 0; first < all.size(); first++) {
        long until = all.get(first).atMillis() + 60_000;
        int reads = 0;
        int limited = 0;
        for (int i = first; i < all.size() && all.get(i).atMillis() < until; i++) {
          VenueRequest request = all.get(i).request();
          boolean read =
              request instanceof VenueRequest.ReadPositions
                  || request instanceof VenueRequest.ReadOrders;
          reads += read ? 1 : 0;
          limited += request instanceof VenueRequest.Close ? 0 : 1;
        }
        check(reads <= RequestBudget.VERIFICATIONS_PER_MINUTE, reads + " reads in a minute");
        check(limited <= 200, limited + " limited requests in a minute");
      }
    }
  }

  private static List<String> flattenUnderLock(long seed) {
    Run run = new Run(seed);
    run.somethingIsHeld();
    run.trouble();
    run.cheat();
    run.world.lockFlat();
    run.world.flatten();
    run.end();
    run.check(run.world.isFlat(), "a locked account is flat: " + left(run.world));
    return run.broken;
  }

  private static String left(World world) {
    return world.venue.positionsOf(ACCOUNT) + " " + world.venue.ordersOf(ACCOUNT);
  }

  @Test
  void aLockedAccountEndsFlatWhateverHappens() {
    List<String> broken = new ArrayList<>();
    for (int seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      broken.addAll(flattenUnderLock(seed));
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void whatMayStayStaysAndTheRestGoes() {
    List<String> broken = new ArrayList<>();
    for (int seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      broken.addAll(holdUnderLock(seed));
    }

    assertThat(broken).isEmpty();
  }

  /** A lockout that lets MNQ stay as it is; ES and gold must go. */
  private static List<String> holdUnderLock(long seed) {
    Run run =
        new Run(seed) {
          @Override
          void askAgain() {
            // The guard sees whatever is beyond the baseline.
            for (Position held : world.venue.positionsOf(ACCOUNT)) {
              long allowed = baseline.getOrDefault(held.contract(), 0L);
              if (!Baseline.permits(allowed, held.signedSize())) {
                long stay = Math.abs(Baseline.tighter(allowed, held.signedSize()));
                world.decide(stay == 0 ? World.close(held) : World.reduce(held, stay));
              }
            }
            for (Order order : world.venue.ordersOf(ACCOUNT)) {
              boolean entry =
                  world
                      .venue
                      .position(ACCOUNT, order.contract())
                      .map(p -> order.side().increases(p.side()))
                      .orElse(true);
              if (entry) {
                world.decide(World.cancel(order.contract(), order.id()));
              }
            }
          }
        };
    World world = run.world;
    run.somethingIsHeld();
    run.trouble();
    Optional<Position> held = world.venue.position(ACCOUNT, MNQ);
    held.ifPresent(p -> run.baseline.put(MNQ, p.signedSize()));
    run.cheat();
    lock(run);
    // Refused reduces close the whole position; all others leave what may stay.
    boolean[] refused = {false};
    long[] beforeFill = {0};
    world.venue.closeWatcher =
        (account, contract, before, after) -> {
          long allowed = contract.equals(MNQ) ? beforeFill[0] : 0;
          run.check(Math.abs(after) < Math.abs(before), "a close makes it smaller");
          run.check(after == 0 || Long.signum(after) == Long.signum(before), "a close never flips");
          refused[0] |=
              world.heard.requests.stream()
                  .anyMatch(r -> r.matches("partialClose.*: (REFUSED|PERMANENT)"));
          run.check(
              refused[0]
                  || shrankOnTheWay(world, contract, before)
                  || Math.abs(after) >= Math.abs(Baseline.tighter(allowed, before)),
              "what may stay of " + before + " with " + allowed + " stays, not " + after);
        };
    // The core lowers the baseline as the position shrinks.
    world.venue.fillWatcher =
        (account, contract, before, after) -> {
          if (account.equals(ACCOUNT) && contract.equals(MNQ)) {
            beforeFill[0] = run.baseline.getOrDefault(MNQ, 0L);
            run.baseline.put(MNQ, Baseline.tighter(run.baseline.getOrDefault(MNQ, 0L), after));
            lock(run);
          }
        };
    world.decide(
        world.venue.positionsOf(ACCOUNT).stream()
            .filter(p -> !p.contract().equals(MNQ))
            .map(World::close)
            .toArray(dev.riskmanager.domain.decision.Decision.Action[]::new));
    run.end();
    for (Position p : world.venue.positionsOf(ACCOUNT)) {
      run.check(
          Baseline.permits(run.baseline.getOrDefault(p.contract(), 0L), p.signedSize()),
          p + " is beyond " + run.baseline);
    }
    return run.broken;
  }

  /** Something else took from the position after the read that the amount came from. */
  private static boolean shrankOnTheWay(World world, ContractId contract, long before) {
    return world.calls.sent(VenueRequest.PartialClose.class).reversed().stream()
        .map(d -> (VenueRequest.PartialClose) d.request())
        .filter(p -> p.contract().equals(contract))
        .findFirst()
        .filter(p -> Math.abs(before) < p.held())
        .isPresent();
  }

  private static void lock(Run run) {
    Table<ContractId, Long> sizes = Table.empty();
    for (var entry : run.baseline.entrySet()) {
      sizes = sizes.with(entry.getKey(), entry.getValue());
    }
    run.world.enforcement.allow(ACCOUNT, Optional.of(Baseline.of(sizes)), Set.of());
  }

  @Test
  void theSameSeedGivesTheSameRequestsAtTheSameTimes() {
    for (int seed = FIRST_SEED; seed < FIRST_SEED + 20; seed++) {
      assertThat(departures(seed)).as("seed %s", seed).isEqualTo(departures(seed)).isNotEmpty();
    }
    assertThat(departures(1)).isNotEqualTo(departures(2));
  }

  private static List<VirtualCalls.Departure> departures(long seed) {
    Run run = new Run(seed);
    run.somethingIsHeld();
    run.trouble();
    run.cheat();
    run.world.lockFlat();
    run.world.flatten();
    run.world.time.pass(TROUBLE_MILLIS);
    return run.world.calls.departures;
  }

  @Test
  void closesThatFillLateNeverOpenTheOtherSide() {
    List<String> broken = new ArrayList<>();
    for (int seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      Run run = new Run(seed);
      World world = run.world;
      run.somethingIsHeld();
      TreeMap<ContractId, Side> sides = new TreeMap<>();
      world.venue.positionsOf(ACCOUNT).forEach(p -> sides.put(p.contract(), p.side()));
      world.calls.latency = () -> 5 + run.random.nextInt(60);
      world.venue.fillsLater =
          Optional.of(fill -> world.time.after(run.random.nextInt(3_000), fill));
      world.venue.closeWatcher =
          (account, contract, before, after) ->
              run.check(
                  after == 0 || Side.ofSigned(after) == sides.get(contract),
                  contract + " went from " + before + " to " + after);
      world.lockFlat();
      world.flatten();
      world.time.pass(60_000);
      run.check(world.isFlat(), "flat: " + left(world));
      broken.addAll(run.broken);
    }

    assertThat(broken).isEmpty();
  }
}
