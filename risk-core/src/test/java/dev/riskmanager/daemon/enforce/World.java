package dev.riskmanager.daemon.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.decision.Cause;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** An executor, a venue and a trader in virtual time. */
final class World {
  static final AccountId ACCOUNT = new AccountId(13298777);
  static final AccountId OTHER = new AccountId(13298778);
  static final ContractId MNQ = new ContractId("CON.F.US.MNQ.Z25");
  static final ContractId ES = new ContractId("CON.F.US.EP.Z25");
  static final ContractId GOLD = new ContractId("CON.F.US.GCE.Z25");
  static final RuleId LOSS = new RuleId(3, "daily_realized_loss");
  static final Instant START = Instant.parse("2025-10-31T17:21:19.150Z");

  final VirtualTime time = new VirtualTime(START);
  final FakeVenue venue = new FakeVenue(time::now);
  final VirtualCalls calls = new VirtualCalls(venue, time);
  final RequestBudget budget = new RequestBudget();
  final Heard heard = new Heard();
  final VenueEnforcement enforcement;

  World() {
    this(1);
  }

  World(long seed) {
    enforcement =
        new VenueEnforcement(
            calls, time, budget, new SplittableRandom(seed), World::symbolOf, heard, () -> {});
  }

  static String symbolOf(ContractId contract) {
    return contract.equals(ES) ? "ES" : contract.value().split("\\.")[3];
  }

  /** What the listener was told. */
  static final class Heard implements Enforcement.Listener {
    final List<String> requests = new ArrayList<>();
    final List<Instant> proofs = new ArrayList<>();
    final List<String> alarms = new ArrayList<>();
    final List<Enforcement.Receipt> receipts = new ArrayList<>();
    final List<Enforcement.Receipt> progress = new ArrayList<>();
    boolean alarmed;
    boolean notProtected;

    @Override
    public void request(
        AccountId account, String operation, String detail, Instant sentAt, VenueReply<?> reply) {
      requests.add(operation + " " + detail + ": " + Outcome.of(reply));
    }

    @Override
    public void provenFlat(AccountId account, Instant began, Instant provenAt) {
      proofs.add(provenAt);
    }

    @Override
    public void alarm(AccountId account, String what, boolean permanently) {
      alarms.add(what);
      alarmed = true;
      notProtected |= permanently;
    }

    @Override
    public void alarmCleared(AccountId account) {
      alarmed = false;
      notProtected = false;
    }

    @Override
    public void progress(Enforcement.Receipt soFar) {
      progress.add(soFar);
    }

    @Override
    public void finished(Enforcement.Receipt receipt) {
      receipts.add(receipt);
    }

    @Override
    public void recorded(Enforcement.Receipt receipt) {
      receipts.add(receipt);
    }
  }

  // --- what the core decides ---

  static Cause cause(AccountId account) {
    return new Cause(START, account, Optional.of(LOSS), false, false, "test");
  }

  static Decision.CancelAllOrders cancelAll() {
    return new Decision.CancelAllOrders(cause(ACCOUNT), Optional.empty());
  }

  static Decision.CloseAllPositions closeAll() {
    return new Decision.CloseAllPositions(cause(ACCOUNT));
  }

  static Decision.ClosePosition close(Position p) {
    return new Decision.ClosePosition(
        cause(p.account()), symbolOf(p.contract()), p.contract(), p.side(), p.size());
  }

  static Decision.ReducePosition reduce(Position p, long toSize) {
    return new Decision.ReducePosition(
        cause(p.account()), symbolOf(p.contract()), p.contract(), p.side(), p.size(), toSize);
  }

  static Decision.CancelOrder cancel(ContractId contract, long orderId) {
    return new Decision.CancelOrder(
        cause(ACCOUNT), symbolOf(contract), contract, orderId, OrderSide.BUY, 1);
  }

  static Decision.CancelOrder cancel(ContractId contract, long orderId, OrderSide side, long size) {
    return new Decision.CancelOrder(
        cause(ACCOUNT), symbolOf(contract), contract, orderId, side, size);
  }

  static Decision.ResizeOrder resize(ContractId contract, long orderId, long size, long toSize) {
    return new Decision.ResizeOrder(
        cause(ACCOUNT), symbolOf(contract), contract, orderId, OrderSide.SELL, size, toSize);
  }

  /** Hands a decision over with the positions the core knows: the venue's, at this moment. */
  void decideBy(RuleId rule, Decision.Action... actions) {
    enforcement.carryOut(
        new Enforcement.Order(
            ACCOUNT,
            rule,
            "test",
            time.now(),
            List.of(actions),
            venue.positionsOf(ACCOUNT),
            Set.of(),
            Enforcement.Grounds.NONE,
            Optional.empty()));
  }

  /** Hands over what a lockout asks for that was on the disk at that moment. */
  void decideLocking(Instant committedAt, Decision.Action... actions) {
    enforcement.carryOut(
        new Enforcement.Order(
            ACCOUNT,
            LOSS,
            "test",
            time.now(),
            List.of(actions),
            venue.positionsOf(ACCOUNT),
            Set.of(),
            Enforcement.Grounds.NONE,
            Optional.of(committedAt)));
  }

  void decide(Decision.Action... actions) {
    decideKnowing(venue.positionsOf(ACCOUNT), actions);
  }

  void decideKnowing(List<Position> known, Decision.Action... actions) {
    decide(known, Set.of(), actions);
  }

  /** The core believes that a market order works in that contract. */
  void decideWhileFilling(ContractId contract, Decision.Action... actions) {
    decide(venue.positionsOf(ACCOUNT), Set.of(contract), actions);
  }

  /** The core knows these positions, and believes that market orders work in those contracts. */
  void decide(List<Position> known, Set<ContractId> filling, Decision.Action... actions) {
    enforcement.carryOut(
        new Enforcement.Order(
            ACCOUNT,
            LOSS,
            "test",
            time.now(),
            List.of(actions),
            known,
            filling,
            Enforcement.Grounds.NONE,
            Optional.empty()));
  }

  void flatten() {
    decide(cancelAll(), closeAll());
  }

  /** Locked by a rule that closes everything. */
  void lockFlat() {
    enforcement.allow(ACCOUNT, Optional.of(Baseline.ZERO), Set.of());
  }

  /** Locked by a rule that lets something stay. */
  void lockHolding(ContractId contract, long signedSize) {
    Baseline baseline = Baseline.of(Table.<ContractId, Long>empty().with(contract, signedSize));
    enforcement.allow(ACCOUNT, Optional.of(baseline), Set.of());
  }

  void unlock() {
    enforcement.allow(ACCOUNT, Optional.empty(), Set.of());
  }

  // --- what came of it ---

  void passUntilFinished() {
    int before = heard.receipts.size();
    assertThat(time.passUntil(() -> heard.receipts.size() > before, Duration.ofMinutes(2)))
        .as("the plan ends")
        .isTrue();
  }

  /** Milliseconds from the start to the proof of flat. */
  long passUntilProven() {
    int before = heard.proofs.size();
    assertThat(time.passUntil(() -> heard.proofs.size() > before, Duration.ofMinutes(2)))
        .as("the account is proven flat")
        .isTrue();
    return Duration.between(START, heard.proofs.getLast()).toMillis();
  }

  /** Until a close is proven while the account as a whole is not flat. */
  void passUntilProvenInContract() {
    time.pass(150);
    assertThat(heard.requests).anySatisfy(r -> assertThat(r).startsWith("closeContract"));
  }

  Enforcement.Receipt receipt() {
    return heard.receipts.getLast();
  }

  boolean isFlat() {
    return venue.positionsOf(ACCOUNT).isEmpty() && venue.ordersOf(ACCOUNT).isEmpty();
  }
}
