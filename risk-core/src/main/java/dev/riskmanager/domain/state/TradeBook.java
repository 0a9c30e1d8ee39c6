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
 * @param fillTimes the first fill of each order, by time; a key moved on a nanosecond where taken
 */
public record TradeBook(
    LongMap<Trade> trades,
    Table<ResetTime, DayLedger> days,
    LongMap<OrderFills> fills,
    LongMap<Long> fillTimes) {

  /** Kept this long beyond the current trading days, so that a late duplicate is still known. */
  private static final Duration KEPT = Duration.ofDays(1);

  public static final TradeBook EMPTY =
      new TradeBook(LongMap.empty(), Table.empty(), LongMap.empty(), LongMap.empty());

  /**
   * The fills of one order.
   *
   * @param firstAt time of the first fill
   * @param profitAndLoss gross, over the fills so far
   * @param closing whether any fill had a P&amp;L
   * @param timeKey where it stands in {@link TradeBook#fillTimes}
   */
  public record OrderFills(
      long orderId,
      Instant firstAt,
      Money profitAndLoss,
      boolean closing,
      int fills,
      long timeKey) {}

  /**
   * Whether this trade would change nothing: its id is known and it was not voided since, or it is
   * so old that it has been forgotten.
   */
  boolean knows(Trade trade) {
    Trade known = trades.find(trade.id());
    return known == null
        ? trade.executedAt().isBefore(horizon())
        : known.voided() == trade.voided();
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

  TradeBook with(Trade trade) {
    Trade known = trades.getOrDefault(trade.id(), trade);
    LongMap<Trade> all = trades.with(trade.id(), trade);
    if (known != trade && !known.voided()) {
      return trade.voided() ? counted(known, all, false) : this;
    }
    if (trade.voided()) {
      return new TradeBook(all, days, fills, fillTimes);
    }
    return counted(trade, all, true);
  }

  private TradeBook counted(Trade trade, LongMap<Trade> all, boolean add) {
    Table<ResetTime, DayLedger> changed = days;
    for (DayLedger day : days) {
      if (day.covers(trade.executedAt())) {
        changed = changed.with(day.reset(), add ? day.plus(trade) : day.minus(trade));
      }
    }
    return add
        ? new TradeBook(all, changed, fills, fillTimes).withFill(trade)
        : new TradeBook(all, changed, fills, fillTimes).withoutFill(trade);
  }

  private TradeBook withFill(Trade trade) {
    OrderFills known =
        fills.getOrDefault(
            trade.orderId(),
            new OrderFills(trade.orderId(), trade.executedAt(), Money.ZERO, false, 0, -1));
    Instant first =
        trade.executedAt().isBefore(known.firstAt()) ? trade.executedAt() : known.firstAt();
    LongMap<Long> times = known.timeKey() < 0 ? fillTimes : fillTimes.without(known.timeKey());
    long key = Nanos.of(first);
    while (times.containsKey(key)) {
      key++;
    }
    OrderFills now =
        new OrderFills(
            trade.orderId(),
            first,
            known.profitAndLoss().plus(trade.gross()),
            known.closing() || trade.profitAndLoss().isPresent(),
            known.fills() + 1,
            key);
    return new TradeBook(
        trades, days, fills.with(trade.orderId(), now), times.with(key, trade.orderId()));
  }

  private TradeBook withoutFill(Trade trade) {
    OrderFills known = fills.get(trade.orderId()).orElse(null);
    if (known == null) {
      return this;
    }
    if (known.fills() <= 1) {
      return new TradeBook(
          trades, days, fills.without(trade.orderId()), fillTimes.without(known.timeKey()));
    }
    OrderFills now =
        new OrderFills(
            known.orderId(),
            known.firstAt(),
            known.profitAndLoss().minus(trade.gross()),
            known.closing(),
            known.fills() - 1,
            known.timeKey());
    return new TradeBook(trades, days, fills.with(trade.orderId(), now), fillTimes);
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
    return new TradeBook(trades, ledgers, fills, fillTimes);
  }

  /** This empty book with one more day to sum up. */
  TradeBook withDay(DayLedger day) {
    return new TradeBook(trades, days.with(day.reset(), day), fills, fillTimes);
  }

  /** This book after the reset that ended one of its days; old trades are forgotten. */
  public TradeBook rolled(DayLedger ended) {
    DayLedger next = summed(DayLedger.at(ended.reset(), ended.end()));
    return new TradeBook(trades, days.with(ended.reset(), next), fills, fillTimes).pruned();
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
    LongMap<Long> keptTimes = fillTimes;
    for (LongMap.Entry<Trade> entry : trades) {
      if (entry.value().executedAt().isBefore(limit)) {
        keptTrades = keptTrades.without(entry.key());
      }
    }
    for (LongMap.Entry<Long> entry : fillTimes) {
      if (entry.key() >= Nanos.of(limit)) {
        break;
      }
      keptTimes = keptTimes.without(entry.key());
      keptFills = keptFills.without(entry.value());
    }
    return new TradeBook(keptTrades, days, keptFills, keptTimes);
  }
}
