package dev.riskmanager.domain.persistent;

import org.jspecify.annotations.Nullable;

/**
 * An immutable map that is only asked, never iterated: so it may order its keys by their hash. It
 * finds a key of text with one comparison, where {@link Table} needs one for each halving.
 *
 * @param <K> with an order of its own, for those that have one hash
 * @param <V> never null
 */
public final class Hashed<K extends Comparable<? super K>, V> {
  private static final Hashed<?, ?> EMPTY = new Hashed<String, Object>(LongMap.empty());

  private final LongMap<Slot<K, V>> slots;

  private Hashed(LongMap<Slot<K, V>> slots) {
    this.slots = slots;
  }

  /** The entries of one hash, by ascending key. */
  private record Slot<K extends Comparable<? super K>, V>(
      K key, V value, @Nullable Slot<K, V> rest) {

    static <K extends Comparable<? super K>, V> Slot<K, V> with(
        @Nullable Slot<K, V> slot, K key, V value) {
      int order = slot == null ? -1 : key.compareTo(slot.key);
      if (slot == null || order < 0) {
        return new Slot<>(key, value, slot);
      }
      return order == 0
          ? new Slot<>(key, value, slot.rest)
          : new Slot<>(slot.key, slot.value, with(slot.rest, key, value));
    }
  }

  @SuppressWarnings("unchecked")
  public static <K extends Comparable<? super K>, V> Hashed<K, V> empty() {
    return (Hashed<K, V>) EMPTY;
  }

  /** The value of a key, or null. */
  public @Nullable V find(K key) {
    Slot<K, V> slot = slots.find(key.hashCode());
    while (slot != null && !slot.key.equals(key)) {
      slot = slot.rest;
    }
    return slot == null ? null : slot.value;
  }

  public Hashed<K, V> with(K key, V value) {
    long hash = key.hashCode();
    return new Hashed<>(slots.with(hash, Slot.with(slots.find(hash), key, value)));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Hashed<?, ?> map && slots.equals(map.slots);
  }

  @Override
  public int hashCode() {
    return slots.hashCode();
  }

  @Override
  public String toString() {
    return slots.toString();
  }
}
