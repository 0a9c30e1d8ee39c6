package dev.riskmanager.daemon.simulation;

import dev.riskmanager.daemon.port.VenueReply;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * The venue's limit of requests: so many in any minute, whichever process of the engine makes them,
 * and HTTP 429 for all others. What is refused does not count.
 */
final class RequestRate {
  private static final long WINDOW = 60_000_000_000L;

  private final int most;
  private final LongSupplier nanos;
  private final Deque<Long> taken = new ArrayDeque<>();
  int refused;

  /**
   * @param most in a minute; 0 for any number
   */
  RequestRate(int most, LongSupplier nanos) {
    this.most = most;
    this.nanos = nanos;
  }

  /** Whether the venue takes one more. */
  boolean admits() {
    long now = nanos.getAsLong();
    while (!taken.isEmpty() && now - taken.getFirst() >= WINDOW) {
      taken.removeFirst();
    }
    if (most > 0 && taken.size() >= most) {
      refused++;
      return false;
    }
    taken.addLast(now);
    return true;
  }

  /** The venue as those see it who ask it directly. */
  dev.riskmanager.daemon.port.Venue around(SimVenue venue) {
    Class<dev.riskmanager.daemon.port.Venue> port = dev.riskmanager.daemon.port.Venue.class;
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) ->
                admits()
                    ? method.invoke(venue, arguments)
                    : new VenueReply.Throttled<Void>(Duration.ZERO)));
  }
}
