package dev.riskmanager.domain.rule;

import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Mark;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Holding;
import dev.riskmanager.domain.state.MarketState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a rule sees: the books after the event, and why it is asked.
 *
 * @param now time of the event or of the deadline
 * @param trade with {@link Trigger#TRADE}: the trade that is new
 * @param timer with {@link Trigger#TIMER}: the name of the timer
 * @param quoted with {@link Trigger#QUOTE}: the contract whose price it is
 * @param locked an account lockout lets positions stay, and only what is worse counts
 */
public record RuleInput(
    Instant now,
    Trigger trigger,
    Optional<Trade> trade,
    Optional<String> timer,
    Optional<ContractId> quoted,
    AccountState account,
    MarketState market,
    GeneralSettings general,
    boolean locked) {

  /** What a rule is shown when it is asked where it stands, by a {@link Trigger#REVIEW}. */
  public static RuleInput review(
      Instant now, AccountState account, MarketState market, GeneralSettings general) {
    return new RuleInput(
        now,
        Trigger.REVIEW,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        account,
        market,
        general,
        false);
  }

  /** The mark of a contract, unless it is older than {@code stale_quote_seconds} or unknown. */
  public Optional<Mark> freshMark(ContractId contract) {
    return market
        .mark(contract)
        .filter(mark -> !mark.at().plus(general.staleQuote()).isBefore(now));
  }

  /**
   * Open P&amp;L of a position, gross; empty without a fresh mark or known economics. What a fill
   * has closed that the position does not show yet is realized, not open.
   */
  public Optional<Money> openProfit(Position position) {
    Contract contract = market.contract(position.contract()).orElse(null);
    Mark mark = freshMark(position.contract()).orElse(null);
    if (contract == null || mark == null) {
      return Optional.empty();
    }
    long held = account.holding(position.contract()).held();
    return Optional.of(contract.profit(position.averagePrice(), mark.price(), held));
  }

  /** Open P&amp;L of the account, gross; empty when any position cannot be valued. */
  public Optional<Money> openProfit() {
    Money sum = Money.ZERO;
    for (Holding holding : account.holdings()) {
      if (holding.position().isPresent()) {
        Optional<Money> open = openProfit(holding.position().get());
        if (open.isEmpty()) {
          return Optional.empty();
        }
        sum = sum.plus(open.get());
      }
    }
    return Optional.of(sum);
  }

  /** Why a position cannot be valued; empty when it can. */
  public Optional<String> whyNotValued(Position position) {
    String symbol = symbol(position.contract());
    if (market.contract(position.contract()).isEmpty()) {
      return Optional.of("the tick value of " + symbol + " is not known");
    }
    return freshMark(position.contract()).isPresent()
        ? Optional.empty()
        : Optional.of("no fresh price for " + symbol);
  }

  /** The same of the first position that cannot be valued. */
  public Optional<String> whyNotValued() {
    for (Holding holding : account.holdings()) {
      Optional<String> why = holding.position().flatMap(this::whyNotValued);
      if (why.isPresent()) {
        return why;
      }
    }
    return Optional.empty();
  }

  /** A number that a rule remembers, or null. */
  public @Nullable Long remembered(String note) {
    return account.memory().find(note);
  }

  public String symbol(ContractId contract) {
    return market.symbol(contract);
  }
}
