package dev.riskmanager.sim.exchange;

import dev.riskmanager.sim.knob.TradingKnobs;
import dev.riskmanager.sim.knob.TradingKnobs.FlatEvent;
import dev.riskmanager.sim.market.Contract;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Positions, trades and balances. Every fill ends here; the sums of a day come from nowhere else.
 */
final class Ledger {
  private static final long LATE_MS = 250;

  private final Floor floor;

  Ledger(Floor floor) {
    this.floor = floor;
  }

  /**
   * Books a fill: trade, position, account. A fill larger than the opposite position is split: the
   * closing part first, with P&amp;L, then the opening part, without.
   */
  void fill(Order order, BigDecimal price, int contracts) {
    Account account = floor.account(order.accountId);
    int rest = contracts;
    Position held = account.positions.get(order.contract.id());
    if (held != null && held.side != order.side) {
      int closing = Math.min(rest, held.size);
      BigDecimal pnl = held.reduce(closing, price, floor.knobs.get(TradingKnobs.PNL));
      trade(account, order.contract, order.side, order.id, price, closing, pnl, null);
      rest -= closing;
      if (held.size > 0) {
        floor.changed(held);
      } else {
        account.positions.remove(order.contract.id());
        if (rest == 0 || floor.knobs.get(TradingKnobs.REVERSAL_FLAT_EVENT)) {
          flat(held);
        }
      }
    }
    if (rest > 0) {
      Position open =
          account.positions.computeIfAbsent(
              order.contract.id(),
              id ->
                  new Position(
                      floor.nextPositionId(), account.id, order.contract, floor.now(), order.side));
      open.add(rest, price);
      trade(account, order.contract, order.side, order.id, price, rest, null, null);
      floor.changed(open);
    }
    floor.changed(account);
  }

  /** Books a half-turn nobody's position knows of, as it is given. */
  TradeView book(
      Account account,
      Contract contract,
      OrderSide side,
      int size,
      BigDecimal price,
      @Nullable BigDecimal profitAndLoss,
      @Nullable BigDecimal fees) {
    TradeView trade =
        trade(account, contract, side, floor.nextOrderId(0), price, size, profitAndLoss, fees);
    floor.changed(account);
    return trade;
  }

  private TradeView trade(
      Account account,
      Contract contract,
      OrderSide side,
      long orderId,
      BigDecimal price,
      int size,
      @Nullable BigDecimal pnl,
      @Nullable BigDecimal givenFees) {
    BigDecimal count = BigDecimal.valueOf(size);
    BigDecimal fees = givenFees == null ? fee(contract).multiply(count) : givenFees;
    BigDecimal rate = floor.knobs.get(TradingKnobs.COMMISSION);
    BigDecimal commissions = rate.signum() == 0 ? null : rate.multiply(count);
    TradeView trade =
        new TradeView(
            floor.nextTradeId(),
            account.id,
            contract,
            floor.now(),
            price,
            pnl,
            fees,
            commissions,
            side,
            size,
            false,
            orderId);
    account.trades.add(trade);
    account.balance =
        account
            .balance
            .add(pnl == null ? BigDecimal.ZERO : pnl)
            .subtract(fees)
            .subtract(commissions == null ? BigDecimal.ZERO : commissions);
    floor.traded(trade);
    return trade;
  }

  private BigDecimal fee(Contract contract) {
    BigDecimal set = floor.knobs.get(TradingKnobs.FEES).get(contract.symbol());
    return set == null ? floor.catalog.product(contract).fee() : set;
  }

  private void flat(Position position) {
    FlatEvent when = floor.knobs.get(TradingKnobs.FLAT_EVENT);
    if (when != FlatEvent.NONE) {
      floor.after(when == FlatEvent.LATE ? LATE_MS : 0, () -> floor.changed(position));
    }
  }
}
