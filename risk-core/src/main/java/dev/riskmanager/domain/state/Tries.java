package dev.riskmanager.domain.state;

import dev.riskmanager.domain.persistent.LongMap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What was tried in a contract in one direction while it was locked.
 *
 * @param met orders that were met, the newest ids
 * @param open orders of which no position that was undone has shown a fill yet: those that were
 *     cancelled and may fill all the same, and those of which a fill was told
 * @param unnamed how many positions were undone that no order known explains: their orders come to
 *     light later, or never
 * @param unnamedAt when the last of those was undone, in {@link Nanos}
 */
public record Tries(LongMap<Boolean> met, LongMap<Open> open, long unnamed, long unnamedAt) {
  static final Tries NONE = new Tries(LongMap.empty(), LongMap.empty(), 0, 0);

  /** An order is met within seconds or never; what is older is forgotten. */
  private static final int KEPT = 50;

  /** By how much the venue's clock and ours may differ. */
  private static final Duration SKEW = Duration.ofMillis(250);

  /**
   * An order that may explain the next position.
   *
   * @param placed in {@link Nanos}
   * @param told whether a fill of it was told
   */
  public record Open(long placed, boolean told) {}

  boolean isNone() {
    return equals(NONE);
  }

  boolean hasMet(long order) {
    return met.containsKey(order);
  }

  boolean hasUnnamed() {
    return unnamed > 0;
  }

  /** Whether something of that time may be behind a position that no order explained. */
  boolean explains(Instant time) {
    return unnamed > 0 && !time.isAfter(Nanos.toInstant(unnamedAt).plus(SKEW));
  }

  Tries withMet(long order) {
    return new Tries(newest(met.with(order, true)), open, unnamed, unnamedAt);
  }

  /** The order behind a position that was undone has come to light. */
  Tries named(long order) {
    Tries with = withMet(order);
    return new Tries(with.met, open, unnamed - 1, unnamedAt);
  }

  /** A position may come of an order that was cancelled. */
  Tries expecting(long order, Instant placed) {
    return withOpen(newest(open.with(order, new Open(Nanos.of(placed), false))));
  }

  /** A fill was told that no position event has shown. */
  Tries told(long order, Instant placed) {
    Open known = open.find(order);
    long since = Nanos.of(placed);
    long first = known == null ? since : Math.min(known.placed(), since);
    return withOpen(newest(open.with(order, new Open(first, true))));
  }

  /** When those were placed that were told, and are met for the first time. */
  List<Instant> newlyTold() {
    List<Instant> placed = new ArrayList<>();
    for (LongMap.Entry<Open> entry : open) {
      if (entry.value().told() && !hasMet(entry.key())) {
        placed.add(Nanos.toInstant(entry.value().placed()));
      }
    }
    return List.copyOf(placed);
  }

  /** Whether an order is known that explains a position. */
  boolean isExplained() {
    return !open.isEmpty();
  }

  /**
   * A position was undone that shows all that was told, or else one of those that were cancelled.
   */
  Tries shown() {
    LongMap<Boolean> nowMet = met;
    LongMap<Open> rest = open;
    long last = 0;
    for (LongMap.Entry<Open> entry : open) {
      if (entry.value().told()) {
        nowMet = nowMet.with(entry.key(), true);
        rest = rest.without(entry.key());
      } else {
        last = entry.key();
      }
    }
    rest = nowMet == met && rest == open ? rest.without(last) : rest;
    return new Tries(newest(nowMet), rest, unnamed, unnamedAt);
  }

  Tries withUnnamed(Instant at) {
    return new Tries(met, open, unnamed + 1, Nanos.of(at));
  }

  /** Nothing is left that could be undone: what was told makes no other position. */
  Tries settled() {
    LongMap<Open> rest = open;
    for (LongMap.Entry<Open> entry : open) {
      rest = entry.value().told() ? rest.without(entry.key()) : rest;
    }
    return rest == open ? this : withOpen(rest);
  }

  Tries withoutExpected(long order) {
    Open known = open.find(order);
    return known == null || known.told() ? this : withOpen(open.without(order));
  }

  private Tries withOpen(LongMap<Open> orders) {
    return new Tries(met, orders, unnamed, unnamedAt);
  }

  private static <V> LongMap<V> newest(LongMap<V> orders) {
    LongMap<V> kept = orders;
    while (kept.size() > KEPT) {
      kept = kept.without(kept.iterator().next().key());
    }
    return kept;
  }

  /** A text that {@link #parse} reads back. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (LongMap.Entry<Boolean> entry : met) {
      text.append("met ").append(entry.key()).append(';');
    }
    for (LongMap.Entry<Open> entry : open) {
      text.append(entry.value().told() ? "told " : "cancelled ")
          .append(entry.key())
          .append(' ')
          .append(entry.value().placed())
          .append(';');
    }
    if (unnamed > 0 || unnamedAt != 0) {
      text.append("unnamed ").append(unnamed).append(' ').append(unnamedAt).append(';');
    }
    return text.toString();
  }

  /**
   * What a {@link #text} says.
   *
   * @throws IllegalArgumentException when it is not one
   */
  static Tries parse(String text) {
    Tries tries = NONE;
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf(';', from);
      if (end < 0) {
        throw new IllegalArgumentException("not what was tried: " + text);
      }
      tries = tries.parsed(text.substring(from, end).split(" ", -1));
      from = end + 1;
    }
    return tries;
  }

  private Tries parsed(String[] words) {
    String what = words[0] + "/" + words.length;
    return switch (what) {
      case "met/2" -> withMet(Long.parseLong(words[1]));
      case "told/3", "cancelled/3" ->
          withOpen(
              open.with(
                  Long.parseLong(words[1]),
                  new Open(Long.parseLong(words[2]), words[0].equals("told"))));
      case "unnamed/3" -> new Tries(met, open, Long.parseLong(words[1]), Long.parseLong(words[2]));
      default -> throw new IllegalArgumentException("not what was tried: " + words[0]);
    };
  }
}
