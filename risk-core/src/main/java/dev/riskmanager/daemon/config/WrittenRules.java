package dev.riskmanager.daemon.config;

import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import java.util.Locale;
import java.util.Optional;

/**
 * Rules as they stand in the files: where each key is, and whether it was written at all.
 *
 * @param problems takes the warnings
 */
record WrittenRules(ConfigNode tree, Problems problems) {
  /** A warning at the place of a key. */
  void warn(String message, String... path) {
    problems.warning(place(path), String.join(".", path), message);
  }

  /** Where a key stands; when it is not written, the nearest section above it. */
  private ConfigNode.Place place(String... path) {
    ConfigNode node = tree;
    for (String key : path) {
      Optional<ConfigNode> child = child(node, key);
      if (child.isEmpty()) {
        return item(node, key).orElse(node.place());
      }
      node = child.get();
    }
    return node.place();
  }

  /** The place of a word of a list. */
  private static Optional<ConfigNode.Place> item(ConfigNode node, String word) {
    return node instanceof ConfigNode.Sequence list
        ? list.items().stream()
            .filter(
                item ->
                    item instanceof ConfigNode.Scalar scalar
                        && scalar.text().strip().equalsIgnoreCase(word))
            .map(ConfigNode::place)
            .findFirst()
        : Optional.empty();
  }

  /** Whether a key was written. */
  boolean has(String section, String key) {
    return child(tree, section).flatMap(node -> child(node, key)).isPresent();
  }

  /** The text of a key, in small letters; empty when it was not written. */
  String text(String... path) {
    Optional<ConfigNode> node = Optional.of(tree);
    for (String key : path) {
      node = node.flatMap(above -> child(above, key));
    }
    return node.orElse(null) instanceof ConfigNode.Scalar scalar
        ? scalar.text().strip().toLowerCase(Locale.ROOT)
        : "";
  }

  private static Optional<ConfigNode> child(ConfigNode node, String key) {
    if (node instanceof ConfigNode.Mapping mapping) {
      for (ConfigNode.Entry entry : mapping.entries()) {
        if (entry.key().equalsIgnoreCase(key)) {
          return Optional.of(entry.value());
        }
      }
    }
    return Optional.empty();
  }
}
