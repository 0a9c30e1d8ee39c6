package dev.riskmanager.trader.app;

import dev.riskmanager.trader.diary.Diary;
import dev.riskmanager.trader.diary.DiaryFile;
import dev.riskmanager.trader.diary.Shift;
import dev.riskmanager.trader.diary.WorkDay;
import dev.riskmanager.trader.view.Figures;
import dev.riskmanager.trader.view.Times;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.ViewClient;
import dev.riskmanager.wire.WireJson;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the commands of the diary share. */
final class Shifts {
  private Shifts() {}

  /** The file of the user who runs this. */
  static DiaryFile file(Context context) {
    Map<String, String> environment = context.console().environment();
    return DiaryFile.of(environment, HomeDir.userHome(environment));
  }

  /**
   * What the engine says of today.
   *
   * @param days what the accounts have made, empty without an engine
   * @param zone the zone of the trading day, null while it is not known
   */
  record Today(List<WorkDay> days, @Nullable String zone) {}

  /** Times as the live screen writes them: in the zone of the trading day, as last told. */
  static Times times(Context context, Diary diary) {
    String zone = diary.zone();
    try {
      return zone == null ? context.localTimes() : new Times(ZoneId.of(zone));
    } catch (DateTimeException e) {
      // Written by a program with newer zone data than ours.
      return context.localTimes();
    }
  }

  /**
   * What the accounts have made today. A trader may go to work without an engine: the shift is then
   * written without trades and P&L, and that is said.
   */
  static Today today(Context context) throws IOException, ControlException {
    try (ViewClient engine = context.connect()) {
      StatusView status = engine.status(context.account());
      return new Today(days(status), status.clock() == null ? null : status.clock().timezone());
    } catch (ControlException.NotFound e) {
      // A wrong account number is a mistake to be told, not a missing engine.
      throw e;
    } catch (ControlException e) {
      context
          .console()
          .err()
          .println("risk-trader: written without trades and P&L of this shift: " + e.getMessage());
    }
    return new Today(List.of(), null);
  }

  /** What the accounts of a picture have made today. */
  static List<WorkDay> days(StatusView status) {
    List<WorkDay> days = new ArrayList<>();
    for (AccountView account : status.accounts()) {
      days.add(
          new WorkDay(
              account.accountId(),
              account.pnl().tradingDay(),
              account.pnl().trades(),
              Figures.number(account.pnl().realized())));
    }
    return days;
  }

  /** A shift for a program. */
  static ObjectNode json(Shift shift, Instant now) {
    ObjectNode json = WireJson.mapper().createObjectNode();
    json.put("from", shift.from().toString());
    json.put("until", shift.until() == null ? null : shift.until().toString());
    json.put("durationSeconds", Math.max(0, shift.length(now).getSeconds()));
    json.put("trades", shift.trades());
    json.put("realized", shift.realized() == null ? null : shift.realized().toPlainString());
    json.put("note", shift.note());
    return json;
  }

  /** A shift for a person, such as {@code 2h 30m, 7 trades, realized +120.50}. */
  static String sentence(Shift shift, Instant now) {
    StringBuilder text = new StringBuilder(Times.age(shift.length(now)));
    Integer trades = shift.trades();
    if (trades != null) {
      text.append(", ").append(trades).append(trades == 1 ? " trade" : " trades");
    }
    if (shift.realized() != null) {
      text.append(", realized ").append(Figures.gain(shift.realized().toPlainString()).text());
    }
    return text.toString();
  }
}
