package dev.riskmanager.trader.app;

import dev.riskmanager.trader.diary.Diary;
import dev.riskmanager.trader.diary.DiaryFile;
import dev.riskmanager.trader.diary.Shift;
import dev.riskmanager.trader.view.DiaryPanel;
import dev.riskmanager.wire.WireJson;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The trader's shifts. */
@Command(
    name = "diary",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Your shifts: duration, trades, realized P&L, notes. Needs no engine.",
      "The file is yours: $XDG_STATE_HOME/risk-manager/diary.json, without that variable"
          + " ~/.local/state/risk-manager/diary.json."
    },
    footer = {
      "",
      "Examples:",
      "  risk-trader diary",
      "  risk-trader diary --json | jq '[.shifts[].durationSeconds] | add'"
    })
final class DiaryCommand implements Callable<Integer> {
  private final Context context;

  DiaryCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    DiaryFile file = Shifts.file(context);
    Diary diary = file.read();
    List<Shift> shifts = diary.shifts();
    Instant now = context.console().clock().instant();
    if (context.options().json) {
      ObjectNode json = WireJson.mapper().createObjectNode();
      json.put("file", file.path().toString());
      ArrayNode list = json.putArray("shifts");
      shifts.forEach(shift -> list.add(Shifts.json(shift, now)));
      context.printJson(json.toString());
    } else {
      context.print(
          DiaryPanel.lines(
              shifts, now, Shifts.times(context, diary), context.columns(), context.glyphs()));
    }
    return ExitCode.OK;
  }
}
