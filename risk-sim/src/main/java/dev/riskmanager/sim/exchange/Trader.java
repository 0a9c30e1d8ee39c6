package dev.riskmanager.sim.exchange;

import dev.riskmanager.sim.market.Contract;
import dev.riskmanager.sim.market.ContractCatalog;
import dev.riskmanager.sim.market.Quote;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Acts as the trader at the platform and as the market: orders that did not come through the API,
 * prices, and half-turns out of nowhere. Contracts are named by id, symbol or name.
 */
public final class Trader {
  private final ContractCatalog catalog;
  private final Exchange exchange;

  public Trader(ContractCatalog catalog, Exchange exchange) {
    this.catalog = catalog;
    this.exchange = exchange;
  }

  /**
   * The contract somebody means.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Contract contract(String text) {
    return catalog
        .find(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no contract is called "
                        + text
                        + "; use a symbol such as MNQ or an id such as CON.F.US.MNQ.U26"));
  }

  /** A market order; it fills like any other, after the fill delay. */
  public Outcome market(long accountId, String contract, OrderSide side, int size) {
    return exchange.place(OrderRequest.market(accountId, contract(contract).id(), side, size));
  }

  /** A market order filled at once at this price, to which the market moves first. */
  public Outcome marketAt(
      long accountId, String contract, OrderSide side, int size, BigDecimal price) {
    return exchange.placeAt(
        OrderRequest.market(accountId, contract(contract).id(), side, size), price);
  }

  /** In and out again, filled at once at these prices; the outcome of the exit. */
  public Outcome roundTrip(
      long accountId,
      String contract,
      OrderSide side,
      int size,
      BigDecimal entryPrice,
      BigDecimal exitPrice) {
    Outcome entry = marketAt(accountId, contract, side, size, entryPrice);
    return entry.ok() ? marketAt(accountId, contract, side.opposite(), size, exitPrice) : entry;
  }

  /** A half-turn with this P&amp;L; see {@link Exchange#book}. */
  public TradeView halfTurn(
      long accountId,
      String contract,
      OrderSide side,
      int size,
      @Nullable BigDecimal price,
      @Nullable BigDecimal profitAndLoss,
      @Nullable BigDecimal fees) {
    Contract c = contract(contract);
    BigDecimal at = price == null ? exchange.quote(c).last() : price;
    return exchange.book(accountId, c, side, size, at, profitAndLoss, fees);
  }

  /** The market trades at this price. */
  public Quote price(String contract, BigDecimal price) {
    return exchange.price(contract(contract), price);
  }
}
