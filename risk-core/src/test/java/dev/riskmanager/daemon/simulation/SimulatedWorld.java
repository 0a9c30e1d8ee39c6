package dev.riskmanager.daemon.simulation;

import dev.riskmanager.daemon.enforce.VenueRequest;
import dev.riskmanager.daemon.enforce.VirtualTime;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.Restoration;
import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.DayLedger;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A world made from a seed: two accounts under rules, a third one that is nobody's business,
 * traders who do what they like, a venue, a connection and a disk that fail for a while, and an
 * engine that crashes and is started again. After the trouble everything works, and it has to come
 * right.
 */
final class SimulatedWorld {
  private static final AccountId ONE = new AccountId(13298777);
  private static final AccountId TWO = new AccountId(13298778);
  private static final AccountId STRANGER = new AccountId(13298779);
  private static final List<ContractId> CONTRACTS = List.of(World.id("MNQ"), World.id("ES"));
  private static final int TROUBLE_MILLIS = 15_000;
  private static final int QUIET_MILLIS = 150_000;

  /** What the reset of 17:00 in Chicago falls into; the other worlds do not see one. */
  private static final Instant BEFORE_RESET = Instant.parse("2025-10-31T21:59:52Z");

  private static final Instant MIDDAY = Instant.parse("2025-10-31T17:21:19.150Z");

  /** Makes another random number of a seed than those the worlds are made of. */
  private static final long WATCHES = 0x5EED;

  private static final long RATES = 0x4A7E;

  /** Without trouble a locked account is as it must be after this, or says why not. */
  private static final int COME_RIGHT_MILLIS = 45_000;

  /** Runs through all worlds of the process: no seed decides it. */
  private static final AtomicLong MOOD = new AtomicLong();

  private final Sabotage sabotage;
  private final boolean watches;
  private final RequestRate rate;
  private final int traderActs;
  private final SplittableRandom random;
  private final VirtualTime time;
  private final SimVenue venue;
  private final Disk disk;
  private final RuleBook rules;
  private final Checks checks;
  final List<String> journal = new ArrayList<>();
  private SimulatedEngine engine;
  private int crashes;

  SimulatedWorld(long seed) {
    this(seed, Sabotage.NONE);
  }

  SimulatedWorld(long seed, Sabotage sabotage) {
    this(seed, sabotage, new SplittableRandom(seed ^ WATCHES).nextBoolean());
  }

  /**
   * A world.
   *
   * @param watches whether lost events are looked for; the last connection then begins before the
   *     trouble is over, and what was lost in it is found by looking
   */
  SimulatedWorld(long seed, Sabotage sabotage, boolean watches) {
    this.sabotage = sabotage;
    this.watches = watches;
    random = new SplittableRandom(seed);
    SplittableRandom rates = new SplittableRandom(seed ^ RATES);
    boolean limited = rates.nextBoolean();
    // Somebody else may make requests with the same key.
    int most = !limited ? 0 : rates.nextInt(3) == 0 ? 100 + rates.nextInt(100) : 200;
    traderActs = limited ? 25 + rates.nextInt(100) : 25;
    Instant start = oneIn(4) ? BEFORE_RESET : MIDDAY;
    time = new VirtualTime(start);
    rate = new RequestRate(most, time::nanos);
    venue = new SimVenue(time::now, World.products(), List.of(ONE, TWO, STRANGER));
    SplittableRandom diskRandom = random.split();
    disk =
        new Disk(
            time,
            () ->
                (diskRandom.nextInt(40) == 0
                            ? 100 + diskRandom.nextInt(400)
                            : 1 + diskRandom.nextInt(4))
                        * 1_000_000L
                    + (sabotage == Sabotage.MOODY_DISK ? MOOD.incrementAndGet() * 1_000L : 0),
            journal);
    Set<AccountId> watched = new TreeSet<>(List.of(ONE, TWO));
    disk.lies = sabotage == Sabotage.LYING_DISK;
    venue.closesTwice = sabotage == Sabotage.WRONG_SIDE;
    checks = new Checks(seed, time, disk, watched, journal);
    RuleSet set = RuleFile.rules(ruleText());
    Table<AccountId, RuleSet> accounts =
        Table.<AccountId, RuleSet>empty().with(ONE, set).with(TWO, set);
    rules =
        new RuleBook(
            sabotage == Sabotage.STRANGER_WATCHED
                ? accounts.with(STRANGER, RuleFile.rules("max_contracts: {limit: 1}"))
                : accounts,
            Optional.empty());
    venue.hub = event -> engine().hub.changed(event);
    venue.engineTouched = checks::touched;
    if (oneIn(2)) {
      SplittableRandom fills = random.split();
      venue.fillsLater =
          Optional.of(fill -> time.after(fills.nextInt(4) == 0 ? fills.nextInt(900) : 0, fill));
    }
    engine = process(EngineState.initial(start, rules, World.products()));
  }

  private SimulatedEngine engine() {
    return engine;
  }

  private String ruleText() {
    StringBuilder text = new StringBuilder("daily_realized_loss: {limit: -300}\n");
    if (oneIn(2)) {
      text.append("max_contracts: {limit: 5, ")
          .append(oneIn(2) ? "close_all" : "reduce_to_limit")
          .append(": true}\n");
    }
    if (oneIn(2)) {
      text.append("max_contracts_per_instrument: {limits: {MNQ: 4, ES: 2}}\n");
    }
    if (oneIn(2)) {
      text.append("daily_unrealized_loss: {limit: -150}\n");
    }
    if (oneIn(2)) {
      text.append(
          """
          trade_frequency_limit:
            limits: {per_minute: 6, per_hour: 40, per_session: 80}
            cooldown_on_breach: {enabled: true, per_minute_breach: 5, per_hour_breach: 9, per_session_breach: 20}
          """);
    }
    if (oneIn(2)) {
      text.append(
          """
          cooldown_after_loss:
            loss_thresholds:
              - {loss_amount: -40, cooldown_duration: 4}
              - {loss_amount: -120, cooldown_duration: 8}
          """);
    }
    if (oneIn(3)) {
      text.append("daily_realized_profit: {target: 250}\n");
    }
    return text.toString();
  }

  private SimulatedEngine process(EngineState state) {
    Set<AccountId> watched = new TreeSet<>(List.of(ONE, TWO));
    if (sabotage == Sabotage.STRANGER_WATCHED) {
      watched.add(STRANGER);
    }
    SimulatedEngine made =
        new SimulatedEngine(
            state,
            venue,
            disk,
            time,
            random.split(),
            watched,
            checks,
            this::departs,
            sabotage,
            watches,
            rate);
    made.wire.oneFaultIn = 3 + random.nextInt(12);
    made.hub.oneOddIn = oneIn(2) ? 0 : 8 + random.nextInt(20);
    made.hub.oneLostIn = oneIn(2) ? 0 : 10 + random.nextInt(40);
    return made;
  }

  private void departs(VenueRequest request) {
    checks.check(
        request.account().equals(ONE) || request.account().equals(TWO),
        "a request about " + request);
    checks.note(request.toString());
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  /** Runs it to the end and says what was wrong, if anything. */
  List<String> run() {
    engine.start();
    for (AccountId account : List.of(ONE, TWO)) {
      for (int i = 0; i < traderActs; i++) {
        at(() -> traderActs(account));
      }
    }
    at(() -> venue.trade(STRANGER, CONTRACTS.getFirst(), 2));
    for (int i = 0; i < 40; i++) {
      at(() -> venue.move(anyContract(), random.nextInt(41) - 20));
    }
    for (int i = 0; i < random.nextInt(3); i++) {
      at(() -> engine.hub.breaks(200 + random.nextInt(3_000)));
    }
    for (int i = 0; i < random.nextInt(3); i++) {
      at(() -> disk.deadUntil = time.nanos() + random.nextInt(3_000) * 1_000_000L);
    }
    for (int i = 0; i < random.nextInt(3); i++) {
      at(this::crash);
    }
    if (oneIn(3)) {
      at(this::adminActs);
    }
    time.pass(TROUBLE_MILLIS);
    peace();
    time.pass(COME_RIGHT_MILLIS);
    List.of(ONE, TWO).forEach(account -> lockedIsFlat(account, "so long after the trouble "));
    time.pass(QUIET_MILLIS - COME_RIGHT_MILLIS);
    atTheEnd();
    return checks.broken;
  }

  private void at(Runnable action) {
    time.after(500 + random.nextInt(TROUBLE_MILLIS - 500), action);
  }

  private ContractId anyContract() {
    return CONTRACTS.get(random.nextInt(CONTRACTS.size()));
  }

  private void traderActs(AccountId account) {
    ContractId contract = anyContract();
    long size = 1 + random.nextInt(3);
    OrderSide side = random.nextBoolean() ? OrderSide.BUY : OrderSide.SELL;
    long held = venue.held(account, contract);
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> venue.trade(account, contract, side.sign() * size);
      case 3 -> venue.rest(account, contract, OrderType.LIMIT, side, size);
      case 4 -> {
        if (held != 0) {
          OrderSide closing = held > 0 ? OrderSide.SELL : OrderSide.BUY;
          venue.rest(account, contract, OrderType.STOP, closing, Math.abs(held));
        }
      }
      case 5 -> {
        if (held != 0) {
          venue.trade(account, contract, -held);
        }
      }
      default -> {
        List<Order> orders = venue.ordersOf(account);
        if (!orders.isEmpty()) {
          Order one = orders.get(random.nextInt(orders.size()));
          if (one.type() != OrderType.MARKET) {
            venue.fillOrder(one.id());
          }
        }
      }
    }
  }

  private void adminActs() {
    RiskEvent request =
        switch (random.nextInt(3)) {
          case 0 ->
              new RiskEvent.UnlockRequested(
                  ONE, Optional.empty(), Optional.empty(), "root", "test");
          case 1 -> new RiskEvent.LockRequested(TWO, time.now().plusSeconds(600), "root", "test");
          default -> new RiskEvent.FlattenRequested(ONE, "root", "test");
        };
    engine.loop.accept(time.now(), request);
  }

  /** The process dies, and the next one goes on from the disk. */
  private void crash() {
    crashes++;
    int mine = crashes;
    engine.crash();
    disk.crash();
    Instant died = time.now();
    checks.note("crash");
    time.after(
        100 + random.nextInt(2_000),
        () -> {
          if (mine == crashes) {
            restart(died);
          }
        });
  }

  private void restart(Instant died) {
    List<Lockout> onDisk = disk.lockouts();
    EngineState state = Restoration.restore(rules, World.products(), disk.rows(died));
    engine = process(state);
    checks.restored(onDisk, state);
    engine.start();
  }

  /**
   * The trouble is over. Either the last connection begins with the venue's state, or it goes on,
   * and what it has lost is found by looking: both accounts are in doubt, as they are when their
   * balance has moved by what no trade explains.
   */
  private void peace() {
    time.after(2_500, this::heal);
    if (watches) {
      time.after(6_000, () -> List.of(ONE, TWO).forEach(engine.watch::doubt));
    } else {
      time.after(3_000, () -> engine.hub.breaks(50));
    }
  }

  private void heal() {
    engine.wire.oneFaultIn = 0;
    engine.hub.oneLostIn = 0;
    engine.hub.oneOddIn = 0;
    disk.deadUntil = 0;
    venue.fillsLater = Optional.empty();
  }

  private void atTheEnd() {
    for (AccountId account : List.of(ONE, TWO)) {
      AccountState books = engine.loop.state().account(account).orElseThrow();
      for (Position held : venue.positionsOf(account)) {
        long known = books.holding(held.contract()).signedSize();
        checks.check(known == held.signedSize(), "the books have " + known + " of " + held);
        if (books.locks().accountLocked()) {
          long allowed =
              books.locks().allowed(held.contract(), World.products().getFirst().symbol());
          checks.check(
              Math.abs(held.signedSize()) <= Math.abs(allowed) || engine.alarmed.contains(account),
              "a locked account holds " + held + ", allowed " + allowed);
        }
      }
      lockedIsFlat(account, "");
      ledger(account, books);
    }
    checks.check(
        venue.held(STRANGER, CONTRACTS.getFirst()) == 2, "the stranger's position is untouched");
  }

  private void lockedIsFlat(AccountId account, String when) {
    AccountState books = engine.loop.state().account(account).orElseThrow();
    boolean flat = venue.positionsOf(account).isEmpty() && venue.ordersOf(account).isEmpty();
    boolean closes =
        books.locks().accountLocked()
            && CONTRACTS.stream().allMatch(c -> books.locks().allowed(c, symbol(c)) == 0);
    checks.check(
        !closes || flat || engine.alarmed.contains(account),
        when
            + "a locked account is neither flat nor in alarm: "
            + venue.positionsOf(account)
            + venue.ordersOf(account));
  }

  private String symbol(ContractId contract) {
    return engine.loop.state().market().symbol(contract);
  }

  private void ledger(AccountId account, AccountState books) {
    for (DayLedger day : books.trades().days().values()) {
      Money gross = Money.ZERO;
      Money fees = Money.ZERO;
      for (Trade trade : venue.tradesOf(account)) {
        if (!trade.executedAt().isBefore(day.start()) && trade.executedAt().isBefore(day.end())) {
          gross = gross.plus(trade.gross());
          fees = fees.plus(trade.fees());
        }
      }
      checks.check(
          day.gross().equals(gross) && day.fees().equals(fees),
          "the books of " + account + " have " + day + ", the venue " + gross + " less " + fees);
    }
  }
}
