package dev.riskmanager.domain.state;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Trade;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The sums of the current trading day under one reset.
 *
 * @param start first instant of the day
 * @param end first instant of the next
 * @param gross sum of {@code profitAndLoss} of the day's non-voided trades
 * @param fees sum of their fees and commissions
 * @param trades how many they are
 */
public record DayLedger(
    ResetTime reset,
    LocalDate tradingDay,
    Instant start,
    Instant end,
    Money gross,
    Money fees,
    long trades) {

  /** An empty ledger of the trading day that {@code t} belongs to. */
  static DayLedger at(ResetTime reset, Instant t) {
    return new DayLedger(
        reset, reset.tradingDay(t), reset.last(t), reset.next(t), Money.ZERO, Money.ZERO, 0);
  }

  /** An empty ledger of that trading day. */
  static DayLedger of(ResetTime reset, LocalDate tradingDay) {
    Instant end = reset.endOf(tradingDay);
    return new DayLedger(
        reset, tradingDay, reset.last(end.minusNanos(1)), end, Money.ZERO, Money.ZERO, 0);
  }

  boolean covers(Instant t) {
    return !t.isBefore(start) && t.isBefore(end);
  }

  DayLedger plus(Trade trade) {
    return new DayLedger(
        reset,
        tradingDay,
        start,
        end,
        gross.plus(trade.gross()),
        fees.plus(trade.fees()),
        trades + 1);
  }

  DayLedger minus(Trade trade) {
    return new DayLedger(
        reset,
        tradingDay,
        start,
        end,
        gross.minus(trade.gross()),
        fees.minus(trade.fees()),
        trades - 1);
  }

  /** Realized P&amp;L of the day: gross, or less fees and commissions. */
  public Money realized(boolean netOfFees) {
    return netOfFees ? gross.minus(fees) : gross;
  }
}
