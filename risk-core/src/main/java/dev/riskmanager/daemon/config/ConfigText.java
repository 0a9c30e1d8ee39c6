package dev.riskmanager.daemon.config;

import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.ConfigNode.Entry;
import dev.riskmanager.domain.settings.ConfigNode.Mapping;
import dev.riskmanager.domain.settings.ConfigNode.Scalar;
import dev.riskmanager.domain.settings.ConfigNode.Sequence;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A tree as YAML, for people to read; what is secret is shown by its end only. */
public final class ConfigText {
  /** Keys whose value must not be shown: credentials, and addresses that carry a token. */
  private static final List<String> SECRET =
      List.of(
          "username",
          "api_key",
          "password",
          "token",
          "bot_token",
          "webhook",
          "discord",
          "url",
          "heartbeat_url");

  /** What needs no quotes. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./+-][A-Za-z0-9_./+ -]*");

  private ConfigText() {}

  /** One line: {@code {limit: -500, include_open: false}}. */
  public static String flow(ConfigNode node) {
    return switch (node) {
      case Mapping mapping ->
          mapping.entries().stream()
              .map(entry -> entry.key() + ": " + flow(shown(entry)))
              .collect(Collectors.joining(", ", "{", "}"));
      case Sequence sequence ->
          sequence.items().stream()
              .map(ConfigText::flow)
              .collect(Collectors.joining(", ", "[", "]"));
      case Scalar scalar -> text(scalar);
    };
  }

  /** A section a paragraph, values on one line. */
  public static String block(ConfigNode node) {
    StringBuilder text = new StringBuilder();
    if (node instanceof Mapping mapping) {
      block(mapping, "", text);
    }
    return text.toString();
  }

  /** Each value, on one line, by the path of its key: {@code gateway.api_url}. */
  public static Map<String, String> leaves(ConfigNode node) {
    Map<String, String> found = new TreeMap<>();
    leaves("", node, found);
    return found;
  }

  private static void leaves(String path, ConfigNode node, Map<String, String> found) {
    if (node instanceof Mapping mapping) {
      for (Entry entry : mapping.entries()) {
        String key = path.isEmpty() ? entry.key() : path + "." + entry.key();
        leaves(key, shown(entry), found);
      }
    } else {
      found.put(path, flow(node));
    }
  }

  private static void block(Mapping mapping, String indent, StringBuilder text) {
    for (Entry entry : mapping.entries()) {
      ConfigNode value = shown(entry);
      text.append(indent).append(entry.key()).append(':');
      boolean section = value instanceof Mapping inner && !inner.entries().isEmpty();
      if (section && indent.isEmpty()) {
        text.append('\n');
        block((Mapping) value, "  ", text);
      } else {
        text.append(' ').append(flow(value)).append('\n');
      }
    }
  }

  /** A secret stays what it was written as when it comes from the environment. */
  private static ConfigNode shown(Entry entry) {
    return entry.value() instanceof Scalar scalar
            && SECRET.contains(entry.key())
            && !scalar.text().startsWith("${")
        ? new Scalar(scalar.place(), new Secret(scalar.text()).toString(), true)
        : entry.value();
  }

  private static String text(Scalar scalar) {
    boolean bare = scalar.quoted() ? false : PLAIN.matcher(scalar.text()).matches();
    return bare || scalar.isEmpty() ? scalar.text() : '"' + escaped(scalar.text()) + '"';
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                out.append('\\');
              }
              out.appendCodePoint(c);
            });
    return out.toString();
  }
}
