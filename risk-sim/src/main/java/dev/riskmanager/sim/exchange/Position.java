package dev.riskmanager.sim.exchange;

import dev.riskmanager.sim.knob.TradingKnobs.PnlMethod;
import dev.riskmanager.sim.market.Contract;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** A netted position; touched only under the exchange's lock. */
final class Position {
  private static final int PRICE_SCALE = 9;

  final int id;
  final long accountId;
  final Contract contract;
  final Instant created;
  final OrderSide side;
  int size;
  BigDecimal average = BigDecimal.ZERO;
  private final Deque<Lot> lots = new ArrayDeque<>();

  private record Lot(int size, BigDecimal price) {}

  Position(int id, long accountId, Contract contract, Instant created, OrderSide side) {
    this.id = id;
    this.accountId = accountId;
    this.contract = contract;
    this.created = created;
    this.side = side;
  }

  void add(int contracts, BigDecimal price) {
    average =
        average
            .multiply(BigDecimal.valueOf(size))
            .add(price.multiply(BigDecimal.valueOf(contracts)))
            .divide(BigDecimal.valueOf(size + contracts), PRICE_SCALE, RoundingMode.HALF_EVEN);
    size += contracts;
    lots.addLast(new Lot(contracts, price));
  }

  /** Takes contracts off and says what they earned, in dollars before fees. */
  BigDecimal reduce(int contracts, BigDecimal price, PnlMethod method) {
    BigDecimal cost = BigDecimal.ZERO;
    int left = contracts;
    while (left > 0) {
      Lot oldest = lots.removeFirst();
      int taken = Math.min(left, oldest.size());
      cost = cost.add(oldest.price().multiply(BigDecimal.valueOf(taken)));
      if (taken < oldest.size()) {
        lots.addFirst(new Lot(oldest.size() - taken, oldest.price()));
      }
      left -= taken;
    }
    BigDecimal count = BigDecimal.valueOf(contracts);
    BigDecimal basis = method == PnlMethod.FIFO ? cost : average.multiply(count);
    size -= contracts;
    BigDecimal move = price.multiply(count).subtract(basis);
    return contract.money(move.multiply(BigDecimal.valueOf(side.sign())), BigDecimal.ONE);
  }

  PositionView view() {
    int type = size == 0 ? 0 : side == OrderSide.BUY ? 1 : 2;
    return new PositionView(id, accountId, contract, created, type, size, average);
  }
}
