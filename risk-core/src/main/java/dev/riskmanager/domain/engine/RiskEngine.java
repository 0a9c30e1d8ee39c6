package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Quote;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Fold;
import dev.riskmanager.domain.state.MarketState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The core: state and event in, new state and ordered decisions out. Pure and deterministic: the
 * same events at the same times give the same decisions, live and in replay.
 */
public final class RiskEngine {
  private final List<Decision> decisions = new ArrayList<>();
  private final List<Step.RuleFailure> failures = new ArrayList<>();
  private EngineState state;

  private RiskEngine(EngineState state) {
    this.state = state;
  }

  /**
   * Takes in one event.
   *
   * @param t when it arrived; a time before the newest known counts as that one
   */
  public static Step step(EngineState before, Instant t, RiskEvent event) {
    RiskEngine run = new RiskEngine(before);
    Instant now = t.isBefore(before.now()) ? before.now() : t;
    run.fireDeadlines(now);
    run.state = run.state.at(now);
    run.take(event);
    return new Step(run.state, List.copyOf(run.decisions), List.copyOf(run.failures));
  }

  /**
   * Puts another rule book in force and evaluates everything under it.
   *
   * @param t as in {@link #step}
   */
  public static Step configure(EngineState before, Instant t, RuleBook book) {
    RiskEngine run = new RiskEngine(before);
    Instant now = t.isBefore(before.now()) ? before.now() : t;
    run.fireDeadlines(now);
    run.state = run.state.at(now).withRules(book);
    for (LongMap.Entry<AccountState> entry : run.state.accounts()) {
      AccountState account = entry.value();
      Optional<RuleSet> rules = book.of(account.id());
      if (rules.isPresent()) {
        AccountState ready =
            account.withTrades(account.trades().withResets(rules.get().resets(), now));
        run.with(ready, now, step -> step.review(List.of()));
      }
    }
    for (int i = 0; i < book.accounts().size(); i++) {
      run.known(book.accounts().keyAt(i));
    }
    return new Step(run.state, List.copyOf(run.decisions), List.copyOf(run.failures));
  }

  @FunctionalInterface
  private interface Work {
    void on(AccountStep step);
  }

  private void with(AccountState account, Instant now, Work work) {
    Optional<RuleSet> rules = state.rules().of(account.id());
    if (rules.isEmpty()) {
      return;
    }
    AccountStep step =
        new AccountStep(now, state.market(), rules.get(), account, state.nextLockoutId(), failures);
    work.on(step);
    decisions.addAll(step.decisions());
    state = state.withAccount(step.state);
    if (step.nextLockoutId != state.nextLockoutId()) {
      state = state.withNextLockoutId(step.nextLockoutId);
    }
  }

  /** Fires every deadline up to and including {@code now}, each at its own time. */
  private void fireDeadlines(Instant now) {
    while (true) {
      Optional<AccountState> next = state.accounts().withSmallestMeasure();
      if (next.isEmpty() || next.get().nextDeadline().isAfter(now)) {
        return;
      }
      with(next.get(), next.get().nextDeadline(), AccountStep::fireDeadlines);
    }
  }

  /** The account's state; a monitored account met for the first time begins here. */
  private Optional<AccountState> known(AccountId id) {
    Optional<AccountState> found = state.account(id);
    if (found.isPresent()) {
      return found;
    }
    Optional<RuleSet> rules = state.rules().of(id);
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    AccountState fresh = EngineState.fresh(id, rules.get(), state.now());
    state = state.withAccount(fresh);
    return Optional.of(fresh);
  }

  private void take(RiskEvent event) {
    switch (event) {
      case RiskEvent.AccountReported reported -> account(reported.row());
      case RiskEvent.OrderReported reported -> order(reported.order());
      case RiskEvent.PositionReported reported -> position(reported);
      case RiskEvent.TradeReported reported -> trade(reported.trade());
      case RiskEvent.QuoteReported quote ->
          quote(quote.contract(), quote.last(), quote.bid(), quote.ask());
      case RiskEvent.MarketTraded traded ->
          quote(traded.contract(), Optional.of(traded.price()), Optional.empty(), Optional.empty());
      case RiskEvent.ContractsListed listed -> contracts(listed.contracts());
      case RiskEvent.SnapshotTaken snapshot -> snapshot(snapshot);
      case RiskEvent.AdminRequested request ->
          known(request.account())
              .ifPresent(a -> with(a, state.now(), step -> AdminStep.apply(step, request)));
      case RiskEvent.ClockTicked tick -> {}
      case RiskEvent.Disconnected gone -> {}
      case RiskEvent.Reconnected back -> {}
    }
  }

  private void account(Account row) {
    AccountState before = known(row.id()).orElse(null);
    if (before == null) {
      return;
    }
    AccountState after = Fold.account(before, row);
    if (after != before) {
      with(
          after,
          state.now(),
          step -> {
            step.releaseConditions();
            if (step.cleared.isEmpty()) {
              step.look(Trigger.ACCOUNT, Optional.empty(), Optional.empty());
            } else {
              step.review(List.of());
            }
          });
    }
  }

  private void order(Order order) {
    AccountState before = known(order.account()).orElse(null);
    if (before == null) {
      return;
    }
    AccountState after = Fold.order(before, order);
    if (after != before) {
      Optional<String> symbol = Optional.of(state.market().symbol(order.contract()));
      with(after, state.now(), step -> step.afterEvent(Trigger.ORDER, Optional.empty(), symbol));
    }
  }

  private void position(RiskEvent.PositionReported reported) {
    AccountState before = known(reported.account()).orElse(null);
    if (before == null) {
      return;
    }
    AccountState after = Fold.position(before, reported.contract(), reported.position());
    if (after != before) {
      Optional<String> symbol = Optional.of(state.market().symbol(reported.contract()));
      with(after, state.now(), step -> step.afterEvent(Trigger.POSITION, Optional.empty(), symbol));
    }
  }

  private void trade(Trade trade) {
    AccountState before = known(trade.account()).orElse(null);
    if (before == null) {
      return;
    }
    boolean firstTime = before.trades().trades().get(trade.id()).isEmpty() && !trade.voided();
    AccountState after = Fold.trade(before, trade);
    if (after != before) {
      Optional<String> symbol = Optional.of(state.market().symbol(trade.contract()));
      Optional<Trade> fresh = firstTime ? Optional.of(trade) : Optional.empty();
      with(
          after,
          state.now(),
          step -> step.afterEvent(firstTime ? Trigger.TRADE : Trigger.REVIEW, fresh, symbol));
    }
  }

  private void quote(
      ContractId contract, Optional<Price> last, Optional<Price> bid, Optional<Price> ask) {
    MarketState market = state.market();
    Quote before = market.quotes().getOrDefault(contract, Quote.unknown(contract));
    state = state.withMarket(market.withQuote(before.merge(last, bid, ask, state.now())));
    for (LongMap.Entry<Boolean> holder : state.holders().getOrDefault(contract, LongMap.empty())) {
      state
          .account(new AccountId(holder.key()))
          .ifPresent(account -> with(account, state.now(), step -> step.onQuote()));
    }
  }

  private void contracts(List<Contract> contracts) {
    MarketState market = state.market();
    for (Contract contract : contracts) {
      market = market.withContract(contract);
    }
    state = state.withMarket(market);
  }

  private void snapshot(RiskEvent.SnapshotTaken snapshot) {
    if (snapshot.accounts().isPresent()) {
      snapshot.accounts().get().forEach(row -> known(row.id()));
    }
    snapshot.positions().ifPresent(rows -> rows.forEach(row -> known(row.account())));
    snapshot.orders().ifPresent(rows -> rows.forEach(row -> known(row.account())));
    snapshot.trades().ifPresent(rows -> rows.forEach(row -> known(row.account())));
    for (LongMap.Entry<AccountState> entry : state.accounts()) {
      snapshotOf(entry.value(), snapshot);
    }
  }

  private void snapshotOf(AccountState before, RiskEvent.SnapshotTaken snapshot) {
    AccountId id = before.id();
    AccountState now = before;
    boolean named = true;
    if (snapshot.accounts().isPresent()) {
      Optional<Account> row =
          snapshot.accounts().get().stream().filter(r -> r.id().equals(id)).findFirst();
      named = row.isPresent();
      now = row.isPresent() ? Fold.account(before, row.get()) : Fold.missing(before);
    }
    List<Trade> trades = new ArrayList<>();
    snapshot
        .trades()
        .ifPresent(rows -> rows.stream().filter(t -> t.account().equals(id)).forEach(trades::add));
    boolean replace = named;
    Optional<List<Position>> positions =
        snapshot
            .positions()
            .filter(rows -> replace)
            .map(rows -> rows.stream().filter(p -> p.account().equals(id)).toList());
    Optional<List<Order>> orders =
        snapshot
            .orders()
            .filter(rows -> replace)
            .map(rows -> rows.stream().filter(o -> o.account().equals(id)).toList());
    Fold.Merged merged = Fold.snapshot(now, positions, orders, trades);
    with(merged.state(), state.now(), step -> step.review(merged.newTrades()));
  }
}
