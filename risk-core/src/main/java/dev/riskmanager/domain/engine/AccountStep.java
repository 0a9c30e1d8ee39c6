package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.decision.Cause;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.AccountState.Phase;
import dev.riskmanager.domain.state.Fold;
import dev.riskmanager.domain.state.Holding;
import dev.riskmanager.domain.state.Locks;
import dev.riskmanager.domain.state.MarketState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One account at one instant: the working copy of a step. It lives for that step alone; what it
 * began with and what it returns are immutable.
 */
final class AccountStep {
  final Instant now;
  final MarketState market;
  final RuleSet rules;
  final List<Step.RuleFailure> failures;
  final Lines lines = new Lines();

  /** As it was before the event. */
  final AccountState before;

  AccountState state;
  long nextLockoutId;

  /** What is read was missed; at the first start of all only what is there now is judged. */
  boolean reconciling;

  AccountStep(
      Instant now,
      MarketState market,
      RuleSet rules,
      AccountState before,
      AccountState folded,
      long nextLockoutId,
      List<Step.RuleFailure> failures) {
    this.now = now;
    this.market = market;
    this.rules = rules;
    this.before = before;
    this.state = folded;
    this.nextLockoutId = nextLockoutId;
    this.failures = failures;
  }

  RuleInput input(Trigger trigger, Optional<Trade> trade, Optional<String> timer, boolean locked) {
    return new RuleInput(
        now, trigger, trade, timer, Optional.empty(), state, market, rules.general(), locked);
  }

  RuleInput input(ContractId quoted, boolean locked) {
    return new RuleInput(
        now,
        Trigger.QUOTE,
        Optional.empty(),
        Optional.empty(),
        Optional.of(quoted),
        state,
        market,
        rules.general(),
        locked);
  }

  /** About trades that were missed: there is no price of that time. */
  RuleInput missed(Trigger trigger, Optional<Trade> trade, boolean locked) {
    return new RuleInput(
        now,
        trigger,
        trade,
        Optional.empty(),
        Optional.empty(),
        state,
        market.unpriced(),
        rules.general(),
        locked);
  }

  RuleInput input(Trigger trigger) {
    return input(trigger, Optional.empty(), Optional.empty(), false);
  }

  /** Adds what was decided, in order. */
  void collect(List<Decision> decisions) {
    lines.collect(decisions);
  }

  /** After the books took in an order, position or trade of this account. */
  void afterEvent(Trigger trigger, Optional<Trade> newTrade, ContractId contract) {
    Episodes.end(this);
    newTrade.ifPresent(trade -> AttemptCount.fill(this, trade));
    if (state.locks().rulesGated()) {
      Lockout lockout = state.locks().governing().orElseThrow();
      lines.blocked(
          new Decision.PrecheckBlocked(
              cause(lockout.rule(), false, lockout.reason()),
              lockout,
              Optional.of(market.symbol(contract)),
              Optional.of(contract)));
    }
    if (state.phase() == Phase.NEW) {
      begin(trigger, newTrade);
    } else {
      look(trigger, newTrade, Optional.empty());
    }
  }

  /** After the venue reported the account's row. */
  void afterAccount() {
    Endings.releaseConditions(this);
    if (lines.nothingCleared() && state.phase() != Phase.NEW) {
      look(Trigger.ACCOUNT, Optional.empty(), Optional.empty());
    } else {
      review();
    }
  }

  /** The first event of an account has its rules asked about everything there is. */
  private void begin(Trigger first, Optional<Trade> newTrade) {
    AccountState booked = state;
    // The trade is in the books already: "booking" it again changes nothing.
    // And a position that comes as the first event of all was opened just now.
    Trigger trigger = first == Trigger.POSITION ? first : Trigger.REVIEW;
    review(new Fold.Merged(booked, newTrade.map(List::of).orElse(List.of()), true), trigger);
  }

  /** Rules or guard, whichever is due, without a pre-check line. */
  void look(Trigger trigger, Optional<Trade> newTrade, Optional<String> timer) {
    boolean locked = state.locks().rulesGated();
    if (state.locks().accountLocked()) {
      Guard.apply(this, Optional.empty());
    }
    if (canJudge(trigger)) {
      if (!locked || guardsPositions(newTrade)) {
        new Judgement(this, locked).evaluate(trigger, newTrade, timer);
      } else if (newTrade.isPresent()) {
        new Judgement(this, true).follow(newTrade.get());
      }
    }
    if (!state.locks().active().isEmpty()) {
      Guard.apply(this, Optional.empty());
    }
  }

  /** A price of something held: only what reads prices is asked. */
  void onQuote(ContractId contract) {
    boolean locked = state.locks().rulesGated();
    if (canJudge(Trigger.QUOTE)
        && state.phase() != Phase.NEW
        && (!locked || guardsPositions(Optional.empty()))) {
      new Judgement(this, locked).quote(contract);
      if (lines.anyLockout()) {
        Guard.apply(this, Optional.empty());
      }
    }
  }

  /**
   * Until the positions have been read only money and the venue's own word are judged; the rest has
   * to wait for the snapshot, which has everything judged.
   */
  private boolean canJudge(Trigger trigger) {
    return state.phase() != Phase.RESTORED
        || trigger == Trigger.TRADE
        || trigger == Trigger.ACCOUNT;
  }

  /**
   * After a snapshot was booked: its new trades, then everything.
   *
   * @param whole positions, orders and trades of the account were read
   */
  void afterSnapshot(Fold.Merged merged, boolean whole, boolean reconciliation) {
    reconciling = reconciliation || Missed.whileDown(before);
    Holds.takeBaselines(this);
    if (whole) {
      Blindness.read(this, reconciliation);
      Missed.read(this);
    }
    review(merged, Trigger.REVIEW);
    if (reconciling && merged.shown()) {
      MissedGrowth.undo(this, merged);
    }
  }

  /** All rules that judge the state. */
  void review() {
    review(new Fold.Merged(state, List.of(), true), Trigger.REVIEW);
  }

  private void review(Fold.Merged merged, Trigger trigger) {
    if (state.phase() == Phase.NEW) {
      state = state.withPhase(Phase.RUNNING);
    }
    Holds.takeBaselines(this);
    Episodes.end(this);
    Endings.releaseConditions(this);
    boolean locked = state.locks().rulesGated();
    boolean guarded = !state.locks().active().isEmpty();
    if (guarded) {
      merged.newTrades().forEach(trade -> AttemptCount.fill(this, trade));
    }
    if (state.locks().accountLocked()) {
      Guard.apply(this, Optional.empty());
    }
    Judgement judgement = new Judgement(this, locked);
    judgement.trades(merged);
    boolean judges = !locked || guardsPositions(Optional.empty()) || judgement.letStay();
    if (canJudge(Trigger.REVIEW) && judges) {
      judgement.review(trigger);
    }
    judgement.handle();
    if (!guarded) {
      merged.newTrades().forEach(trade -> AttemptCount.fill(this, trade));
    }
    Guard.apply(this, Optional.empty());
  }

  /**
   * Whether the lockouts let positions stay that rules must go on watching: there is one now, there
   * was one before this event, or this is the fill of one that the venue has already shown closed.
   */
  boolean guardsPositions(Optional<Trade> newTrade) {
    return letsStay(before)
        || letsStay(state)
        || newTrade.filter(this::closesWhatStayed).isPresent();
  }

  private boolean letsStay(AccountState account) {
    for (Holding holding : account.holdings()) {
      if (!holding.isFlat() && staysOf(account, holding.contract()) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Signed contracts that the lockouts let stay. */
  long stays(ContractId contract) {
    return staysOf(state, contract);
  }

  private long staysOf(AccountState account, ContractId contract) {
    return account.locks().allowed(contract, market.symbol(contract));
  }

  private boolean closesWhatStayed(Trade trade) {
    for (Lockout lockout : before.locks().active()) {
      if (lockout.isAccountWide() && lockout.baseline().fixed()) {
        return false;
      }
    }
    return trade.profitAndLoss().isPresent()
        && before.holding(trade.contract()).shownAt(trade, now).isPresent();
  }

  /** A cause at this instant. */
  Cause cause(RuleId rule, boolean guard, String reason) {
    return new Cause(now, state.id(), Optional.of(rule), guard, false, reason);
  }

  void setLockout(Lockout lockout, Cause cause) {
    state = state.withLocks(state.locks().withLockout(lockout));
    lines.lockout(new Decision.LockoutSet(cause, lockout));
  }

  Optional<Lockout> activeLockout(RuleId rule, Optional<String> symbol) {
    return state.locks().active().get(new Locks.Key(rule, symbol.orElse("")));
  }
}
