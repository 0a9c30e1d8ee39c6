package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.contracts.ShippedContracts;
import dev.riskmanager.daemon.enforce.RequestBudget;
import dev.riskmanager.daemon.enforce.VenueEnforcement;
import dev.riskmanager.daemon.gateway.RehearsalGateway;
import dev.riskmanager.daemon.loop.EngineLoop;
import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.daemon.port.EventTap;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.Restoration;
import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.RuleId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the code that answers an opening fill in a lockout before the first one comes: its classes
 * are loaded and compiled by then, and the first answer does not take ten times as long as later
 * ones. A second engine of the same parts, with a locked account, without a disk and without a
 * venue, is told of fills and closes them; it shares nothing with the real one, and nothing of it
 * leaves the process or shows in a log.
 */
final class Rehearsal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
  private static final String CLOSE = "closeContract";
  private static final String CONTRACT = "CON.F.US.MNQ.U26";

  /** Enough for the virtual machine to have compiled what matters. */
  private static final int TURNS = 600;

  /** So many at once, which load the classes; the others when the engine protects, at leisure. */
  static final int AT_ONCE = 25;

  private static final long PAUSE_MILLIS = 5;
  private static final int TURNS_OF_ONE = 12;
  private static final long PATIENCE_MILLIS = 1_000;

  /** Inherited by the threads of the loop, of its calls and of its timers. */
  private static final InheritableThreadLocal<Boolean> UNDER_WAY = new InheritableThreadLocal<>();

  private final RuleBook book;
  private final AccountId account;
  private final InstantSource clock;
  private final BooleanSupplier ready;
  private final int turns;
  private final Thread thread;
  private final Semaphore closes = new Semaphore(0);
  private long number = 1_000_000;
  private volatile int answered;

  /**
   * Begins nothing yet.
   *
   * @param ready whether the engine protects
   * @param turns how many fills there are to be
   */
  Rehearsal(RuleBook book, InstantSource clock, BooleanSupplier ready, int turns) {
    this.turns = turns;
    this.ready = ready;
    this.book = book;
    this.account = book.accounts().keyAt(0);
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("rehearsal").unstarted(this::run);
  }

  /** Begins, on a thread of its own; closing ends it early. */
  static void begin(RuleBook book, InstantSource clock, BooleanSupplier ready, Closing closing) {
    if (!book.accounts().isEmpty()) {
      Rehearsal rehearsal = new Rehearsal(book, clock, ready, TURNS);
      closing.add("rehearsal", rehearsal::close);
      rehearsal.start();
    }
  }

  void start() {
    thread.start();
  }

  /** How many fills were closed. */
  int answered() {
    return answered;
  }

  /** Waits until it is over. */
  void join() throws InterruptedException {
    thread.join();
  }

  boolean isOver() {
    return !thread.isAlive();
  }

  /** Whether this thread belongs to a rehearsal: what it says is not true. */
  static boolean isUnderWay() {
    return UNDER_WAY.get() != null;
  }

  private void run() {
    UNDER_WAY.set(true);
    try {
      play();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      UNDER_WAY.remove();
      // Nothing depends on it but the time of the first answers.
      LOG.warn("The rehearsal of closing failed; the first closes may take longer", e);
    }
  }

  private void play() throws InterruptedException {
    EngineState locked = locked();
    Executors executors = new Executors();
    EngineLoop[] loop = new EngineLoop[1];
    try (RehearsalGateway gateway =
            new RehearsalGateway(clock, (at, event) -> loop[0].accept(at, event));
        executors;
        EngineLoop rehearsed =
            new EngineLoop(locked, clock, rows -> {}, executors, new Nobody(), EventTap.NONE)) {
      loop[0] = rehearsed;
      executors.renew(gateway, locked);
      rehearsed.start();
      rehearsed.accept(clock.instant(), nothingHeld());
      for (int turn = 0; turn < turns; turn++) {
        if (turn > 0 && turn % TURNS_OF_ONE == 0) {
          executors.renew(gateway, locked);
        }
        if (turn >= AT_ONCE) {
          pause();
        }
        fill(gateway, turn);
        if (!closes.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException("fill " + turn + " was not answered");
        }
        answered = turn + 1;
      }
    }
  }

  /** The start has the processor first. */
  private void pause() throws InterruptedException {
    do {
      Thread.sleep(PAUSE_MILLIS);
    } while (!ready.getAsBoolean());
  }

  private EngineState locked() {
    Instant now = clock.instant();
    Lockout lockout =
        new Lockout(
            1,
            account,
            RuleId.MANUAL,
            Optional.empty(),
            LockoutType.MANUAL,
            "rehearsal",
            now,
            Optional.empty(),
            Baseline.ZERO,
            LocalDate.ofInstant(now, ZoneOffset.UTC));
    Restoration.Rows none = Restoration.Rows.none(now);
    return Restoration.restore(
        book,
        ShippedContracts.load().economics(),
        new Restoration.Rows(
            List.of(lockout),
            2,
            none.timers(),
            none.trades(),
            none.marks(),
            none.memory(),
            none.contracts(),
            now));
  }

  private static RiskEvent nothingHeld() {
    return new RiskEvent.SnapshotTaken(
        false,
        Optional.empty(),
        Optional.of(List.of()),
        Optional.of(List.of()),
        Optional.of(List.of()));
  }

  /** As the venue tells of a market order that fills, and of the one that closes it. */
  private void fill(RehearsalGateway gateway, int turn) {
    int side = turn % 2;
    long opening = number++;
    order(gateway, opening, side, 1, 0);
    order(gateway, opening, side, 2, 1);
    trade(gateway, opening, side, "");
    position(gateway, side + 1, 1);
    long closing = number++;
    order(gateway, closing, 1 - side, 2, 1);
    trade(gateway, closing, 1 - side, "\"profitAndLoss\":-0.5,");
    position(gateway, 0, 0);
  }

  private void order(RehearsalGateway gateway, long id, int side, int status, int filled) {
    String rest =
        "\"updateTimestamp\":\"%s\",\"status\":%d,\"type\":2,\"side\":%d,\"size\":1,\"fillVolume\":%d}"
            .formatted(clock.instant(), status, side, filled);
    gateway.hear("GatewayUserOrder", row(id) + rest);
  }

  private void trade(RehearsalGateway gateway, long order, int side, String result) {
    String rest =
        "\"price\":20000.25,%s\"fees\":0.37,\"side\":%d,\"size\":1,\"voided\":false,\"orderId\":%d}"
            .formatted(result, side, order);
    gateway.hear("GatewayUserTrade", row(number++) + rest);
  }

  private void position(RehearsalGateway gateway, int type, int size) {
    gateway.hear(
        "GatewayUserPosition",
        row(number) + "\"type\":%d,\"size\":%d,\"averagePrice\":20000.25}".formatted(type, size));
  }

  private String row(long id) {
    return "{\"id\":%d,\"accountId\":%d,\"contractId\":\"%s\",\"creationTimestamp\":\"%s\","
        .formatted(id, account.value(), CONTRACT, clock.instant());
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Counts closes; what else is told is told to nobody. */
  private final class Heard implements Enforcement.Listener {
    @Override
    public void request(
        AccountId of, String operation, String detail, Instant sentAt, VenueReply<?> reply) {
      if (operation.equals(CLOSE)) {
        closes.release();
      }
    }

    @Override
    public void provenFlat(AccountId of, Instant began, Instant provenAt) {}

    @Override
    public void alarm(AccountId of, String what, boolean notProtected) {}

    @Override
    public void alarmCleared(AccountId of) {}

    @Override
    public void progress(Enforcement.Receipt soFar) {}

    @Override
    public void finished(Enforcement.Receipt receipt) {}

    @Override
    public void recorded(Enforcement.Receipt receipt) {}
  }

  /**
   * The executor of the moment. One answers a dozen fills and is followed by another: the venue's
   * limit of requests a minute, which each keeps to, is of no concern here.
   */
  private final class Executors implements Enforcement {
    private @Nullable VenueEnforcement current;

    synchronized void renew(RehearsalGateway gateway, EngineState state) {
      close();
      current =
          VenueEnforcement.onVenue(
              gateway.venue(),
              clock,
              System::nanoTime,
              new RequestBudget(),
              new SplittableRandom(),
              contract -> state.market().symbol(contract),
              new Heard());
    }

    private synchronized void with(Consumer<VenueEnforcement> work) {
      if (current != null) {
        work.accept(current);
      }
    }

    @Override
    public void carryOut(Order order) {
      with(executor -> executor.carryOut(order));
    }

    @Override
    public void allow(AccountId of, Optional<Baseline> allowed, Set<ContractId> symbols) {
      with(executor -> executor.allow(of, allowed, symbols));
    }

    @Override
    public void observed(AccountId of, boolean open) {
      with(executor -> executor.observed(of, open));
    }

    @Override
    public synchronized void close() {
      with(VenueEnforcement::close);
      current = null;
    }
  }

  private static final class Nobody implements EngineLoop.Publisher {
    @Override
    public void published(EngineState state, List<Decision> decisions) {}

    @Override
    public void ruleFailed(Step.RuleFailure failure) {}

    @Override
    public void written() {}

    @Override
    public void journalTrouble(String why) {}
  }
}
