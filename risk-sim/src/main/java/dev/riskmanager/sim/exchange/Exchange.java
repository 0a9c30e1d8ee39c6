package dev.riskmanager.sim.exchange;

import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.knob.TradingKnobs;
import dev.riskmanager.sim.market.Contract;
import dev.riskmanager.sim.market.ContractCatalog;
import dev.riskmanager.sim.market.Quote;
import dev.riskmanager.sim.market.Quotes;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The venue's books. Every method may be called from any thread; each is one step under one lock,
 * and the events of a step are handed on together, in order, before the lock is given back.
 */
public final class Exchange {
  private final Floor floor;
  private final OrderEntry entry;
  private final Closing closing;
  private final Ledger ledger;
  private final Matcher matcher;
  private final Consumer<Quote> market;
  private final Map<Long, Boolean> toldCanTrade = new HashMap<>();

  /**
   * @param clock the venue's own, for all timestamps
   * @param later runs what happens after a delay
   * @param listener gets the events of each step, under the lock: it must not block
   * @param market gets each new quote, before the fills it causes; it must not block either
   */
  public Exchange(
      ContractCatalog catalog,
      Quotes quotes,
      Knobs knobs,
      InstantSource clock,
      Later later,
      Consumer<List<UserEvent>> listener,
      Consumer<Quote> market) {
    this.market = market;
    this.floor = new Floor(catalog, quotes, knobs, clock, later, listener);
    this.ledger = new Ledger(floor);
    this.matcher = new Matcher(floor, ledger);
    this.entry = new OrderEntry(floor, matcher);
    this.closing = new Closing(floor, matcher);
    knobs.onChange(TradingKnobs.CAN_TRADE, value -> canTradeChanged());
  }

  /** Opens an account; the balance in dollars. */
  public void open(long accountId, String name, BigDecimal balance) {
    floor.locked(
        () -> {
          floor.accounts.put(accountId, new Account(accountId, name, balance));
          toldCanTrade.put(accountId, floor.knobs.get(TradingKnobs.CAN_TRADE).of(accountId));
          return true;
        });
  }

  /** Moves the balance by something that is no trade: a deposit, a withdrawal, a correction. */
  public void adjust(long accountId, BigDecimal dollars) {
    floor.locked(
        () -> {
          Account account = floor.account(accountId);
          account.balance = account.balance.add(dollars);
          floor.changed(account);
          return true;
        });
  }

  /** Takes over the books of an earlier process; the accounts are open, and nobody listens yet. */
  public void recover(List<UserEvent> told) {
    floor.locked(
        () -> {
          new Recovery(floor).replay(told);
          return true;
        });
  }

  /** The books, for reading; each answer is one consistent moment. */
  public Reader reader() {
    return new Reader(floor);
  }

  /** Takes an order, or says why not. */
  public Outcome place(OrderRequest request) {
    return floor.locked(() -> entry.place(request, null));
  }

  /** Moves the market to a price and fills a market order there, all in one step. */
  public Outcome placeAt(OrderRequest request, BigDecimal price) {
    return floor.locked(
        () -> {
          floor.catalog.byId(request.contractId()).ifPresent(c -> price(c, price));
          return entry.place(request, price);
        });
  }

  /** Changes a working order. */
  public Outcome modify(long accountId, long orderId, OrderChange change) {
    return floor.locked(() -> entry.modify(accountId, orderId, change));
  }

  /** Cancels an order, working or suspended. */
  public Outcome cancel(long accountId, long orderId) {
    return floor.locked(() -> entry.cancel(accountId, orderId));
  }

  /**
   * Closes a position at the market, whole or in part.
   *
   * @param size contracts to close; null for all of them
   */
  public Outcome close(long accountId, String contractId, @Nullable Integer size) {
    return floor.locked(() -> closing.close(accountId, contractId, size));
  }

  /** The contract's market now. */
  public Quote quote(Contract contract) {
    return floor.quote(contract);
  }

  /** The market traded at a price: quotes, working orders and trailing stops follow. */
  public Quote price(Contract contract, BigDecimal price) {
    return floor.locked(
        () -> {
          Quote quote = floor.quotes.trade(contract, price);
          market.accept(quote);
          matcher.traded(quote);
          return quote;
        });
  }

  /**
   * Books a half-turn as it is given, without touching any position: how a test makes a loss.
   *
   * @param profitAndLoss null for an opening half
   * @param fees null for the product's own
   * @throws IllegalArgumentException for an account the venue does not have
   */
  public TradeView book(
      long accountId,
      Contract contract,
      OrderSide side,
      int size,
      BigDecimal price,
      @Nullable BigDecimal profitAndLoss,
      @Nullable BigDecimal fees) {
    return floor.locked(
        () ->
            ledger.book(
                floor.account(accountId), contract, side, size, price, profitAndLoss, fees));
  }

  /** Does what the venue does to everybody before its break; call it every second. */
  public void sessionCheck() {
    floor.locked(
        () -> {
          if (floor.knobs.get(TradingKnobs.SESSIONS) && Sessions.flattens(floor.now())) {
            closing.flattenAll();
          }
          return true;
        });
  }

  private void canTradeChanged() {
    floor.locked(
        () -> {
          for (Account account : floor.accounts.values()) {
            boolean now = floor.canTrade(account);
            if (!Boolean.valueOf(now).equals(toldCanTrade.put(account.id, now))) {
              floor.changed(account);
            }
          }
          return true;
        });
  }
}
