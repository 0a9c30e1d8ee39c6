package dev.riskmanager.daemon.loop;

import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.domain.decision.Cause;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Holding;
import dev.riskmanager.domain.state.Locks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Gives what was decided to the executor, and tells it what may stay. Owned by the loop's thread.
 */
final class HandOver {
  private final Enforcement enforcement;
  private final Map<AccountId, Allowance> told = new HashMap<>();

  private record Allowance(Locks locks, Table<ContractId, Holding> holdings) {}

  HandOver(Enforcement enforcement) {
    this.enforcement = enforcement;
  }

  /**
   * Before the step is written: what sets no lockout leaves at once.
   *
   * @return whether its actions wait for the commit instead
   */
  boolean begin(Step step) {
    boolean locks = step.decisions().stream().anyMatch(d -> d instanceof Decision.LockoutSet);
    if (!locks) {
      actions(step, Optional.empty());
    }
    return locks;
  }

  /**
   * After the step was written, or was waited for long enough.
   *
   * @param waiting what {@link #begin} said
   * @param committedAt when it was on the disk; empty when it is not
   */
  void finish(Step step, boolean waiting, Optional<Instant> committedAt) {
    allowances(step.state());
    if (waiting) {
      actions(step, committedAt);
    }
  }

  /**
   * One order for each account that something was decided for.
   *
   * @param committedAt when the lockouts among the decisions were on the disk
   */
  private void actions(Step step, Optional<Instant> committedAt) {
    SortedMap<AccountId, List<Decision.Action>> byAccount = new TreeMap<>();
    for (Decision decision : step.decisions()) {
      if (decision instanceof Decision.Action action) {
        byAccount.computeIfAbsent(action.account(), id -> new ArrayList<>()).add(action);
      } else if (isAnswer(decision)) {
        byAccount.computeIfAbsent(decision.account(), id -> new ArrayList<>());
      }
    }
    byAccount.forEach(
        (account, actions) -> {
          Cause first = cause(step, account, actions);
          RuleId rule = first.rule().orElse(RuleId.MANUAL);
          enforcement.carryOut(
              new Enforcement.Order(
                  account,
                  rule,
                  first.reason(),
                  first.at(),
                  List.copyOf(actions),
                  positions(step.state(), account),
                  filling(step.state(), account),
                  Evidence.of(step.state(), account, rule, step.decisions()),
                  locks(step, account) ? committedAt : Optional.empty()));
        });
  }

  /** What leaves a receipt also where nothing has to be sent. */
  private static boolean isAnswer(Decision decision) {
    return decision instanceof Decision.LockoutSet
        || (decision instanceof Decision.ViolationFound found && !found.cause().shadow());
  }

  private static Cause cause(Step step, AccountId account, List<Decision.Action> actions) {
    if (!actions.isEmpty()) {
      return actions.getFirst().cause();
    }
    return step.decisions().stream()
        .filter(d -> d.account().equals(account) && isAnswer(d))
        .map(Decision::cause)
        .findFirst()
        .orElseThrow();
  }

  private static Set<ContractId> filling(EngineState state, AccountId account) {
    Set<ContractId> contracts = new TreeSet<>();
    for (LongMap.Entry<Order> entry :
        state.account(account).map(AccountState::orders).orElse(LongMap.empty())) {
      Order order = entry.value();
      if (order.type() == OrderType.MARKET) {
        contracts.add(order.contract());
      }
    }
    return contracts;
  }

  private static boolean locks(Step step, AccountId account) {
    return step.decisions().stream()
        .anyMatch(d -> d instanceof Decision.LockoutSet && d.account().equals(account));
  }

  private static List<Position> positions(EngineState state, AccountId account) {
    List<Position> open = new ArrayList<>();
    state
        .account(account)
        .ifPresent(s -> s.holdings().forEach(h -> h.position().ifPresent(open::add)));
    return List.copyOf(open);
  }

  /** What may stay of each account whose lockouts or holdings have changed. */
  void allowances(EngineState state) {
    for (LongMap.Entry<AccountState> entry : state.accounts()) {
      AccountState account = entry.value();
      Allowance now = new Allowance(account.locks(), account.holdings());
      Allowance before = told.put(account.id(), now);
      boolean same =
          before != null
              && before.locks() == now.locks()
              && (before.holdings() == now.holdings() || now.locks().active().isEmpty());
      if (!same) {
        enforcement.allow(account.id(), allowed(state, account), blocked(state, account));
      }
    }
  }

  private static Optional<Baseline> allowed(EngineState state, AccountState account) {
    if (!account.locks().accountGuarded()) {
      return Optional.empty();
    }
    Set<ContractId> contracts = new TreeSet<>();
    for (Lockout lockout : account.locks().active()) {
      for (int i = 0; i < lockout.baseline().allowed().size(); i++) {
        contracts.add(lockout.baseline().allowed().keyAt(i));
      }
    }
    Table<ContractId, Long> sizes = Table.empty();
    for (ContractId contract : contracts) {
      sizes =
          sizes.with(contract, account.locks().allowed(contract, state.market().symbol(contract)));
    }
    return Optional.of(sizes.isEmpty() ? Baseline.ZERO : Baseline.of(sizes));
  }

  private static Set<ContractId> blocked(EngineState state, AccountState account) {
    Set<ContractId> contracts = new TreeSet<>();
    for (Holding holding : account.holdings()) {
      if (account.locks().symbolLocked(state.market().symbol(holding.contract()))) {
        contracts.add(holding.contract());
      }
    }
    return contracts;
  }

  /** A plan that waits or watches looks again when the venue tells of the account. */
  void observed(RiskEvent event) {
    switch (event) {
      case RiskEvent.PositionReported reported ->
          enforcement.observed(reported.account(), reported.position().isPresent());
      case RiskEvent.OrderReported reported ->
          enforcement.observed(reported.account(), reported.order().status().isWorking());
      // A half-turn that opens has no P&L.
      case RiskEvent.TradeReported reported ->
          enforcement.observed(reported.account(), reported.trade().profitAndLoss().isEmpty());
      case RiskEvent.AccountReported other -> {}
      case RiskEvent.QuoteReported other -> {}
      case RiskEvent.MarketTraded other -> {}
      case RiskEvent.ContractsListed other -> {}
      case RiskEvent.SnapshotTaken read ->
          read.only()
              .ifPresent(
                  account ->
                      enforcement.observed(account, !read.positions().orElse(List.of()).isEmpty()));
      case RiskEvent.ClockTicked other -> {}
      case RiskEvent.Disconnected other -> {}
      case RiskEvent.Reconnected other -> {}
      case RiskEvent.Held other -> {}
      case RiskEvent.AdminRequested other -> {}
    }
  }
}
