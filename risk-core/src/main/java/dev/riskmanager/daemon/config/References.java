package dev.riskmanager.daemon.config;

import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Nearest;
import dev.riskmanager.domain.settings.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces <code>${NAME}</code> in values by the environment's; <code>$${</code> stands for the two
 * characters themselves. Keys are left alone. What messages show of a value stays the reference, so
 * that no secret is printed.
 */
public final class References {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]*)}|\\$\\{");

  private References() {}

  /**
   * The tree with its references replaced; one that cannot be is an error and stays as it is.
   *
   * @param environment names to values, e.g. {@code System.getenv()}
   */
  public static ConfigNode resolve(
      ConfigNode node, Map<String, String> environment, Problems problems) {
    return resolve("", node, environment, problems);
  }

  /** The same for a node below the top, whose problems are called by its path. */
  static ConfigNode resolve(
      String path, ConfigNode node, Map<String, String> environment, Problems problems) {
    return switch (node) {
      case ConfigNode.Scalar scalar -> scalar(path, scalar, environment, problems);
      case ConfigNode.Sequence sequence -> {
        List<ConfigNode> items = new ArrayList<>();
        for (ConfigNode item : sequence.items()) {
          items.add(resolve(path + "[" + items.size() + "]", item, environment, problems));
        }
        yield new ConfigNode.Sequence(sequence.place(), List.copyOf(items));
      }
      case ConfigNode.Mapping mapping -> {
        List<ConfigNode.Entry> entries = new ArrayList<>();
        for (ConfigNode.Entry entry : mapping.entries()) {
          String child = path.isEmpty() ? entry.key() : path + "." + entry.key();
          entries.add(
              new ConfigNode.Entry(
                  entry.place(),
                  entry.key(),
                  resolve(child, entry.value(), environment, problems)));
        }
        yield new ConfigNode.Mapping(mapping.place(), List.copyOf(entries));
      }
    };
  }

  private static ConfigNode scalar(
      String path, ConfigNode.Scalar scalar, Map<String, String> environment, Problems problems) {
    if (!scalar.text().contains("${")) {
      return scalar;
    }
    Matcher matcher = REFERENCE.matcher(scalar.text());
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      String value = name == null ? null : environment.get(name);
      if (matcher.group().equals("$${")) {
        value = "${";
      } else if (name == null) {
        problems.error(
            scalar.place(),
            path,
            "a reference that is not closed; write ${NAME}, or $${ for a text");
      } else if (value == null || value.isEmpty()) {
        problems.error(
            scalar.place(),
            path,
            "the environment variable "
                + name
                + (value == null
                    ? " is not set" + Nearest.hint(name, environment.keySet())
                    : " is empty")
                + "; set it before starting, or write the value here");
      }
      matcher.appendReplacement(
          text, Matcher.quoteReplacement(value == null ? matcher.group() : value));
    }
    matcher.appendTail(text);
    return new ConfigNode.Scalar(scalar.place(), text.toString(), true, scalar.shown());
  }
}
