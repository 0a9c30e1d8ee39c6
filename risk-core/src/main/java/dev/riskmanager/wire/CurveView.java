package dev.riskmanager.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * The answer of {@code curve}: how the P&amp;L of the trading day went.
 *
 * @param asOf when it was true
 * @param accounts one for each account, in the order of the status
 */
public record CurveView(Instant asOf, List<AccountCurve> accounts) {

  public CurveView {
    accounts = Lists.copy(accounts);
  }

  /**
   * The day of one account.
   *
   * @param accountId the venue's number of it
   * @param tradingDay the day
   * @param points where it changed, oldest first; at most a few hundred, thinned out as the day
   *     grows long. What a point says holds until the next one
   */
  public record AccountCurve(long accountId, LocalDate tradingDay, List<CurvePointView> points) {
    public AccountCurve {
      points = Lists.copy(points);
    }
  }

  /**
   * A point.
   *
   * @param t when
   * @param total realized and open P&amp;L then, decimal text
   */
  public record CurvePointView(Instant t, String total) {}
}
