package dev.riskmanager.admin.drill;

import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.stage.TemporaryEngine;
import dev.riskmanager.daemon.app.DrillHome;
import dev.riskmanager.daemon.app.StartException;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderRequest;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.sim.exchange.OrderStatus;
import dev.riskmanager.sim.http.RequestRecord;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.ReceiptView;
import dev.riskmanager.wire.ReceiptsView;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.UnlockResult;
import dev.riskmanager.wire.ViewClient;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A breach on a temporary engine, from the trade to the unlock. What it reports it has from the
 * engine's receipt, from the requests that arrived at the venue, and from the engine's database,
 * looked at from outside the moment the first close arrived.
 */
public final class Drill {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long LOOK_EVERY_MILLIS = 5;
  private static final String CLOSE = "Position/closeContract";
  private static final String SYMBOL = "MNQ";
  private static final int SIZE = 2;
  private static final int RECEIPTS = 20;

  private final TemporaryEngine engine;
  private final SimVenue venue;
  private final long account;
  private final DrillHome.Subject subject;
  private final InstantSource clock;
  private final List<DrillReport.Step> steps = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final AtomicReference<@Nullable FirstClose> firstClose = new AtomicReference<>();

  /** What was seen when the first request to close arrived, before the venue looked at it. */
  private record FirstClose(long nanos, int lockoutsOnDisk, @Nullable String notSeen) {}

  /**
   * A drill.
   *
   * @param engine protects, on a home furnished by {@link DrillHome}
   */
  public Drill(TemporaryEngine engine, DrillHome.Subject subject, InstantSource clock) {
    this.engine = engine;
    this.venue = engine.venue();
    this.account = engine.account();
    this.subject = subject;
    this.clock = clock;
  }

  /**
   * Carries it out.
   *
   * @param home whose rules are drilled, for the report
   * @throws CommandException when it could not be carried out at all
   */
  public DrillReport run(String home) throws CommandException, InterruptedException {
    protecting();
    position();
    if (breach() && tradeAgainst()) {
      unlock();
    }
    return new DrillReport(
        failures.isEmpty(),
        home,
        account,
        subject.ruleId(),
        subject.rule(),
        subject.limit(),
        subject.breach(),
        subject.substituted(),
        steps,
        failures);
  }

  private void protecting() throws CommandException, InterruptedException {
    boolean up = await(s -> s.engine().state() == EngineState.PROTECTING);
    if (!up) {
      throw new CommandException(
          "the drill's engine does not protect: " + String.join("; ", problems()));
    }
  }

  private List<String> problems() throws CommandException {
    return status().engine().problems();
  }

  /** Something to close and something to cancel. */
  private void position() throws CommandException, InterruptedException {
    venue.trade(account, SYMBOL, OrderSide.BUY, SIZE);
    BigDecimal far = venue.quote(SYMBOL).bid().subtract(new BigDecimal("100"));
    venue.order(OrderRequest.limit(account, venue.contract(SYMBOL).id(), OrderSide.BUY, 1, far));
    if (!await(s -> account(s).positions().size() == 1 && account(s).orders().size() == 1)) {
      throw new CommandException("the drill's engine does not see its position and order");
    }
  }

  /** The trade that breaks the limit; false when what follows makes no sense any more. */
  private boolean breach() throws CommandException, InterruptedException {
    venue.onRequest(this::witness);
    Instant at = clock.instant();
    long nanos = System.nanoTime();
    venue.halfTurn(account, SYMBOL, subject.breach());
    Optional<ReceiptView> found = receipt(at);
    if (found.isEmpty()) {
      failures.add(
          "no flat was proven within " + PATIENCE.toSeconds() + " s; look at `risk-admin doctor`");
    }
    ReceiptView receipt = found.orElse(null);
    FirstClose close = firstClose.get();
    since("seen", "breach seen by the engine", at, receipt == null ? null : receipt.decidedAt());
    since("locked", "lockout committed", at, receipt == null ? null : receipt.committedAt());
    step(
        "close",
        "first close request at the venue",
        DrillReport.Since.BREACH,
        close == null ? null : close.nanos() - nanos);
    since(DrillReport.FLAT, "flat proven", at, receipt == null ? null : receipt.provenFlatAt());
    judge(close);
    return failures.isEmpty();
  }

  private void judge(@Nullable FirstClose close) throws CommandException {
    if (close == null) {
      failures.add("no request to close arrived at the venue");
    } else if (close.notSeen() != null) {
      failures.add("the engine's database could not be looked at: " + close.notSeen());
    } else if (close.lockoutsOnDisk() == 0) {
      failures.add(
          "the first close came before the lockout was on the disk: a commit takes longer than"
              + " 250 ms there; `risk-admin doctor` measures the disk");
    }
    if (!venue.positions(account).isEmpty()) {
      failures.add("the venue still has a position");
    }
    if (venue.orders(account).stream().anyMatch(order -> order.status() == OrderStatus.OPEN)) {
      failures.add("the venue still has a working order");
    }
    if (!account(status()).locked()) {
      failures.add("the account is not locked");
    }
  }

  private void witness(RequestRecord request) {
    if (!request.operation().equals(CLOSE) || firstClose.get() != null) {
      return;
    }
    FirstClose seen;
    try {
      seen = new FirstClose(request.nanos(), DrillHome.lockoutsOnDisk(engine.home()), null);
    } catch (StartException e) {
      seen = new FirstClose(request.nanos(), 0, e.getMessage());
    }
    firstClose.compareAndSet(null, seen);
  }

  /** The receipt of the breach, when flat has been proven. */
  private Optional<ReceiptView> receipt(Instant since)
      throws CommandException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    do {
      try (ViewClient client = engine.view()) {
        for (ReceiptsView.ReceiptLine line :
            client.receipts(OptionalLong.of(account), RECEIPTS).receipts()) {
          if (line.ruleId().equals(subject.ruleId()) && !line.decidedAt().isBefore(since)) {
            ReceiptView receipt = client.receipt(line.id());
            if (receipt.provenFlatAt() != null) {
              return Optional.of(receipt);
            }
          }
        }
      } catch (ControlException e) {
        throw silent(e);
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    } while (System.nanoTime() < deadline);
    return Optional.empty();
  }

  /** The trader trades all the same. */
  private boolean tradeAgainst() throws InterruptedException {
    long from = System.nanoTime();
    venue.trade(account, SYMBOL, OrderSide.BUY, 1);
    boolean undone = false;
    long deadline = from + PATIENCE.toNanos();
    while (!undone && System.nanoTime() < deadline) {
      undone = venue.positions(account).isEmpty();
      if (!undone) {
        Thread.sleep(1);
      }
    }
    step(
        "guard",
        "a trade against the lock undone",
        DrillReport.Since.ITSELF,
        undone ? System.nanoTime() - from : null);
    if (!undone) {
      failures.add("a trade against the lock was not undone");
    }
    return undone;
  }

  private void unlock() throws CommandException, InterruptedException {
    long from = System.nanoTime();
    UnlockResult result;
    try {
      result = engine.unlock("drill");
    } catch (ControlException e) {
      // Its rule forbids that: the home goes away with its lockout.
      if (subject.mayUnlock()) {
        failures.add("the unlock failed: " + e.getMessage());
      }
      return;
    }
    if (result.ended().isEmpty()) {
      if (subject.mayUnlock()) {
        failures.add("the unlock ended nothing");
      }
      return;
    }
    boolean open = await(s -> !account(s).locked());
    step(
        "unlocked",
        "unlocked by the admin",
        DrillReport.Since.ITSELF,
        open ? System.nanoTime() - from : null);
    if (!open) {
      failures.add("the account is still locked after the unlock");
    }
  }

  private void since(String name, String text, Instant from, @Nullable Instant then) {
    step(
        name,
        text,
        DrillReport.Since.BREACH,
        then == null ? null : Duration.between(from, then).toNanos());
    if (then == null) {
      failures.add("not seen: " + text);
    }
  }

  private void step(String name, String text, DrillReport.Since since, @Nullable Long nanos) {
    steps.add(
        new DrillReport.Step(
            name,
            text,
            since,
            nanos == null ? null : BigDecimal.valueOf(nanos, 6).setScale(1, RoundingMode.HALF_UP)));
  }

  private boolean await(java.util.function.Predicate<StatusView> reached)
      throws CommandException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!reached.test(status())) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
    return true;
  }

  private StatusView status() throws CommandException {
    try {
      return engine.status();
    } catch (ControlException e) {
      throw silent(e);
    }
  }

  private static CommandException silent(ControlException e) {
    return new CommandException("the drill's engine does not answer: " + e.getMessage());
  }

  private static AccountView account(StatusView status) {
    return status.accounts().getFirst();
  }
}
