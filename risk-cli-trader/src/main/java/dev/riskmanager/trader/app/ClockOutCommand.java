package dev.riskmanager.trader.app;

import dev.riskmanager.trader.diary.Diary;
import dev.riskmanager.trader.diary.DiaryFile;
import dev.riskmanager.trader.diary.Shift;
import dev.riskmanager.trader.view.Line;
import dev.riskmanager.wire.ControlException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** The end of a shift. */
@Command(
    name = "clock-out",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Ends the shift in your diary: its duration, its trades, its realized P&L.",
      "Trades and P&L are not known when the engine was away at either end, or after a daily reset."
    },
    footer = {
      "",
      "Examples:",
      "  risk-trader clock-out",
      "  risk-trader clock-out --note 'kept to the plan'"
    })
final class ClockOutCommand implements Callable<Integer> {
  private final Context context;

  @Option(names = "--note", paramLabel = "TEXT", description = "Your words for this shift.")
  private String note = "";

  ClockOutCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, ControlException, Failure {
    DiaryFile file = Shifts.file(context);
    Diary diary = file.read();
    Shift open =
        diary
            .atWork()
            .orElseThrow(
                () -> new Failure("not at work; begin a shift with: risk-trader clock-in"));
    Instant now = context.console().clock().instant();
    if (now.isBefore(open.from())) {
      throw new Failure(
          "the clock says "
              + Shifts.times(context, diary).named(now)
              + ", before the clock-in at "
              + Shifts.times(context, diary).named(open.from())
              + "; set the clock of this machine, nothing was written");
    }
    Shifts.Today today = Shifts.today(context);
    Diary next = diary.in(today.zone()).clockOut(now, today.days(), note.strip());
    file.write(next);
    Shift done = next.shifts().getLast();
    if (context.options().json) {
      context.printJson(Shifts.json(done, now).toString());
    } else {
      context.print(List.of(Line.of("done: " + Shifts.sentence(done, now))));
    }
    return ExitCode.OK;
  }
}
