package dev.riskmanager.wire;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of an account's trading day. A figure that cannot be computed, for want of a mark or
 * before the day's trades have been read, is null.
 *
 * @param tradingDay the day
 * @param realized realized P&amp;L; net of fees when the configuration says so
 * @param open open P&amp;L of all positions
 * @param fees fees and commissions
 * @param total realized + open
 * @param trades the number of non-voided trades
 * @param bySymbol the same figures for each symbol traded or held today, by symbol
 * @param balanceCheck the venue's balance against these figures; null before both are known
 */
public record PnlView(
    LocalDate tradingDay,
    @Nullable String realized,
    @Nullable String open,
    @Nullable String fees,
    @Nullable String total,
    int trades,
    List<SymbolPnlView> bySymbol,
    @Nullable BalanceView balanceCheck) {

  public PnlView {
    bySymbol = Lists.copy(bySymbol);
  }

  /** The figures of an account whose balance is not compared yet. */
  public PnlView(
      LocalDate tradingDay,
      @Nullable String realized,
      @Nullable String open,
      @Nullable String fees,
      @Nullable String total,
      int trades,
      List<SymbolPnlView> bySymbol) {
    this(tradingDay, realized, open, fees, total, trades, bySymbol, null);
  }
}
