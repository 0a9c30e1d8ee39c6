package dev.riskmanager.trader.app;

import dev.riskmanager.trader.view.Line;
import dev.riskmanager.trader.view.LogPanel;
import dev.riskmanager.trader.view.Times;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.HoursView;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.LogView;
import dev.riskmanager.wire.ViewClient;
import dev.riskmanager.wire.WireJson;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the engine did. */
@Command(
    name = "log",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Violations, lockouts and enforcement, newest last.",
    footer = {
      "",
      "Examples:",
      "  risk-trader log --tail 100",
      "  risk-trader log --rule RULE-003 --account 13298777",
      "  risk-trader log --rule daily_realized_loss --json | jq -r '.entries[].text'",
      "  risk-trader log --follow",
      "  risk-trader log --follow --json    one line of JSON for each entry"
    })
final class LogCommand implements Callable<Integer> {
  /** As many lines as the engine gives. */
  private static final int MOST = 10_000;

  /** As many as surely fit into one answer. */
  private static final int PAGE = 500;

  private final Context context;

  @Option(
      names = "--tail",
      paramLabel = "N",
      description = "How many lines, 1 to 10000. Default: ${DEFAULT-VALUE}.")
  private int tail = 50;

  @Option(names = "--follow", description = "Go on until interrupted.")
  private boolean follow;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      description = "Only this rule: its number (RULE-003) or its key (daily_realized_loss).")
  private @Nullable String rule;

  @Spec private CommandSpec spec;

  LogCommand(Context context) {
    this.context = context;
    // Replaced by picocli before the command is called.
    this.spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws IOException, ControlException, Failure {
    if (tail < 1 || tail > MOST) {
      throw new ParameterException(
          spec.commandLine(), "--tail " + tail + ": from 1 to " + MOST + " lines can be shown");
    }
    if (follow) {
      follow();
    } else {
      once();
    }
    return ExitCode.OK;
  }

  private void once() throws IOException, ControlException {
    try (ViewClient engine = context.connect()) {
      if (context.options().json && context.account().isEmpty() && tail <= PAGE) {
        context.printJson(engine.logJson(tail, rule).text());
        return;
      }
      List<LogEntry> entries = back(engine, tail, context.options().account);
      if (context.options().json) {
        context.printJson(WireJson.write(new LogView(entries)));
      } else {
        print(entries, engine.hours());
      }
    }
  }

  private static long awaitNews(NewsOfTheLog signal, Pulse pulse, long known)
      throws InterruptedException, ControlException, Failure {
    long newest = signal.awaitAfter(known, Pulse.EVERY);
    while (newest <= known) {
      pulse.check();
      newest = signal.awaitAfter(known, Pulse.EVERY);
    }
    return newest;
  }

  private void follow() throws IOException, ControlException, Failure {
    NewsOfTheLog signal = new NewsOfTheLog();
    try (ViewClient engine = context.connect(signal);
        Pulse pulse = new Pulse(engine, context.console())) {
      signal.follow(pulse);
      HoursView hours = engine.hours();
      engine.watch(OptionalLong.empty());
      List<LogEntry> entries = back(engine, tail, context.options().account);
      long seen = 0;
      while (true) {
        for (LogEntry entry : entries) {
          seen = Math.max(seen, entry.seq());
        }
        print(entries, hours);
        if (context.console().out().checkError()) {
          // The reader has enough, as head has.
          return;
        }
        long known = seen;
        seen = awaitNews(signal, pulse, known);
        entries = LogPanel.select(since(engine, known), context.options().account, "");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The lines after that one, oldest first: back to it, however many have come since the news. Not
   * more than so many, when somebody has slept for long.
   */
  private List<LogEntry> since(ViewClient engine, long known) throws ControlException {
    ArrayDeque<LogEntry> found = new ArrayDeque<>();
    long before = Long.MAX_VALUE;
    while (found.size() < MOST) {
      List<LogEntry> page = engine.logBefore(PAGE, rule, before).entries();
      page.reversed().stream().filter(entry -> entry.seq() > known).forEach(found::addFirst);
      if (page.size() < PAGE || page.getFirst().seq() <= known) {
        break;
      }
      before = page.getFirst().seq();
    }
    return List.copyOf(found);
  }

  /** The last lines, of one account or all, read back page by page until there are enough. */
  private List<LogEntry> back(ViewClient engine, int lines, @Nullable Long account)
      throws ControlException {
    ArrayDeque<LogEntry> found = new ArrayDeque<>();
    long before = Long.MAX_VALUE;
    while (found.size() < lines) {
      int asked = account == null ? Math.min(PAGE, lines - found.size()) : PAGE;
      List<LogEntry> page = engine.logBefore(asked, rule, before).entries();
      LogPanel.select(page, account, "").reversed().stream()
          .limit(lines - (long) found.size())
          .forEach(found::addFirst);
      if (page.size() < asked) {
        break;
      }
      before = page.getFirst().seq();
    }
    return List.copyOf(found);
  }

  private void print(List<LogEntry> entries, HoursView hours) {
    if (context.options().json) {
      entries.forEach(entry -> context.printJson(WireJson.write(entry)));
      return;
    }
    Times times = Times.of(hours.clock());
    boolean several = context.account().isEmpty() && hours.accounts().size() > 1;
    List<Line> lines = new ArrayList<>();
    for (LogEntry entry : entries) {
      // With the date on every line, so that the columns line up over midnight.
      String stamp = times.named(entry.t()) + LogPanel.whose(entry, several);
      lines.add(LogPanel.line(entry, stamp, times, context.columns(), context.glyphs()));
    }
    context.print(lines);
  }
}
