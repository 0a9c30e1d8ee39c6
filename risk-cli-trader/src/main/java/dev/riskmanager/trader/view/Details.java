package dev.riskmanager.trader.view;

import dev.riskmanager.trader.diary.Shift;
import dev.riskmanager.wire.HoursView;
import dev.riskmanager.wire.LockoutsView;
import dev.riskmanager.wire.LogView;
import dev.riskmanager.wire.ReceiptView;
import dev.riskmanager.wire.ReceiptsView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What pages show besides the picture; null until it has been asked for.
 *
 * @param lockouts active and past lockouts
 * @param log the enforcement log
 * @param receipts which receipts there are of the account, newest last
 * @param receipt the receipt asked for
 * @param hours sessions and holidays
 * @param diary the trader's shifts, oldest first
 * @param curve the day's P&amp;L of the account shown, oldest first
 * @param problems why a page has nothing to show
 */
public record Details(
    @Nullable LockoutsView lockouts,
    @Nullable LogView log,
    List<ReceiptsView.ReceiptLine> receipts,
    @Nullable ReceiptView receipt,
    @Nullable HoursView hours,
    @Nullable List<Shift> diary,
    List<CurvePoint> curve,
    Map<Tab, String> problems) {

  /** Nothing yet. */
  public static final Details NONE =
      new Details(null, null, List.of(), null, null, null, List.of(), Map.of());

  public Details {
    diary = diary == null ? null : List.copyOf(diary);
    receipts = List.copyOf(receipts);
    curve = List.copyOf(curve);
    problems = Map.copyOf(problems);
  }
}
