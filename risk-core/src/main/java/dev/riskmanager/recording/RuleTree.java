package dev.riskmanager.recording;

import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.payload.WireJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A rule file as JSON and back: what {@code ConfigChanged} carries, and what the hash of the
 * effective configuration is taken of. Pure.
 */
public final class RuleTree {
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,17})(\\.\\d{1,18})?");

  private RuleTree() {}

  /** The tree as JSON: sections and lists as they are, values as numbers, flags or texts. */
  public static JsonNode json(ConfigNode node) {
    return switch (node) {
      case ConfigNode.Mapping mapping -> {
        ObjectNode object = WireJson.mapper().createObjectNode();
        mapping.entries().forEach(entry -> object.set(entry.key(), json(entry.value())));
        yield object;
      }
      case ConfigNode.Sequence sequence -> {
        ArrayNode array = WireJson.mapper().createArrayNode();
        sequence.items().forEach(item -> array.add(json(item)));
        yield array;
      }
      case ConfigNode.Scalar scalar -> scalar(scalar);
    };
  }

  private static JsonNode scalar(ConfigNode.Scalar scalar) {
    var nodes = WireJson.mapper().getNodeFactory();
    if (scalar.quoted()) {
      return nodes.stringNode(scalar.text());
    }
    if (scalar.isEmpty()) {
      return nodes.nullNode();
    }
    return switch (scalar.text()) {
      case "true" -> nodes.booleanNode(true);
      case "false" -> nodes.booleanNode(false);
      default ->
          NUMBER.matcher(scalar.text()).matches()
              ? WireJson.read(scalar.text())
              : nodes.stringNode(scalar.text());
    };
  }

  /**
   * The tree of a JSON value.
   *
   * @param place where it stood, for messages
   */
  public static ConfigNode tree(JsonNode json, ConfigNode.Place place) {
    if (json.isObject()) {
      List<ConfigNode.Entry> entries = new ArrayList<>();
      json.properties()
          .forEach(
              member ->
                  entries.add(
                      new ConfigNode.Entry(
                          place, member.getKey(), tree(member.getValue(), place))));
      return new ConfigNode.Mapping(place, List.copyOf(entries));
    }
    if (json.isArray()) {
      List<ConfigNode> items = new ArrayList<>();
      json.values().forEach(item -> items.add(tree(item, place)));
      return new ConfigNode.Sequence(place, List.copyOf(items));
    }
    return json.isNull()
        ? new ConfigNode.Scalar(place, "", false)
        : new ConfigNode.Scalar(place, json.asString(), json.isString());
  }

  /** Tells two rule sets apart: {@code sha256:…} of the JSON. */
  public static String hash(JsonNode rules) {
    try {
      byte[] text = WireJson.mapper().writeValueAsBytes(rules);
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
