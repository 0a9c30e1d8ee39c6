package dev.riskmanager.domain.state;

import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.persistent.Table;

/**
 * What was tried against the lockouts in force. An order is one attempt, however many fills and
 * position events come of it, and in whatever order they arrive.
 *
 * @param count how many were undone since the first of the active lockouts
 * @param orders those behind them, and those that are older than the lockout and do not count
 * @param unnamed for each contract, how many are known from its position alone: their orders come
 *     to light later, or never
 */
public record Attempts(long count, LongMap<Aim> orders, Table<ContractId, Long> unnamed) {
  public static final Attempts NONE = new Attempts(0, LongMap.empty(), Table.empty());

  /**
   * What an order was for.
   *
   * @param met how many of its fills the guard has met in a position
   */
  public record Aim(ContractId contract, OrderSide side, int met) {
    boolean increases(ContractId other, OrderSide way) {
      return contract.equals(other) && side == way;
    }
  }

  /**
   * After an order came to light: it is counted once, and not at all where its position was.
   *
   * @param counts whether it was placed under the lockout
   */
  public Attempts withOrder(long id, Aim aim, boolean counts) {
    if (orders.containsKey(id)) {
      return this;
    }
    LongMap<Aim> more = orders.with(id, aim);
    long known = unnamed.getOrDefault(aim.contract(), 0L);
    return counts && known > 0
        ? new Attempts(count, more, unnamed.with(aim.contract(), known - 1))
        : new Attempts(count + (counts ? 1 : 0), more, unnamed);
  }

  /** After a position that no order known explains. */
  private Attempts withUnnamed(ContractId contract) {
    long known = unnamed.getOrDefault(contract, 0L);
    return new Attempts(count + 1, orders, unnamed.with(contract, known + 1));
  }

  /** With so many more, of which nothing else is known. */
  Attempts with(long more) {
    return new Attempts(count + more, orders, unnamed);
  }

  /**
   * After a position beyond what may stay: the fills that it has not shown before explain it, else
   * an order that nothing was seen of since, else it is an attempt of which nothing else is known.
   *
   * @param fills what each order has filled
   */
  public Attempts withPosition(
      ContractId contract, OrderSide side, LongMap<TradeBook.OrderFills> fills) {
    LongMap<Aim> met = orders;
    long waiting = 0;
    for (LongMap.Entry<Aim> entry : orders) {
      Aim aim = entry.value();
      if (aim.increases(contract, side)) {
        TradeBook.OrderFills known = fills.find(entry.key());
        int seen = known == null ? 0 : known.fills();
        met = seen > aim.met() ? met.with(entry.key(), new Aim(contract, side, seen)) : met;
        waiting = seen == 0 && aim.met() == 0 ? entry.key() : waiting;
      }
    }
    if (met == orders && waiting == 0) {
      return withUnnamed(contract);
    }
    return new Attempts(
        count, met == orders ? orders.with(waiting, new Aim(contract, side, 1)) : met, unnamed);
  }
}
