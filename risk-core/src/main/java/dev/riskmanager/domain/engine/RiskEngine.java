package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Quote;
import dev.riskmanager.domain.model.RuleId;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The core: state and event in, new state and ordered decisions out. Pure and deterministic: the
 * same events at the same times give the same decisions, live and in replay.
 */
public final class RiskEngine {
  private final EngineState.Draft draft;
  private final List<Decision> decisions = new ArrayList<>();
  private final List<Step.RuleFailure> failures = new ArrayList<>();

  private RiskEngine(EngineState state) {
    this.draft = new EngineState.Draft(state);
  }

  /**
   * Takes in one event.
   *
   * @param t when it arrived; a time before the newest known counts as that one
   */
  public static Step step(EngineState before, Instant t, RiskEvent event) {
    RiskEngine run = new RiskEngine(before);
    run.advance(t);
    run.take(event);
    boolean beforeAnything =
        event instanceof RiskEvent.Held || event instanceof RiskEvent.Disconnected;
    if (!run.draft.begun && !beforeAnything) {
      run.begin();
    }
    return run.done();
  }

  /**
   * Puts another rule book in force and evaluates everything under it. Accounts that it does not
   * name are no longer watched. What was answered under a rule that has changed is answered anew.
   *
   * @param t as in {@link #step}
   */
  public static Step configure(EngineState before, Instant t, RuleBook book) {
    RiskEngine run = new RiskEngine(before);
    run.advance(t);
    RuleBook old = run.draft.rules;
    run.draft.rules = book;
    for (LongMap.Entry<AccountState> entry : run.draft.accounts) {
      AccountState account = entry.value();
      RuleSet rules = book.of(account.id()).orElse(null);
      if (rules == null) {
        run.draft.remove(account);
        continue;
      }
      AccountState ready =
          account.withTrades(account.trades().withResets(rules.resets(), run.draft.now));
      Optional<RuleSet> was = old.of(account.id());
      run.with(
          ready,
          ready,
          run.draft.now,
          step -> {
            was.ifPresent(rulesBefore -> Episodes.dropChanged(step, rulesBefore));
            step.review();
          });
    }
    for (int i = 0; i < book.accounts().size(); i++) {
      AccountId id = book.accounts().keyAt(i);
      if (run.draft.accounts.get(id.value()).isEmpty()) {
        run.known(id);
        run.draft.begun = false;
      }
    }
    run.begin();
    return run.done();
  }

  private void advance(Instant t) {
    Instant now = t.isBefore(draft.now) ? draft.now : t;
    fireDeadlines(now);
    draft.now = now;
  }

  private Step done() {
    return new Step(draft.state(), List.copyOf(decisions), List.copyOf(failures));
  }

  /** Asks the rules of every account to which nothing has happened yet. */
  private void begin() {
    draft.begun = true;
    for (LongMap.Entry<AccountState> entry : draft.accounts) {
      AccountState account = entry.value();
      if (account.phase() == AccountState.Phase.NEW) {
        with(account, account, draft.now, step -> step.review());
      }
    }
  }

  /**
   * Works on one account.
   *
   * @param before its state before the event
   * @param folded its state after the event was booked
   */
  private void with(
      AccountState before, AccountState folded, Instant now, Consumer<AccountStep> work) {
    RuleSet rules = draft.rules.of(before.id()).orElse(null);
    if (rules == null) {
      return;
    }
    AccountStep step =
        new AccountStep(now, draft.market, rules, before, folded, draft.nextLockoutId, failures);
    work.accept(step);
    step.collect(decisions);
    draft.put(step.state);
    draft.nextLockoutId = step.nextLockoutId;
  }

  /** Fires every deadline up to and including {@code now}, each at its own time. */
  private void fireDeadlines(Instant now) {
    while (true) {
      AccountState next = draft.accounts.withSmallestMeasure().orElse(null);
      if (next == null || next.nextDeadline().isAfter(now)) {
        return;
      }
      with(next, next, next.nextDeadline(), Deadlines::fire);
    }
  }

  /** The account's state, or null; a monitored account met for the first time begins here. */
  private @Nullable AccountState known(AccountId id) {
    AccountState found = draft.accounts.find(id.value());
    if (found != null) {
      return found;
    }
    RuleSet rules = draft.rules.of(id).orElse(null);
    if (rules == null) {
      return null;
    }
    AccountState fresh = EngineState.fresh(id, rules, draft.now);
    draft.put(fresh);
    return fresh;
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
      case RiskEvent.AdminRequested request -> admin(request);
      case RiskEvent.ClockTicked tick -> {}
      case RiskEvent.Disconnected gone ->
          each(step -> Blindness.lost(step, gone.since().orElse(draft.now)));
      case RiskEvent.Reconnected back -> each(Blindness::back);
      case RiskEvent.Held held -> held(held);
    }
  }

  /** Something about all accounts. */
  private void each(Consumer<AccountStep> work) {
    for (LongMap.Entry<AccountState> entry : draft.accounts) {
      with(entry.value(), entry.value(), draft.now, work);
    }
  }

  private void held(RiskEvent.Held held) {
    AccountState before = known(held.account());
    if (before != null) {
      with(
          before, before, draft.now, step -> Holds.begin(step, RuleId.BOOKS, held.reason(), false));
    }
  }

  private void account(Account row) {
    AccountState before = known(row.id());
    if (before == null) {
      return;
    }
    AccountState after = Fold.account(before, row);
    if (after != before) {
      with(before, after, draft.now, AccountStep::afterAccount);
    }
  }

  private void order(Order order) {
    AccountState before = known(order.account());
    if (before == null) {
      return;
    }
    AccountState after = Fold.order(before, order);
    if (after != before) {
      with(
          before,
          after,
          draft.now,
          step -> step.afterEvent(Trigger.ORDER, Optional.empty(), order.contract()));
    }
  }

  private void position(RiskEvent.PositionReported reported) {
    AccountState before = known(reported.account());
    if (before == null) {
      return;
    }
    AccountState after = Fold.position(before, reported.contract(), reported.position(), draft.now);
    if (after != before) {
      with(
          before,
          after,
          draft.now,
          step -> step.afterEvent(Trigger.POSITION, Optional.empty(), reported.contract()));
    }
  }

  private void trade(Trade trade) {
    AccountState before = known(trade.account());
    if (before == null) {
      return;
    }
    boolean news = before.trades().isNew(trade) && !trade.voided();
    AccountState after = Fold.trade(before, trade, draft.now);
    if (after != before) {
      Optional<Trade> fresh = news ? Optional.of(trade) : Optional.empty();
      Trigger trigger = news ? Trigger.TRADE : Trigger.REVIEW;
      with(before, after, draft.now, step -> step.afterEvent(trigger, fresh, trade.contract()));
    }
  }

  private void quote(
      ContractId contract, Optional<Price> last, Optional<Price> bid, Optional<Price> ask) {
    MarketState market = draft.market;
    Quote known = market.quotes().find(contract);
    Quote before = known == null ? Quote.unknown(contract) : known;
    draft.market = market.withQuote(before.merge(last, bid, ask, draft.now));
    for (LongMap.Entry<Boolean> holder : draft.holders.getOrDefault(contract, LongMap.empty())) {
      AccountState account = draft.accounts.find(holder.key());
      if (account != null) {
        with(account, account, draft.now, step -> step.onQuote(contract));
      }
    }
  }

  private void contracts(List<Contract> contracts) {
    MarketState market = draft.market;
    for (Contract contract : contracts) {
      market = market.withContract(contract);
    }
    draft.market = market;
  }

  private void admin(RiskEvent.AdminRequested request) {
    AccountState before = known(request.account());
    if (before != null) {
      with(before, before, draft.now, step -> AdminStep.apply(step, request));
    }
  }

  private void snapshot(RiskEvent.SnapshotTaken snapshot) {
    Snapshots rows = new Snapshots(snapshot);
    if (snapshot.only().isEmpty()) {
      rows.accounts().forEach(this::known);
    }
    for (LongMap.Entry<AccountState> entry : draft.accounts) {
      AccountState before = entry.value();
      if (snapshot.only().filter(only -> !only.equals(before.id())).isPresent()) {
        continue;
      }
      Fold.Merged merged = rows.of(before);
      boolean whole = rows.readsAll(before.id());
      with(
          before,
          merged.state(),
          draft.now,
          step -> step.afterSnapshot(merged, whole, snapshot.reconciliation()));
    }
  }
}
