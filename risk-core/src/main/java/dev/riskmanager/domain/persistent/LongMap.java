package dev.riskmanager.domain.persistent;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from a long to a value, iterated by ascending unsigned key. A changed copy
 * shares all but the path to the change: O(log n) time and space, whatever the size.
 *
 * <p>Big-endian Patricia tree after C. Okasaki and A. Gill, "Fast Mergeable Integer Maps" (1998).
 * Each node also knows how many entries it holds and the smallest {@link Measured} value among
 * them, so that "how many up to here" and "which one is due first" are answered without a walk.
 *
 * @param <V> never null
 */
public final class LongMap<V> implements Iterable<LongMap.Entry<V>> {
  private static final LongMap<?> EMPTY = new LongMap<>(null);

  private final @Nullable Node<V> root;

  private LongMap(@Nullable Node<V> root) {
    this.root = root;
  }

  /** A value that offers a number to find the smallest by, e.g. its next deadline. */
  public interface Measured {
    /** {@link Long#MAX_VALUE} when it has none. */
    long measure();
  }

  /** An entry. */
  public sealed interface Entry<V> permits Leaf {
    long key();

    V value();
  }

  private sealed interface Node<V> permits Leaf, Branch {
    int size();

    long smallest();
  }

  private record Leaf<V>(long key, V value) implements Node<V>, Entry<V> {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public long smallest() {
      return value instanceof Measured measured ? measured.measure() : Long.MAX_VALUE;
    }
  }

  /**
   * Keys below share the bits above {@code bit}; those left have it clear, those right have it set.
   */
  private record Branch<V>(
      long prefix, long bit, Node<V> left, Node<V> right, int size, long smallest)
      implements Node<V> {
    static <V> Branch<V> of(long prefix, long bit, Node<V> left, Node<V> right) {
      return new Branch<>(
          prefix,
          bit,
          left,
          right,
          left.size() + right.size(),
          Math.min(left.smallest(), right.smallest()));
    }

    boolean covers(long key) {
      return maskAbove(key, bit) == prefix;
    }
  }

  @SuppressWarnings("unchecked")
  public static <V> LongMap<V> empty() {
    return (LongMap<V>) EMPTY;
  }

  public int size() {
    return root == null ? 0 : root.size();
  }

  public boolean isEmpty() {
    return root == null;
  }

  public Optional<V> get(long key) {
    return Optional.ofNullable(find(key));
  }

  public V getOrDefault(long key, V fallback) {
    V found = find(key);
    return found == null ? fallback : found;
  }

  public boolean containsKey(long key) {
    return find(key) != null;
  }

  /** The value of a key, or null. */
  public @Nullable V find(long key) {
    Node<V> node = root;
    while (node instanceof Branch<V> branch) {
      if (!branch.covers(key)) {
        return null;
      }
      node = (key & branch.bit()) == 0 ? branch.left() : branch.right();
    }
    return node instanceof Leaf<V> leaf && leaf.key() == key ? leaf.value() : null;
  }

  public LongMap<V> with(long key, V value) {
    Leaf<V> leaf = new Leaf<>(key, Objects.requireNonNull(value));
    return new LongMap<>(root == null ? leaf : insert(root, leaf));
  }

  public LongMap<V> without(long key) {
    if (root == null || !containsKey(key)) {
      return this;
    }
    Node<V> rest = remove(root, key);
    return rest == null ? empty() : new LongMap<>(rest);
  }

  /**
   * The entry with the smallest measure, the lowest key among equals; empty when none is measured.
   */
  public Optional<V> withSmallestMeasure() {
    Node<V> node = root;
    if (node == null || node.smallest() == Long.MAX_VALUE) {
      return Optional.empty();
    }
    while (node instanceof Branch<V> branch) {
      node = branch.left().smallest() == branch.smallest() ? branch.left() : branch.right();
    }
    return Optional.of(((Leaf<V>) node).value());
  }

  /** How many keys are below {@code key} (unsigned). */
  public int countBelow(long key) {
    int count = 0;
    Node<V> node = root;
    while (node instanceof Branch<V> branch) {
      if (!branch.covers(key)) {
        return count + (Long.compareUnsigned(branch.prefix(), key) < 0 ? branch.size() : 0);
      }
      if ((key & branch.bit()) == 0) {
        node = branch.left();
      } else {
        count += branch.left().size();
        node = branch.right();
      }
    }
    return node instanceof Leaf<V> leaf && Long.compareUnsigned(leaf.key(), key) < 0
        ? count + 1
        : count;
  }

  /** This map without the keys below {@code key} (unsigned). */
  public LongMap<V> from(long key) {
    Node<V> rest = root == null ? null : dropBelow(root, key);
    return rest == root ? this : rest == null ? empty() : new LongMap<>(rest);
  }

  @Override
  public Iterator<Entry<V>> iterator() {
    return new Walk<>(root);
  }

  /** What is still to be visited: the next node, and a chain of those to the right of the way. */
  private static final class Walk<V> implements Iterator<Entry<V>> {
    private @Nullable Node<V> next;
    private @Nullable Later<V> later;

    private record Later<V>(Node<V> node, @Nullable Later<V> rest) {}

    Walk(@Nullable Node<V> root) {
      next = root;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Entry<V> next() {
      Node<V> node = next;
      if (node == null) {
        throw new NoSuchElementException();
      }
      while (node instanceof Branch<V> branch) {
        later = new Later<>(branch.right(), later);
        node = branch.left();
      }
      Later<V> then = later;
      next = then == null ? null : then.node();
      later = then == null ? null : then.rest();
      return (Leaf<V>) node;
    }
  }

  private static <V> Node<V> insert(Node<V> node, Leaf<V> leaf) {
    return switch (node) {
      case Leaf<V> other ->
          other.key() == leaf.key() ? leaf : join(other.key(), other, leaf.key(), leaf);
      case Branch<V> branch -> {
        if (!branch.covers(leaf.key())) {
          yield join(branch.prefix(), branch, leaf.key(), leaf);
        }
        yield (leaf.key() & branch.bit()) == 0
            ? Branch.of(branch.prefix(), branch.bit(), insert(branch.left(), leaf), branch.right())
            : Branch.of(branch.prefix(), branch.bit(), branch.left(), insert(branch.right(), leaf));
      }
    };
  }

  private static <V> @Nullable Node<V> remove(Node<V> node, long key) {
    return switch (node) {
      case Leaf<V> leaf -> leaf.key() == key ? null : leaf;
      case Branch<V> branch -> {
        boolean toLeft = (key & branch.bit()) == 0;
        Node<V> rest = remove(toLeft ? branch.left() : branch.right(), key);
        yield rebuilt(branch, toLeft ? rest : branch.left(), toLeft ? branch.right() : rest);
      }
    };
  }

  private static <V> @Nullable Node<V> dropBelow(Node<V> node, long key) {
    return switch (node) {
      case Leaf<V> leaf -> Long.compareUnsigned(leaf.key(), key) < 0 ? null : leaf;
      case Branch<V> branch -> {
        if (!branch.covers(key)) {
          yield Long.compareUnsigned(branch.prefix(), key) < 0 ? null : branch;
        }
        yield (key & branch.bit()) == 0
            ? rebuilt(branch, dropBelow(branch.left(), key), branch.right())
            : dropBelow(branch.right(), key);
      }
    };
  }

  private static <V> @Nullable Node<V> rebuilt(
      Branch<V> branch, @Nullable Node<V> left, @Nullable Node<V> right) {
    if (left == null) {
      return right;
    }
    if (right == null) {
      return left;
    }
    return left == branch.left() && right == branch.right()
        ? branch
        : Branch.of(branch.prefix(), branch.bit(), left, right);
  }

  private static <V> Node<V> join(long keyA, Node<V> a, long keyB, Node<V> b) {
    long bit = Long.highestOneBit(keyA ^ keyB);
    long prefix = maskAbove(keyA, bit);
    return (keyA & bit) == 0 ? Branch.of(prefix, bit, a, b) : Branch.of(prefix, bit, b, a);
  }

  /** The bits of {@code key} above {@code bit}. */
  private static long maskAbove(long key, long bit) {
    return key & -(bit << 1);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof LongMap<?> map) || map.size() != size()) {
      return false;
    }
    Iterator<Entry<V>> mine = iterator();
    for (Entry<?> theirs : map) {
      Entry<V> entry = mine.next();
      if (entry.key() != theirs.key() || !entry.value().equals(theirs.value())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (Entry<V> entry : this) {
      hash = 31 * (31 * hash + Long.hashCode(entry.key())) + entry.value().hashCode();
    }
    return hash;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (Entry<V> entry : this) {
      text.append(text.length() == 1 ? "" : ", ")
          .append(entry.key())
          .append('=')
          .append(entry.value());
    }
    return text.append('}').toString();
  }
}
