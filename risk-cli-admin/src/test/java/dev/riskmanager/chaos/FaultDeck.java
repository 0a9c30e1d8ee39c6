package dev.riskmanager.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Which fault comes next: each kind once before any comes again. Rounds of consecutive seeds begin
 * at different kinds, so that all of them together meet each kind, however few a round has time
 * for.
 */
final class FaultDeck {
  /** A round has at least so many, which is what it has time for on a busy machine. */
  private static final int LEAST = 5;

  private final List<FaultKind> kinds;
  private final Random random;
  private final List<FaultKind> left = new ArrayList<>();

  /**
   * Shuffles.
   *
   * @param first how many come before the others, chosen by the seed
   */
  FaultDeck(long seed, int first, boolean withClock) {
    this.kinds = kinds(withClock);
    this.random = new Random(seed);
    List<FaultKind> begin = new ArrayList<>();
    for (int i = 0; i < Math.min(first, kinds.size()); i++) {
      begin.add(kinds.get(Math.floorMod(seed * LEAST + i, kinds.size())));
    }
    Collections.shuffle(begin, random);
    left.addAll(kinds);
    left.removeAll(begin);
    Collections.shuffle(left, random);
    left.addAll(begin);
  }

  private static List<FaultKind> kinds(boolean withClock) {
    List<FaultKind> all =
        new ArrayList<>(
            Stream.of(FaultKind.values()).filter(k -> withClock || !k.isOfTheClock()).toList());
    // The same for all seeds, but not all of one sort beside each other.
    Collections.shuffle(all, new Random(1));
    return List.copyOf(all);
  }

  /**
   * How many faults each of several rounds with consecutive seeds must have for all kinds to come.
   */
  static int least(long rounds, boolean withClock) {
    long others = Math.min(rounds - 1, FaultKind.values().length);
    return (int) Math.max(LEAST, kinds(withClock).size() - LEAST * others);
  }

  FaultKind next() {
    if (left.isEmpty()) {
      left.addAll(kinds);
      Collections.shuffle(left, random);
    }
    return left.removeLast();
  }
}
