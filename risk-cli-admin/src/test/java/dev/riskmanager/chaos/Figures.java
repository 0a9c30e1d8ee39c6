package dev.riskmanager.chaos;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Durations, in a line. */
final class Figures {
  private final Histogram histogram = new Histogram(3);

  void add(long nanos) {
    histogram.recordValue(Math.max(0, nanos));
  }

  String text(String name) {
    return String.format(
        Locale.ROOT,
        "%s: median %.1f s, p99 %.1f s, longest %.1f s",
        name,
        histogram.getValueAtPercentile(50) / 1e9,
        histogram.getValueAtPercentile(99) / 1e9,
        histogram.getMaxValue() / 1e9);
  }
}
