package dev.riskmanager.daemon.config;

import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a YAML text means, without places and style, for comparing two texts: a map, a list, or a
 * scalar.
 */
final class PlainYaml {
  /** A single value; an absent one is an empty text. */
  private record Value(String text) {}

  private static final Value ABSENT = new Value("");

  private PlainYaml() {}

  /** Reads a whole text; throws IllegalArgumentException with the first mistake in it. */
  static Object of(String text) {
    Problems problems = new Problems();
    Optional<ConfigNode> tree = YamlFile.parse("the file", text, problems);
    if (tree.isEmpty()) {
      throw new IllegalArgumentException(problems.errors().getFirst().toString());
    }
    return plain(tree.get());
  }

  /** Reads a value that is to be put behind a key. */
  static Object value(String value) {
    if (value.isBlank() || value.chars().anyMatch(c -> c == '\n' || c == '\r')) {
      throw new IllegalArgumentException("the value must be one line that is not empty");
    }
    Object file = of("v: " + value + "\n");
    Object read = file instanceof Map<?, ?> map && map.size() == 1 ? map.get("v") : null;
    if (read == null || read.equals(ABSENT)) {
      throw new IllegalArgumentException("\"" + value + "\" is not a value");
    }
    return read;
  }

  /** The tree with a value set at a path. */
  static Object with(Object tree, List<String> path, Object value) {
    if (path.isEmpty()) {
      return value;
    }
    String key = path.getFirst();
    List<String> rest = path.subList(1, path.size());
    if (tree instanceof List<?> list) {
      List<Object> items = new ArrayList<>(list);
      int index = index(key, items.size());
      items.set(index, with(items.get(index), rest, value));
      return items;
    }
    Map<Object, Object> entries = new LinkedHashMap<>();
    if (tree instanceof Map<?, ?> map) {
      entries.putAll(map);
    } else if (!tree.equals(ABSENT)) {
      throw new IllegalArgumentException(
          "a value stands where a section is needed for the key " + key);
    }
    entries.put(key, with(entries.getOrDefault(key, ABSENT), rest, value));
    return entries;
  }

  /** The tree without what is at a path. */
  static Object without(Object tree, List<String> path) {
    String key = path.getFirst();
    if (!(tree instanceof Map<?, ?> map) || !map.containsKey(key)) {
      throw new IllegalArgumentException("there is no key " + key);
    }
    Map<Object, Object> entries = new LinkedHashMap<>(map);
    if (path.size() == 1) {
      entries.remove(key);
    } else {
      entries.put(key, without(entries.getOrDefault(key, ABSENT), path.subList(1, path.size())));
    }
    return entries;
  }

  private static int index(String key, int size) {
    try {
      int index = Integer.parseInt(key);
      if (index >= 0 && index < size) {
        return index;
      }
    } catch (NumberFormatException e) {
      // Said below, with what is allowed.
    }
    throw new IllegalArgumentException(
        "\"" + key + "\" is not an item of a list of " + size + ", counted from 0");
  }

  private static Object plain(ConfigNode node) {
    return switch (node) {
      case ConfigNode.Scalar scalar -> scalar.isEmpty() ? ABSENT : new Value(scalar.text());
      case ConfigNode.Sequence sequence -> {
        List<Object> items = new ArrayList<>();
        for (ConfigNode item : sequence.items()) {
          items.add(plain(item));
        }
        yield items;
      }
      case ConfigNode.Mapping mapping -> {
        Map<Object, Object> entries = new LinkedHashMap<>();
        for (ConfigNode.Entry entry : mapping.entries()) {
          if (entries.put(entry.key(), plain(entry.value())) != null) {
            throw new IllegalArgumentException(
                entry.place() + ": the key " + entry.key() + " is there twice; remove one");
          }
        }
        yield entries;
      }
    };
  }
}
