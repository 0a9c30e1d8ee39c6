package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.calendar.Session;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session that remembers the last stretch of time it was asked about: whether it is open is asked
 * at each event, and changes twice a day. What it remembers follows from the session alone, so two
 * clocks of one session are the same.
 */
final class SessionClock {
  private final Session session;
  private @Nullable Stretch last;

  SessionClock(Session session) {
    this.session = session;
  }

  /**
   * A stretch of time inside or outside.
   *
   * @param from its first instant
   * @param to the first instant after it
   */
  record Stretch(boolean open, Instant from, Instant to) {}

  Session session() {
    return session;
  }

  /** The stretch that {@code t} belongs to. */
  Stretch at(Instant t) {
    Stretch known = last;
    if (known != null && !t.isBefore(known.from()) && t.isBefore(known.to())) {
      return known;
    }
    Optional<Session.Span> span = session.spanAt(t);
    Stretch found =
        span.isPresent()
            ? new Stretch(true, span.get().start(), span.get().end())
            : new Stretch(false, session.previousEnd(t), session.nextStart(t));
    last = found;
    return found;
  }

  /** The next start after {@code t}. */
  Instant nextStart(Instant t) {
    Stretch now = at(t);
    return now.open() ? session.nextStart(t) : now.to();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SessionClock clock && session.equals(clock.session);
  }

  @Override
  public int hashCode() {
    return session.hashCode();
  }

  @Override
  public String toString() {
    return session.toString();
  }
}
