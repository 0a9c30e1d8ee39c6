package dev.riskmanager.bench;

import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.RiskEngine;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * One event through pre-check, state and all thirteen rules, on one core and without I/O: {@code
 * .ci/bench CoreBenchmark [events] [accounts] [heap events]}.
 */
public final class CoreBenchmark {
  private static final Instant START = Instant.parse("2025-10-27T14:00:00Z");
  private static final long MILLI = 1_000_000L;
  private static final int QUOTES = 4;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CoreBenchmark() {}

  public static void main(String[] args) {
    int events = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    int accounts = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
    int heap = args.length > 2 ? Integer.parseInt(args[2]) : 10_000_000;
    PrintStream out = System.out;
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    out.printf(Locale.ROOT, "load %.1f on %d processors%n", load, cores());
    Run warm = new Run(1, QUOTES, 10 * MILLI);
    warm.measured(events);
    warm.measured(events);
    for (int round = 0; round < 3; round++) {
      Run one = new Run(1, QUOTES, 10 * MILLI);
      one.bare(events / 10);
      one.measured(events).print(out, "one account");
      Run many = new Run(accounts, QUOTES, 10 * MILLI);
      many.bare(events / 10);
      many.measured(events).print(out, accounts + " accounts");
    }
    for (int round = 0; round < 3; round++) {
      double one = new Run(1, QUOTES, 10 * MILLI).bare(events);
      double many = new Run(accounts, QUOTES, 10 * MILLI).bare(events);
      out.printf(
          Locale.ROOT,
          "events a second of processor time: %,.0f with one account, %,.0f with %d: ratio %.2f%n",
          one,
          many,
          accounts,
          one / many);
    }
    heap(out, heap);
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** A long life: weeks, with some thousand trades a day. */
  private static void heap(PrintStream out, int events) {
    Run run = new Run(1, 40, 400 * MILLI);
    run.bare(events / 10);
    out.printf(Locale.ROOT, "heap after %,d events: %,d kB%n", events / 10, usedKilobytes());
    run.bare(events / 2 - events / 10);
    out.printf(Locale.ROOT, "heap after %,d events: %,d kB%n", events / 2, usedKilobytes());
    run.bare(events - events / 2);
    out.printf(Locale.ROOT, "heap after %,d events: %,d kB%n", events, usedKilobytes());
    out.printf("virtual time %s to %s, %d decisions%n", START, run.day.now(), run.decisions);
  }

  private static long usedKilobytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1024;
  }

  /** An engine and its day. */
  private static final class Run {
    final BusyDay day;
    final Map<BusyDay.Kind, Histogram> histograms = new EnumMap<>(BusyDay.Kind.class);
    EngineState state;
    long decisions;

    Run(int accounts, int quotes, long stepNanos) {
      day = new BusyDay(accounts, quotes, stepNanos, START);
      state = BusyDay.start(accounts, START);
      take(BusyDay.listed(), START);
      for (int i = 1; i <= accounts; i++) {
        state = RiskEngine.step(state, START, BusyDay.reported(i)).state();
      }
    }

    private void take(RiskEvent event, Instant now) {
      Step step = RiskEngine.step(state, now, event);
      state = step.state();
      decisions += step.decisions().size();
      if (!step.failures().isEmpty()) {
        throw new IllegalStateException("a rule failed: " + step.failures());
      }
    }

    /**
     * Events a second of processor time, without the time it takes to make them. What the machine
     * does besides is left out as far as it does not take caches away.
     */
    double bare(int events) {
      long inside = 0;
      RiskEvent[] batch = new RiskEvent[1000];
      Instant[] times = new Instant[batch.length];
      for (int done = 0; done < events; done += batch.length) {
        for (int i = 0; i < batch.length; i++) {
          batch[i] = day.next();
          times[i] = day.now();
        }
        long begin = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < batch.length; i++) {
          take(batch[i], times[i]);
        }
        inside += THREADS.getCurrentThreadCpuTime() - begin;
      }
      return events * 1e9 / inside;
    }

    Run measured(int events) {
      for (int i = 0; i < events; i++) {
        RiskEvent event = day.next();
        Instant now = day.now();
        long begin = System.nanoTime();
        take(event, now);
        histogram(day.kind()).recordValue(System.nanoTime() - begin);
      }
      return this;
    }

    private Histogram histogram(BusyDay.Kind kind) {
      return histograms.computeIfAbsent(kind, k -> new Histogram(3));
    }

    void print(PrintStream out, String name) {
      out.printf(
          "%-16s %10s %10s %10s %10s %10s  nanoseconds, %d decisions%n",
          name, "median", "p99", "p99.9", "max", "n", decisions);
      histograms.forEach(
          (kind, h) ->
              out.printf(
                  "%-16s %10d %10d %10d %10d %10d%n",
                  kind.name().toLowerCase(Locale.ROOT),
                  h.getValueAtPercentile(50),
                  h.getValueAtPercentile(99),
                  h.getValueAtPercentile(99.9),
                  h.getMaxValue(),
                  h.getTotalCount()));
    }
  }
}
