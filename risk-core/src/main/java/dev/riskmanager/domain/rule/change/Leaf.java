package dev.riskmanager.domain.rule.change;

import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.ConfigNode.Entry;
import dev.riskmanager.domain.settings.ConfigNode.Mapping;
import dev.riskmanager.domain.settings.ConfigNode.Scalar;
import dev.riskmanager.domain.settings.ConfigNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One difference between two trees, at the deepest key that both have.
 *
 * @param path keys from the top; the place in a list is {@code [0]}
 * @param before empty when it was not there
 * @param after empty when it is not there any more
 */
record Leaf(List<String> path, Optional<ConfigNode> before, Optional<ConfigNode> after) {

  /** Every difference, in the order of the old tree, then of the new one. */
  static List<Leaf> between(ConfigNode before, ConfigNode after) {
    List<Leaf> found = new ArrayList<>();
    compare(List.of(), before, after, found);
    return List.copyOf(found);
  }

  private static void compare(
      List<String> path, ConfigNode before, ConfigNode after, List<Leaf> found) {
    if (before instanceof Mapping old && after instanceof Mapping young) {
      for (Entry entry : old.entries()) {
        Optional<ConfigNode> other = get(young, entry.key());
        if (other.isPresent()) {
          compare(child(path, entry.key()), entry.value(), other.get(), found);
        } else {
          found.add(
              new Leaf(child(path, entry.key()), Optional.of(entry.value()), Optional.empty()));
        }
      }
      for (Entry entry : young.entries()) {
        if (get(old, entry.key()).isEmpty()) {
          found.add(
              new Leaf(child(path, entry.key()), Optional.empty(), Optional.of(entry.value())));
        }
      }
    } else if (before instanceof Sequence old
        && after instanceof Sequence young
        && old.items().size() == young.items().size()
        && old.items().stream().allMatch(Mapping.class::isInstance)) {
      for (int i = 0; i < old.items().size(); i++) {
        compare(child(path, "[" + i + "]"), old.items().get(i), young.items().get(i), found);
      }
    } else if (!same(before, after)) {
      found.add(new Leaf(path, Optional.of(before), Optional.of(after)));
    }
  }

  /** Whether two nodes say the same, wherever they stand and in whatever order their keys. */
  static boolean same(ConfigNode one, ConfigNode two) {
    if (one instanceof Scalar a && two instanceof Scalar b) {
      return a.isEmpty() == b.isEmpty() && a.text().strip().equals(b.text().strip());
    }
    if (one instanceof Sequence a && two instanceof Sequence b) {
      boolean same = a.items().size() == b.items().size();
      for (int i = 0; same && i < a.items().size(); i++) {
        same = same(a.items().get(i), b.items().get(i));
      }
      return same;
    }
    if (one instanceof Mapping a && two instanceof Mapping b) {
      return a.entries().size() == b.entries().size()
          && a.entries().stream()
              .allMatch(e -> get(b, e.key()).filter(v -> same(e.value(), v)).isPresent());
    }
    return false;
  }

  /** Whether it lies at or below that key, or is what holds it. */
  boolean concerns(List<String> other) {
    int common = Math.min(path.size(), other.size());
    return path.subList(0, common).equals(other.subList(0, common));
  }

  /** The tree with this difference made. */
  ConfigNode appliedTo(ConfigNode tree) {
    return replaced(tree, path, after);
  }

  /** A list with what the new one has in addition; empty where it is no list or has nothing. */
  Optional<Leaf> grown() {
    if (before.orElse(null) instanceof Sequence old
        && after.orElse(null) instanceof Sequence young) {
      List<ConfigNode> items = new ArrayList<>(old.items());
      for (ConfigNode item : young.items()) {
        if (items.stream().noneMatch(known -> same(known, item))) {
          items.add(item);
        }
      }
      if (items.size() > old.items().size()) {
        return Optional.of(
            new Leaf(path, before, Optional.of(new Sequence(young.place(), List.copyOf(items)))));
      }
    }
    return Optional.empty();
  }

  /** A tree with the value of a top key replaced, or removed. */
  static ConfigNode withSection(ConfigNode tree, String key, Optional<ConfigNode> value) {
    return replaced(tree, List.of(key), value);
  }

  static Optional<ConfigNode> section(ConfigNode tree, String key) {
    return tree instanceof Mapping mapping ? get(mapping, key) : Optional.empty();
  }

  private static ConfigNode replaced(
      ConfigNode node, List<String> path, Optional<ConfigNode> value) {
    String key = path.get(0);
    List<String> rest = path.subList(1, path.size());
    if (node instanceof Sequence sequence) {
      int index = Integer.parseInt(key.substring(1, key.length() - 1));
      List<ConfigNode> items = new ArrayList<>(sequence.items());
      items.set(
          index, rest.isEmpty() ? value.orElseThrow() : replaced(items.get(index), rest, value));
      return new Sequence(sequence.place(), List.copyOf(items));
    }
    Mapping mapping = node instanceof Mapping known ? known : new Mapping(node.place(), List.of());
    List<Entry> entries = new ArrayList<>();
    boolean found = false;
    for (Entry entry : mapping.entries()) {
      if (!entry.key().equals(key)) {
        entries.add(entry);
        continue;
      }
      found = true;
      Optional<ConfigNode> put =
          rest.isEmpty() ? value : Optional.of(replaced(entry.value(), rest, value));
      put.ifPresent(v -> entries.add(new Entry(v.place(), key, v)));
    }
    if (!found && rest.isEmpty()) {
      value.ifPresent(v -> entries.add(new Entry(v.place(), key, v)));
    }
    return new Mapping(mapping.place(), List.copyOf(entries));
  }

  private static Optional<ConfigNode> get(Mapping mapping, String key) {
    for (Entry entry : mapping.entries()) {
      if (entry.key().equals(key)) {
        return Optional.of(entry.value());
      }
    }
    return Optional.empty();
  }

  private static List<String> child(List<String> path, String key) {
    List<String> longer = new ArrayList<>(path);
    longer.add(key);
    return List.copyOf(longer);
  }
}
