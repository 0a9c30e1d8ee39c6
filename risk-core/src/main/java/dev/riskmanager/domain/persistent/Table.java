package dev.riskmanager.domain.persistent;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A small immutable map, iterated by ascending key: two arrays, searched by halving, copied on
 * change. For what an account has a handful of: positions, timers, lockouts.
 *
 * @param <K> ordered by its own nature
 * @param <V> never null
 */
public final class Table<K extends Comparable<? super K>, V> implements Iterable<V> {
  private static final Table<?, ?> EMPTY = new Table<String, Object>(new Object[0], new Object[0]);

  private final Object[] keys;
  private final Object[] values;

  private Table(Object[] keys, Object[] values) {
    this.keys = keys;
    this.values = values;
  }

  @SuppressWarnings("unchecked")
  public static <K extends Comparable<? super K>, V> Table<K, V> empty() {
    return (Table<K, V>) EMPTY;
  }

  public int size() {
    return keys.length;
  }

  public boolean isEmpty() {
    return keys.length == 0;
  }

  public boolean containsKey(K key) {
    return indexOf(key) >= 0;
  }

  public Optional<V> get(K key) {
    int index = indexOf(key);
    return index < 0 ? Optional.empty() : Optional.of(valueAt(index));
  }

  /** The value of a key, or null. */
  public @Nullable V find(K key) {
    int index = indexOf(key);
    return index < 0 ? null : valueAt(index);
  }

  public V getOrDefault(K key, V fallback) {
    int index = indexOf(key);
    return index < 0 ? fallback : valueAt(index);
  }

  @SuppressWarnings("unchecked")
  public K keyAt(int index) {
    return (K) keys[index];
  }

  @SuppressWarnings("unchecked")
  public V valueAt(int index) {
    return (V) values[index];
  }

  /** The keys from that one on, in order; it need not be among them. */
  @SuppressWarnings("unchecked")
  public List<K> keysFrom(K first) {
    int index = indexOf(first);
    List<Object> all = Collections.unmodifiableList(Arrays.asList(keys));
    return (List<K>) (List<?>) all.subList(index < 0 ? -index - 1 : index, keys.length);
  }

  public Table<K, V> with(K key, V value) {
    Objects.requireNonNull(value);
    int index = indexOf(key);
    if (index >= 0) {
      if (values[index] == value) {
        return this;
      }
      Object[] changed = values.clone();
      changed[index] = value;
      return new Table<>(keys, changed);
    }
    int at = -index - 1;
    return new Table<>(inserted(keys, at, key), inserted(values, at, value));
  }

  public Table<K, V> without(K key) {
    int index = indexOf(key);
    if (index < 0) {
      return this;
    }
    return keys.length == 1 ? empty() : new Table<>(removed(keys, index), removed(values, index));
  }

  /** The entries whose value passes. */
  public Table<K, V> where(Predicate<? super V> keep) {
    Table<K, V> result = this;
    for (int i = keys.length - 1; i >= 0; i--) {
      if (!keep.test(valueAt(i))) {
        result = result.without(keyAt(i));
      }
    }
    return result;
  }

  /** The values in the order of their keys. */
  @SuppressWarnings("unchecked")
  public List<V> values() {
    return (List<V>) List.of(values);
  }

  @Override
  public Iterator<V> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < values.length;
      }

      @Override
      public V next() {
        if (next >= values.length) {
          throw new java.util.NoSuchElementException();
        }
        return valueAt(next++);
      }
    };
  }

  /** How many keys come before {@code key}: the place of the first that does not. */
  public int countBelow(K key) {
    int index = indexOf(key);
    return index < 0 ? -index - 1 : index;
  }

  private int indexOf(K key) {
    int low = 0;
    int high = keys.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      K other = keyAt(middle);
      int order = other == key ? 0 : other.compareTo(key);
      if (order < 0) {
        low = middle + 1;
      } else if (order > 0) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return -low - 1;
  }

  private static Object[] inserted(Object[] array, int at, Object value) {
    Object[] result = new Object[array.length + 1];
    System.arraycopy(array, 0, result, 0, at);
    result[at] = value;
    System.arraycopy(array, at, result, at + 1, array.length - at);
    return result;
  }

  private static Object[] removed(Object[] array, int at) {
    Object[] result = new Object[array.length - 1];
    System.arraycopy(array, 0, result, 0, at);
    System.arraycopy(array, at + 1, result, at, array.length - at - 1);
    return result;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Table<?, ?> table
        && Arrays.equals(keys, table.keys)
        && Arrays.equals(values, table.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(keys) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < keys.length; i++) {
      text.append(i == 0 ? "" : ", ").append(keys[i]).append('=').append(values[i]);
    }
    return text.append('}').toString();
  }
}
