package dev.riskmanager.chaos;

import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.GatewayState;
import dev.riskmanager.wire.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the engine and the venue were both up and nothing stood between them, as far as this program
 * made it so or has seen it. Thread-safe. All times are of this machine's true clock.
 */
final class Timeline {
  private static final Duration LONGEST_GAP = Duration.ofMillis(1500);

  /**
   * What the engine said; null when it did not answer.
   *
   * @param run counts the engine's processes
   */
  record Sample(Instant asked, Instant answered, int run, @Nullable StatusView status) {
    boolean isProtecting() {
      return status != null
          && (status.engine().state() == EngineState.PROTECTING
              || status.engine().state() == EngineState.DEGRADED);
    }

    boolean isHealthy() {
      return isProtecting() && status != null && status.gateway().state() == GatewayState.CONNECTED;
    }
  }

  /** A fault, from its beginning until its consequences must be over. */
  record Window(String what, Instant from, Instant to) {}

  private final List<Sample> samples = new ArrayList<>();
  private final List<Window> windows = new ArrayList<>();

  synchronized void add(Sample sample) {
    samples.add(sample);
  }

  synchronized void add(Window window) {
    windows.add(window);
  }

  synchronized List<Sample> samples() {
    return List.copyOf(samples);
  }

  synchronized List<Window> windows() {
    return List.copyOf(windows);
  }

  /** The longest time within these moments in which nothing was in the way. */
  Duration clear(Instant from, Instant to) {
    List<Sample> seen = samples();
    Duration longest = Duration.ZERO;
    Instant since = null;
    for (int i = 1; i < seen.size(); i++) {
      Sample before = seen.get(i - 1);
      Sample now = seen.get(i);
      boolean good =
          before.isHealthy()
              && now.isHealthy()
              && before.run() == now.run()
              && Duration.between(before.answered(), now.answered()).compareTo(LONGEST_GAP) < 0;
      if (!good) {
        since = null;
        continue;
      }
      since = since == null ? before.answered() : since;
      longest = longer(longest, withoutWindows(later(since, from), earlier(now.asked(), to)));
    }
    return longest;
  }

  private Duration withoutWindows(Instant from, Instant to) {
    List<Window> in =
        windows().stream()
            .filter(w -> w.to().isAfter(from) && w.from().isBefore(to))
            .sorted(Comparator.comparing(Window::from))
            .toList();
    Duration longest = Duration.ZERO;
    Instant free = from;
    for (Window window : in) {
      longest = longer(longest, Duration.between(free, window.from()));
      free = later(free, window.to());
    }
    return longer(longest, Duration.between(free, to));
  }

  private static Duration longer(Duration a, Duration b) {
    return b.compareTo(a) > 0 ? b : a;
  }

  static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
