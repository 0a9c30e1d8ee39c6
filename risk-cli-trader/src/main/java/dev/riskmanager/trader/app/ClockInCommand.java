package dev.riskmanager.trader.app;

import dev.riskmanager.trader.diary.Diary;
import dev.riskmanager.trader.diary.DiaryFile;
import dev.riskmanager.trader.diary.Shift;
import dev.riskmanager.trader.view.Line;
import dev.riskmanager.wire.ControlException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** The beginning of a shift. */
@Command(
    name = "clock-in",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Begins a shift in your diary, a file of your own that the engine never sees.",
      "With a running engine the shift will know its trades and P&L."
    },
    footer = {
      "",
      "Examples:",
      "  risk-trader clock-in",
      "  risk-trader clock-in --note 'only the opening range, two trades at most'"
    })
final class ClockInCommand implements Callable<Integer> {
  private final Context context;

  @Option(names = "--note", paramLabel = "TEXT", description = "Your words for this shift.")
  private String note = "";

  ClockInCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, ControlException, Failure {
    DiaryFile file = Shifts.file(context);
    Diary diary = file.read();
    Optional<Shift> open = diary.atWork();
    if (open.isPresent()) {
      throw new Failure(
          "at work already, since "
              + Shifts.times(context, diary).named(open.get().from())
              + "; end that shift first: risk-trader clock-out");
    }
    Instant now = context.console().clock().instant();
    Shifts.Today today = Shifts.today(context);
    Diary next = diary.in(today.zone()).clockIn(now, today.days(), note.strip());
    file.write(next);
    if (context.options().json) {
      context.printJson(Shifts.json(next.shifts().getLast(), now).toString());
    } else {
      context.print(List.of(Line.of("at work since " + Shifts.times(context, next).named(now))));
    }
    return ExitCode.OK;
  }
}
