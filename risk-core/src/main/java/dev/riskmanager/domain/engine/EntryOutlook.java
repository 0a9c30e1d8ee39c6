package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Quote;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Episode;
import dev.riskmanager.domain.state.Holding;
import dev.riskmanager.domain.state.MarketState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What would become of an entry made now. The core itself is asked, with a fill of one contract
 * that nobody made: rules, lockouts, holds and what an admin acknowledged all count as they would.
 * Its state is immutable, so nothing changes by being asked.
 *
 * @param open symbols in capitals of which an entry would be left standing, of those that the rules
 *     name or the account has to do with
 * @param undone the other ones, with who would undo it
 * @param others who would undo it in any symbol that is in neither
 */
public record EntryOutlook(
    List<String> open, TreeMap<String, Undone> undone, Optional<Undone> others) {

  /** A symbol that no pattern names but the one for all. */
  private static final String ANY = "~";

  /** The venue's numbers do not come near it. */
  private static final long NOBODYS = Long.MAX_VALUE;

  private static final Price PRICE = Price.of("100");

  /**
   * Who would undo an entry.
   *
   * @param rule the rule, or what else locks the account
   * @param until when that ends; empty when no time is set for it
   * @param reason for people
   */
  public record Undone(RuleId rule, Optional<Instant> until, String reason) {}

  /**
   * The outlook of an account.
   *
   * @param now the time of the entry
   * @return empty while the account's books have not been read, when nobody can tell
   */
  public static Optional<EntryOutlook> of(EngineState state, Instant now, AccountState account) {
    RuleSet rules = state.rules().of(account.id()).orElse(null);
    Lockout lockout = account.locks().governing().orElse(null);
    if (lockout != null) {
      return Optional.of(new EntryOutlook(List.of(), new TreeMap<>(), Optional.of(by(lockout))));
    }
    if (rules == null || account.phase() != AccountState.Phase.RUNNING) {
      return Optional.empty();
    }
    List<String> open = new ArrayList<>();
    TreeMap<String, Undone> undone = new TreeMap<>();
    for (String symbol : symbols(state.market(), account, rules)) {
      Optional<Undone> who = new Entry(state, now, account, rules, example(symbol)).undone();
      who.ifPresentOrElse(found -> undone.put(symbol, found), () -> open.add(symbol));
    }
    Optional<Undone> others = new Entry(state, now, account, rules, ANY).undone();
    return Optional.of(new EntryOutlook(List.copyOf(open), undone, others));
  }

  private static Undone by(Lockout lockout) {
    return new Undone(lockout.rule(), lockout.expiresAt(), lockout.reason());
  }

  /** Those the rules name, by a pattern too, those that are locked, and those that are held. */
  private static TreeSet<String> symbols(MarketState market, AccountState account, RuleSet rules) {
    TreeSet<String> symbols = new TreeSet<>();
    for (RiskRule rule : rules.rules()) {
      symbols.addAll(rule.symbolsNamed());
    }
    for (Lockout lockout : account.locks().active()) {
      lockout.symbol().map(EntryOutlook::capitals).ifPresent(symbols::add);
    }
    for (Holding holding : account.holdings()) {
      if (!holding.isFlat()) {
        symbols.add(capitals(market.symbol(holding.contract())));
      }
    }
    // What is left of that pattern is any symbol.
    symbols.remove("*");
    return symbols;
  }

  /** One of the symbols that a pattern stands for; a symbol stands for itself. */
  private static String example(String pattern) {
    String plain = pattern.replace("*", "").replace('?', 'X');
    return plain.isBlank() ? ANY : plain;
  }

  private static String capitals(String symbol) {
    return symbol.toUpperCase(Locale.ROOT);
  }

  /** One contract more of a symbol, on the side that is held. */
  private record Entry(
      EngineState state, Instant now, AccountState account, RuleSet rules, String symbol) {

    Optional<Undone> undone() {
      Holding held = held();
      ContractId contract =
          held == null ? new ContractId("CON." + ANY + "." + symbol + ".Z99") : held.contract();
      EngineState asked = held == null ? withContract(contract) : state;
      Step filled = RiskEngine.step(asked, now, new RiskEvent.TradeReported(trade(contract, held)));
      Step shown =
          RiskEngine.step(
              filled.state(),
              now,
              new RiskEvent.PositionReported(
                  account.id(), contract, Optional.of(position(contract, held))));
      List<Decision> decisions = new ArrayList<>(filled.decisions());
      decisions.addAll(shown.decisions());
      return decisions.stream()
          .filter(decision -> undoes(decision, contract))
          .findFirst()
          .map(decision -> who(decision, decisions));
    }

    private @Nullable Holding held() {
      for (Holding holding : account.holdings()) {
        if (!holding.isFlat()
            && state.market().symbol(holding.contract()).equalsIgnoreCase(symbol)) {
          return holding;
        }
      }
      return null;
    }

    /** With a contract of the symbol that has a price: that there is none yet undoes no entry. */
    private EngineState withContract(ContractId id) {
      Contract contract = new Contract(id, symbol, symbol, Price.of("1"), Money.of("1"));
      Quote quote =
          Quote.unknown(id).merge(Optional.of(PRICE), Optional.empty(), Optional.empty(), now);
      return new EngineState(
          state.now(),
          state.rules(),
          state.market().withContract(contract).withQuote(quote),
          state.accounts(),
          state.holders(),
          state.nextLockoutId(),
          state.begun());
    }

    private Trade trade(ContractId contract, @Nullable Holding held) {
      boolean sold = held != null && held.held() < 0;
      return new Trade(
          NOBODYS,
          account.id(),
          contract,
          sold ? OrderSide.SELL : OrderSide.BUY,
          1,
          PRICE,
          Optional.empty(),
          Money.ZERO,
          NOBODYS,
          now,
          false);
    }

    private Position position(ContractId contract, @Nullable Holding held) {
      Position before = held == null ? null : held.position().orElse(null);
      long size = 1 + (held == null ? 0 : Math.abs(held.held()));
      return before == null
          ? new Position(NOBODYS, account.id(), contract, Side.LONG, size, PRICE, now)
          : new Position(
              before.id(),
              account.id(),
              contract,
              before.side(),
              size,
              before.averagePrice(),
              before.openedAt());
    }

    private boolean undoes(Decision decision, ContractId contract) {
      return decision.account().equals(account.id())
          && switch (decision) {
            case Decision.CloseAllPositions all -> true;
            case Decision.ClosePosition one -> one.contract().equals(contract);
            case Decision.ReducePosition one -> one.contract().equals(contract);
            default -> false;
          };
    }

    /** The lockout that it would meet or set; else the rule, which will do it again and again. */
    private Undone who(Decision decision, List<Decision> decisions) {
      RuleId rule = decision.cause().rule().orElse(RuleId.MANUAL);
      String reason = "one contract more: " + decision.cause().reason().replace(ANY, "any other");
      if (decision.cause().guard()) {
        Lockout met = account.locks().governing(symbol).orElse(null);
        if (met != null && met.rule().equals(rule)) {
          return by(met);
        }
      }
      for (Decision other : decisions) {
        if (other instanceof Decision.LockoutSet set && set.lockout().rule().equals(rule)) {
          return new Undone(rule, set.lockout().expiresAt(), reason);
        }
      }
      return new Undone(rule, rules.rule(rule).flatMap(this::lets), reason);
    }

    private Optional<Instant> lets(RiskRule rule) {
      RuleInput input = RuleInput.review(now, account, state.market(), rules.general());
      Optional<Instant> session = rule.nextSessionStart(input, Optional.of(symbol));
      return session.isEmpty() && rule.episodeEnds() == Episode.Ends.AT_RESET
          ? Optional.of(rules.resetOf(rule.id()).next(now))
          : session;
    }
  }
}
