package dev.riskmanager.bench;

import java.io.PrintStream;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Durations in nanoseconds, printed in milliseconds. */
final class Figures {
  private final Histogram histogram = new Histogram(3);

  void add(long nanos) {
    histogram.recordValue(Math.max(0, nanos));
  }

  double millis(double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e6;
  }

  static void head(PrintStream out) {
    out.printf("%-52s %8s %8s %8s %8s %6s%n", "milliseconds", "min", "median", "p99", "max", "n");
  }

  void print(PrintStream out, String name) {
    out.printf(
        "%-52s %8.2f %8.2f %8.2f %8.2f %6d%n",
        name, millis(0), millis(50), millis(99), millis(100), histogram.getTotalCount());
  }

  /** The head above {@link #quantiles}. */
  static void quantilesHead(PrintStream out) {
    out.printf("%-44s %7s %7s %7s %7s %6s%n", "milliseconds", "p50", "p90", "p99", "max", "n");
  }

  /** The line of {@link #print} with other percentiles. */
  void quantiles(PrintStream out, String name) {
    out.printf(
        Locale.ROOT,
        "%-44s %7.2f %7.2f %7.2f %7.2f %6d%n",
        name,
        millis(50),
        millis(90),
        millis(99),
        millis(100),
        histogram.getTotalCount());
  }
}
