package dev.riskmanager.domain.settings;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads single values, and says of those that are wrong what was wanted. */
record Wanted(Problems problems) {
  private static final int LONGEST_SHOWN = 60;

  /** As the longer one, with nothing that might have been meant. */
  <T> Optional<T> value(
      ConfigNode node, String at, Function<String, Optional<T>> parser, String allowed) {
    return value(node, at, parser, allowed, List.of());
  }

  <T> Optional<T> value(
      ConfigNode node,
      String at,
      Function<String, Optional<T>> parser,
      String allowed,
      Collection<String> candidates) {
    if (!(node instanceof ConfigNode.Scalar scalar)) {
      problems.error(
          node.place(),
          at,
          "must be "
              + allowed
              + ", not "
              + (node instanceof ConfigNode.Sequence ? "a list" : "a section"));
      return Optional.empty();
    }
    if (scalar.isEmpty()) {
      problems.error(scalar.place(), at, "is empty; it must be " + allowed);
      return Optional.empty();
    }
    Optional<T> value = parser.apply(scalar.text().strip());
    if (value.isEmpty()) {
      problems.error(
          scalar.place(),
          at,
          "must be "
              + allowed
              + ", not \""
              + clip(scalar.shown())
              + "\""
              + Nearest.hint(clip(scalar.shown()), candidates));
    }
    return value;
  }

  static ConfigNode masked(ConfigNode node) {
    return node instanceof ConfigNode.Scalar scalar
        ? new ConfigNode.Scalar(scalar.place(), scalar.text(), scalar.quoted(), "****")
        : node;
  }

  static String clip(String shown) {
    return shown.length() <= LONGEST_SHOWN ? shown : shown.substring(0, LONGEST_SHOWN) + "…";
  }
}
