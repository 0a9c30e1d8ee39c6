package dev.riskmanager.sim.http;

import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.knob.RateLimit;
import dev.riskmanager.sim.knob.RestKnobs;
import dev.riskmanager.sim.knob.RestKnobs.RateWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Counts requests by client and window. Refused requests do not count. Thread-safe. */
final class RateLimiter {
  private final Knobs knobs;
  private final InstantSource clock;
  private final Map<String, Deque<Instant>> taken = new HashMap<>();

  RateLimiter(Knobs knobs, InstantSource clock) {
    this.knobs = knobs;
    this.clock = clock;
  }

  /** Whether one more request is within the limit; counts it if so. */
  synchronized boolean admits(String client, boolean bars) {
    RateLimit limit = knobs.get(RestKnobs.RATE_LIMIT);
    int most = bars ? limit.barRequests() : limit.requests();
    if (most == 0) {
      return true;
    }
    Duration window = Duration.ofSeconds(bars ? limit.barSeconds() : limit.seconds());
    Instant now = clock.instant();
    Deque<Instant> times =
        taken.computeIfAbsent((bars ? "bars " : "") + client, c -> new ArrayDeque<>());
    Instant start = start(now, window);
    while (!times.isEmpty() && !times.getFirst().isAfter(start)) {
      times.removeFirst();
    }
    if (times.size() >= most) {
      return false;
    }
    times.addLast(now);
    return true;
  }

  /** The instant up to which requests no longer count. */
  private Instant start(Instant now, Duration window) {
    if (knobs.get(RestKnobs.RATE_WINDOW) == RateWindow.SLIDING) {
      return now.minus(window);
    }
    long seconds = window.toSeconds();
    return Instant.ofEpochSecond(now.getEpochSecond() / seconds * seconds).minusNanos(1);
  }

  /** Forgets all requests so far. */
  synchronized void reset() {
    taken.clear();
  }
}
