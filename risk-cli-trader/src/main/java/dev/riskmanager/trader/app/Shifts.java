package dev.riskmanager.trader.app;

import dev.riskmanager.trader.diary.DiaryFile;
import dev.riskmanager.trader.diary.Shift;
import dev.riskmanager.trader.diary.WorkDay;
import dev.riskmanager.trader.view.Figures;
import dev.riskmanager.trader.view.Times;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.ViewClient;
import dev.riskmanager.wire.WireJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What the commands of the diary share. */
final class Shifts {
  private Shifts() {}

  /** The file of the user who runs this. */
  static DiaryFile file(Context context) {
    return DiaryFile.of(
        context.console().environment(), Path.of(System.getProperty("user.home", ".")));
  }

  /**
   * What the accounts have made today. A trader may go to work without an engine: the shift is then
   * written without trades and P&L, and that is said.
   */
  static List<WorkDay> today(Context context) throws IOException, ControlException {
    try (ViewClient engine = context.connect()) {
      return days(engine.status(context.account()));
    } catch (ControlException.NotFound e) {
      // A wrong account number is a mistake to be told, not a missing engine.
      throw e;
    } catch (ControlException e) {
      context
          .console()
          .err()
          .println("risk-trader: written without trades and P&L of this shift: " + e.getMessage());
    }
    return List.of();
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
