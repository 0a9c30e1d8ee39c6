package dev.riskmanager.domain.state;

import dev.riskmanager.domain.persistent.LongMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * When things happened, so that those within a stretch of time are counted without looking at each.
 * Resolution is 100 ns, as fine as the venue's timestamps.
 *
 * @param ids by time, each in a slot of its own: 512 for every 100 ns
 */
public record TimeIndex(LongMap<Long> ids) {
  public static final TimeIndex EMPTY = new TimeIndex(LongMap.empty());

  private static final int SLOT_BITS = 9;
  private static final long TICKS_PER_SECOND = 10_000_000;
  private static final int NANOS_PER_TICK = 100;

  /** The last that has a slot of its own, in the year 2084; slots are unsigned. */
  private static final long LAST_SECOND = 3_600_000_000L;

  TimeIndex with(Instant t, long id) {
    long slot = slot(t);
    while (ids.containsKey(slot)) {
      slot++;
    }
    return new TimeIndex(ids.with(slot, id));
  }

  TimeIndex without(Instant t, long id) {
    long first = slot(t);
    for (int i = 0; i < 1 << SLOT_BITS; i++) {
      long slot = first + i;
      Long found = ids.find(slot);
      if (found != null && found == id) {
        return new TimeIndex(ids.without(slot));
      }
    }
    return this;
  }

  /** How many happened after {@code after}, up to and including {@code upTo}. */
  public long within(Instant after, Instant upTo) {
    return Math.max(0, ids.countBelow(next(upTo)) - ids.countBelow(next(after)));
  }

  /** How many happened from {@code from} up to and including {@code upTo}. */
  public long from(Instant from, Instant upTo) {
    return Math.max(0, ids.countBelow(next(upTo)) - ids.countBelow(slot(from)));
  }

  /** When things happened after {@code after} and before {@code before}, in order. */
  public List<Instant> between(Instant after, Instant before) {
    if (within(after, before) == 0) {
      return List.of();
    }
    List<Instant> times = new ArrayList<>();
    for (LongMap.Entry<Long> entry : ids.from(next(after))) {
      if (entry.key() >= slot(before)) {
        break;
      }
      times.add(time(entry.key()));
    }
    return times;
  }

  /** Without what happened before {@code limit}. */
  TimeIndex since(Instant limit) {
    return new TimeIndex(ids.from(slot(limit)));
  }

  /** The first slot after an instant. */
  private static long next(Instant t) {
    return slot(t) + (1 << SLOT_BITS);
  }

  /** The first slot of an instant; instants outside 1970 to 2084 share the ends. */
  private static long slot(Instant t) {
    long second = Math.max(0, Math.min(LAST_SECOND, t.getEpochSecond()));
    long tick = second * TICKS_PER_SECOND + t.getNano() / NANOS_PER_TICK;
    return tick << SLOT_BITS;
  }

  private static Instant time(long slot) {
    long tick = slot >>> SLOT_BITS;
    return Instant.ofEpochSecond(tick / TICKS_PER_SECOND, tick % TICKS_PER_SECOND * NANOS_PER_TICK);
  }
}
