package dev.riskmanager.domain.state;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.persistent.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/**
 * The trades of an account: each is taken in once by its broker id, whatever the number of rules
 * that read the sums.
 *
 * @param trades the non-voided and voided ones of the current trading days and the day before, by
 *     id
 * @param days the sums of the current trading day, for each reset in use
 * @param fills what each order has filled so far, by order id
 * @param orderTimes the first fill of each order
 * @param fillTimes each fill
 * @param roundTurnTimes the first fill with a P&amp;L of each order that has one
 */
public record TradeBook(
    LongMap<Trade> trades,
    Table<ResetTime, DayLedger> days,
    LongMap<OrderFills> fills,
    TimeIndex orderTimes,
    TimeIndex fillTimes,
    TimeIndex roundTurnTimes) {

  /** Kept this long beyond the current trading days, so that a late duplicate is still known. */
  private static final Duration KEPT = Duration.ofDays(1);

  public static final TradeBook EMPTY =
      new TradeBook(
          LongMap.empty(),
          Table.empty(),
          LongMap.empty(),
          TimeIndex.EMPTY,
          TimeIndex.EMPTY,
          TimeIndex.EMPTY);

  /**
   * The fills of one order.
   *
   * @param firstAt time of the first fill
   * @param profitAndLoss gross, over the fills so far
   * @param fills how many
   * @param closings how many of them had a P&amp;L
   * @param closedAt time of the first of those; {@link Instant#MAX} when there is none
   */
  public record OrderFills(
      long orderId,
      Instant firstAt,
      Money profitAndLoss,
      int fills,
      int closings,
      Instant closedAt) {

    private static OrderFills none(long orderId) {
      return new OrderFills(orderId, Instant.MAX, Money.ZERO, 0, 0, Instant.MAX);
    }

    private OrderFills plus(Trade trade) {
      Instant t = trade.executedAt();
      boolean closes = trade.profitAndLoss().isPresent();
      return new OrderFills(
          orderId,
          t.isBefore(firstAt) ? t : firstAt,
          profitAndLoss.plus(trade.gross()),
          fills + 1,
          closings + (closes ? 1 : 0),
          closes && t.isBefore(closedAt) ? t : closedAt);
    }
  }

  /**
   * Whether this trade would change nothing: its id is known and it says nothing else than before,
   * or it is so old that it has been forgotten.
   */
  public boolean knows(Trade trade) {
    Trade known = trades.find(trade.id());
    return known == null
        ? trade.executedAt().isBefore(horizon())
        : known.corrected(trade).equals(known);
  }

  /** Whether this trade was never taken in before, and is not older than what is remembered. */
  public boolean isNew(Trade trade) {
    return !trades.containsKey(trade.id()) && !trade.executedAt().isBefore(horizon());
  }

  /** Trades executed before this are forgotten. */
  private Instant horizon() {
    Instant oldest = Instant.MAX;
    for (DayLedger day : days) {
      oldest = day.start().isBefore(oldest) ? day.start() : oldest;
    }
    return oldest.equals(Instant.MAX) ? Instant.MIN : oldest.minus(KEPT);
  }

  /** Takes a trade in; one told again leaves the sums as it was and enters them as it is. */
  TradeBook with(Trade told) {
    Trade known = trades.find(told.id());
    Trade trade = known == null ? told : known.corrected(told);
    TradeBook book = withTrades(trades.with(trade.id(), trade));
    if (known != null && !known.voided()) {
      book = book.inDays(known, false).withoutFill(known);
    }
    return trade.voided() ? book : book.inDays(trade, true).withFill(trade);
  }

  /** Whether it is known as voided, and a reading of the venue's books shows it as valid. */
  boolean isRestoredBy(Trade read) {
    Trade known = trades.find(read.id());
    return known != null && known.voided() && !read.voided();
  }

  /** Takes a voided trade in again. */
  TradeBook restored(Trade read) {
    Trade known = trades.get(read.id()).orElseThrow();
    TradeBook without = withTrades(trades.without(read.id()));
    return without.with(known.restored().corrected(read));
  }

  private TradeBook withTrades(LongMap<Trade> all) {
    return new TradeBook(all, days, fills, orderTimes, fillTimes, roundTurnTimes);
  }

  private TradeBook inDays(Trade trade, boolean add) {
    Table<ResetTime, DayLedger> changed = days;
    for (DayLedger day : days) {
      if (day.covers(trade.executedAt())) {
        changed = changed.with(day.reset(), add ? day.plus(trade) : day.minus(trade));
      }
    }
    return new TradeBook(trades, changed, fills, orderTimes, fillTimes, roundTurnTimes);
  }

  private TradeBook withFill(Trade trade) {
    OrderFills known = fills.find(trade.orderId());
    OrderFills before = known == null ? OrderFills.none(trade.orderId()) : known;
    return withFills(before, before.plus(trade), fillTimes.with(trade.executedAt(), trade.id()));
  }

  /** A fill is taken back, which is rare: what its order has beside it is summed anew. */
  private TradeBook withoutFill(Trade trade) {
    OrderFills before = fills.find(trade.orderId());
    if (before == null) {
      return this;
    }
    OrderFills after = OrderFills.none(trade.orderId());
    for (LongMap.Entry<Trade> entry : trades) {
      Trade other = entry.value();
      if (other.orderId() == trade.orderId() && other.id() != trade.id() && !other.voided()) {
        after = after.plus(other);
      }
    }
    return withFills(before, after, fillTimes.without(trade.executedAt(), trade.id()));
  }

  private TradeBook withFills(OrderFills before, OrderFills after, TimeIndex times) {
    long id = after.orderId();
    return new TradeBook(
        trades,
        days,
        after.fills() == 0 ? fills.without(id) : fills.with(id, after),
        moved(orderTimes, id, before.firstAt(), after.firstAt()),
        times,
        moved(roundTurnTimes, id, before.closedAt(), after.closedAt()));
  }

  private static TimeIndex moved(TimeIndex index, long id, Instant from, Instant to) {
    if (from.equals(to)) {
      return index;
    }
    TimeIndex rest = from.equals(Instant.MAX) ? index : index.without(from, id);
    return to.equals(Instant.MAX) ? rest : rest.with(to, id);
  }

  /** The sums of the day under that reset. */
  public DayLedger day(ResetTime reset) {
    return days.get(reset)
        .orElseThrow(() -> new IllegalArgumentException("no ledger for the reset " + reset));
  }

  /**
   * This book with a ledger, at {@code t}, for exactly these resets, summed from the trades kept.
   */
  public TradeBook withResets(Collection<ResetTime> resets, Instant t) {
    Table<ResetTime, DayLedger> ledgers = Table.empty();
    for (ResetTime reset : resets) {
      DayLedger known = days.getOrDefault(reset, summed(DayLedger.at(reset, t)));
      ledgers = ledgers.with(reset, known);
    }
    return withDays(ledgers);
  }

  /** This empty book with one more day to sum up. */
  TradeBook withDay(DayLedger day) {
    return withDays(days.with(day.reset(), day));
  }

  /** This book after the reset that ended one of its days; old trades are forgotten. */
  public TradeBook rolled(DayLedger ended) {
    DayLedger next = summed(DayLedger.at(ended.reset(), ended.end()));
    return withDays(days.with(ended.reset(), next)).pruned();
  }

  private TradeBook withDays(Table<ResetTime, DayLedger> ledgers) {
    return new TradeBook(trades, ledgers, fills, orderTimes, fillTimes, roundTurnTimes);
  }

  private DayLedger summed(DayLedger empty) {
    DayLedger sum = empty;
    for (LongMap.Entry<Trade> entry : trades) {
      Trade trade = entry.value();
      if (!trade.voided() && empty.covers(trade.executedAt())) {
        sum = sum.plus(trade);
      }
    }
    return sum;
  }

  private TradeBook pruned() {
    Instant limit = horizon();
    LongMap<Trade> keptTrades = trades;
    LongMap<OrderFills> keptFills = fills;
    for (LongMap.Entry<Trade> entry : trades) {
      Trade trade = entry.value();
      if (trade.executedAt().isBefore(limit)) {
        keptTrades = keptTrades.without(entry.key());
        OrderFills order = keptFills.find(trade.orderId());
        if (order != null && order.firstAt().isBefore(limit)) {
          keptFills = keptFills.without(trade.orderId());
        }
      }
    }
    return new TradeBook(
        keptTrades,
        days,
        keptFills,
        orderTimes.since(limit),
        fillTimes.since(limit),
        roundTurnTimes.since(limit));
  }
}
