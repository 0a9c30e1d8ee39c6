package dev.riskmanager.admin.command;

import dev.riskmanager.admin.drill.Drill;
import dev.riskmanager.admin.drill.DrillReport;
import dev.riskmanager.admin.render.Dollars;
import dev.riskmanager.admin.render.TextTable;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.stage.TemporaryEngine;
import dev.riskmanager.daemon.app.DrillHome;
import dev.riskmanager.daemon.app.StartException;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.WireJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drill}: whether the alarm works. */
@Command(
    name = "drill",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends a fake breach through the whole installed path and prints the times it takes: the",
      "engine as installed, with your rules, on a temporary home and a simulated venue. Of the",
      "real home only the files in config/ are read: it gets no lock, no order and no P&L, and",
      "its engine, when it runs, is neither asked nor disturbed.",
      ""
    },
    footer = {
      "",
      "RULE-003 is drilled as you wrote it, else RULE-013; when neither closes and",
      "locks, a RULE-003 at -$500 stands in. The other rules only report meanwhile.",
      "Exit code 1 when something did not happen, or not in the order it must, or",
      "--within is exceeded.",
      "",
      "Examples:",
      "  risk-admin drill",
      "  risk-admin drill --account 13298777 --within 500 --json"
    })
public final class DrillCommand implements Callable<Integer> {
  @Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private Options options;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "Whose rules; else the first account's.")
  private @Nullable Long account;

  @Option(
      names = "--within",
      paramLabel = "MS",
      description = "Fail when flat is proven later than so many milliseconds after the breach.")
  private @Nullable Integer within;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    DrillReport report = drill(spec.commandLine().getErr());
    if (options.json()) {
      out.println(WireJson.write(report));
    } else {
      print(report, out);
    }
    return report.passed() ? 0 : CommandException.FAILED;
  }

  private DrillReport drill(PrintWriter progress)
      throws CommandException, StartException, InterruptedException {
    HomeDir real = options.homeDir();
    OptionalLong chosen = account == null ? OptionalLong.empty() : OptionalLong.of(account);
    long id = DrillHome.account(real, chosen, System.getenv());
    try (TemporaryEngine engine =
        TemporaryEngine.prepare(
            SimVenue.builder(InstantSource.system()).account(id).instant().start(),
            directory(real),
            id,
            "Drill",
            "none",
            List.of())) {
      DrillHome.Subject subject =
          DrillHome.furnish(real, OptionalLong.of(id), engine.home(), System.getenv());
      engine.start(progress);
      DrillReport report =
          new Drill(engine, subject, InstantSource.system()).run(real.root().toString());
      return within == null ? report : report.within(new BigDecimal(within));
    }
  }

  /** Beside the home where that can be: what is measured is then the disk that counts. */
  private static Path directory(HomeDir real) throws CommandException {
    try {
      Path beside = real.root().getParent();
      Path elsewhere = Path.of(System.getProperty("java.io.tmpdir"));
      boolean same = Files.getFileStore(real.root()).equals(Files.getFileStore(elsewhere));
      boolean possible =
          beside != null
              && Files.isWritable(beside)
              && Files.getFileStore(beside).equals(Files.getFileStore(real.root()));
      return !same && possible
          ? Files.createTempDirectory(beside, ".risk-drill-")
          : Files.createTempDirectory("risk-drill-");
    } catch (IOException e) {
      throw new CommandException("no temporary home: " + e.getMessage());
    }
  }

  private static void print(DrillReport report, PrintWriter out) {
    out.println(
        "Drill of "
            + report.ruleId()
            + " ("
            + report.rule()
            + ", "
            + Dollars.text(report.limit())
            + ") as in "
            + report.home()
            + ", account "
            + report.accountId());
    if (report.substituted()) {
      out.println(
          "No RULE-003 or RULE-013 of yours closes and locks: this one stood in for the drill.");
    }
    out.println("A fake trade of " + Dollars.text(report.breach()) + ", then:");
    TextTable table = new TextTable("STEP", "MS", "SINCE");
    for (DrillReport.Step step : report.steps()) {
      BigDecimal millis = step.millis();
      table.row(
          step.text(),
          millis == null ? "never" : millis.toPlainString(),
          step.since() == DrillReport.Since.BREACH ? "the trade" : "its own beginning");
    }
    table.lines().forEach(out::println);
    report.failures().forEach(failure -> out.println("FAILED: " + failure));
    if (report.passed()) {
      out.println(
          "PASSED: at the first close the lockout was on the disk, and the venue's books were"
              + " flat.");
    }
    out.println("The venue was a simulated one that answers at once; the real one's time adds.");
  }
}
