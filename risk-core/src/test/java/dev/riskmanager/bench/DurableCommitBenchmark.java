package dev.riskmanager.bench;

import dev.riskmanager.daemon.port.Store.Change;
import dev.riskmanager.daemon.port.Store.DailyPnlSaved;
import dev.riskmanager.daemon.port.Store.LockoutEnded;
import dev.riskmanager.daemon.port.Store.LockoutSaved;
import dev.riskmanager.daemon.port.Store.LogAppended;
import dev.riskmanager.daemon.port.Store.StoreException;
import dev.riskmanager.daemon.port.Store.TradeSaved;
import dev.riskmanager.daemon.store.SqliteStore;
import dev.riskmanager.daemon.store.StoreSettings;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Trade;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * What a durable lockout costs over what the disk costs: in turn, one small append with {@code
 * fdatasync} in the directory of the database, one commit of a lockout alone, and one commit of all
 * that a breaching trade writes (trade, daily sums, lockout, two log lines).
 *
 * <p>Arguments: a directory on the disk to be measured (it gets a temporary directory, removed at
 * the end), the number of turns, and the pause between them in milliseconds; default {@code target
 * 2000 2}.
 *
 * <pre>
 * mvn -q -pl risk-core test-compile exec:exec -Dformat.skip=true -Dexec.classpathScope=test \
 *   -Dexec.executable=java -Dexec.args="--enable-native-access=ALL-UNNAMED -cp %classpath \
 *   dev.riskmanager.bench.DurableCommitBenchmark target 2000 2"
 * </pre>
 *
 * <p>{@code format.skip} because the formatter is run by the same plugin, which would start this
 * too.
 */
public final class DurableCommitBenchmark {
  private static final AccountId ACCOUNT = new AccountId(13_298_777);
  private static final RuleId RULE = new RuleId(3, "daily_realized_loss");
  private static final Instant START = Instant.parse("2025-10-31T17:21:19.150Z");

  private final Histogram force = new Histogram(3);
  private final Histogram lockout = new Histogram(3);
  private final Histogram breach = new Histogram(3);

  private DurableCommitBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException, StoreException {
    Path parent = Path.of(args.length > 0 ? args[0] : "target");
    int turns = args.length > 1 ? Integer.parseInt(args[1]) : 2_000;
    long pauseMillis = args.length > 2 ? Long.parseLong(args[2]) : 2;
    Path directory = Files.createTempDirectory(parent, "durable-commit");
    DurableCommitBenchmark benchmark = new DurableCommitBenchmark();
    try {
      benchmark.run(directory, turns, pauseMillis * 1_000_000);
    } finally {
      delete(directory);
    }
    benchmark.print(System.out, turns);
  }

  private void run(Path directory, int turns, long pauseNanos) throws IOException, StoreException {
    ByteBuffer line = ByteBuffer.allocate(256);
    try (SqliteStore store = SqliteStore.open(StoreSettings.in(directory), START);
        FileChannel probe =
            FileChannel.open(
                directory.resolve("probe"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      int warmUp = Math.max(1, turns / 10);
      for (int turn = 0; turn < turns + warmUp; turn++) {
        if (turn == warmUp) {
          force.reset();
          lockout.reset();
          breach.reset();
        }
        LockSupport.parkNanos(pauseNanos);
        long began = System.nanoTime();
        probe.write(line.clear());
        probe.force(false);
        force.recordValue(System.nanoTime() - began);

        Instant at = START.plusSeconds(turn);
        long id = 2L * turn + 1;
        commit(store, lockout, pauseNanos, List.of(new LockoutSaved(lock(id, at))));
        store.commit(List.of(new LockoutEnded(id, at, "benchmark")));
        commit(store, breach, pauseNanos, breachingTrade(id + 1, at));
        store.commit(List.of(new LockoutEnded(id + 1, at, "benchmark")));
        // Beside the path that is measured, as the engine does it.
        store.maintain(at);
      }
    }
  }

  private static void commit(
      SqliteStore store, Histogram histogram, long pauseNanos, List<Change> changes)
      throws StoreException {
    LockSupport.parkNanos(pauseNanos);
    long began = System.nanoTime();
    store.commit(changes);
    histogram.recordValue(System.nanoTime() - began);
  }

  private static Lockout lock(long id, Instant at) {
    return new Lockout(
        id,
        ACCOUNT,
        RULE,
        Optional.empty(),
        LockoutType.HARD,
        "Daily loss limit exceeded: $-170.50 (limit: $-5.00)",
        at,
        Optional.of(at.plusSeconds(16_720)),
        Baseline.ZERO,
        LocalDate.parse("2025-10-31"));
  }

  private static List<Change> breachingTrade(long id, Instant at) {
    Trade trade =
        new Trade(
            8_600_000 + id,
            ACCOUNT,
            new ContractId("CON.F.US.MNQ.Z25"),
            OrderSide.SELL,
            2,
            Price.of("20862.5"),
            Optional.of(Money.of("-170.50")),
            Money.of("0.74"),
            14_328_000 + id,
            at,
            false);
    String json =
        "{\"t\":\"2025-10-31T17:21:19.150Z\",\"account\":13298777,\"decision\":\"violation\","
            + "\"ruleId\":\"RULE-003\",\"rule\":\"daily_realized_loss\",\"reason\":\"Daily loss"
            + " limit exceeded: $-170.50 (limit: $-5.00)\",\"tradingDay\":\"2025-10-31\"}";
    return List.of(
        new TradeSaved(trade),
        new DailyPnlSaved(
            ACCOUNT,
            "17:00 America/Chicago",
            LocalDate.parse("2025-10-31"),
            Money.of("-170.50"),
            Money.of("2.22"),
            id),
        new LockoutSaved(lock(id, at)),
        new LogAppended(at, ACCOUNT, Optional.of(RULE), "violation", "VIOLATION", json),
        new LogAppended(at, ACCOUNT, Optional.of(RULE), "lockout_set", "locked", json));
  }

  private void print(PrintStream out, int turns) {
    out.printf("%d turns, milliseconds%n", turns);
    out.printf("%-34s %8s %8s %8s %8s%n", "", "median", "p90", "p99", "max");
    row(out, "append + fdatasync", force);
    row(out, "commit of a lockout", lockout);
    row(out, "commit of a breaching trade", breach);
    out.printf(
        "lockout over fdatasync: median %+.3f ms; p99 %.2f times%n",
        millis(lockout, 50) - millis(force, 50), millis(lockout, 99) / millis(force, 99));
  }

  private static void row(PrintStream out, String name, Histogram histogram) {
    out.printf(
        "%-34s %8.3f %8.3f %8.3f %8.3f%n",
        name,
        millis(histogram, 50),
        millis(histogram, 90),
        millis(histogram, 99),
        millis(histogram, 100));
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e6;
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
