package dev.riskmanager.trader.app;

import dev.riskmanager.wire.JsonText;
import dev.riskmanager.wire.WireJson;
import java.util.OptionalLong;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parts of what the engine answered, with every member the engine put there, known to this version
 * or not.
 */
final class Json {
  /** Numbers stay as exact as they came. */
  private static final ObjectReader EXACT =
      WireJson.mapper().reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private Json() {}

  /** An object with only these members, in the order given; those that are missing stay so. */
  static String members(JsonText json, String... names) {
    return members(tree(json), names).toString();
  }

  /** An object with only these members, in the order given; those that are missing stay so. */
  static ObjectNode members(JsonNode object, String... names) {
    ObjectNode some = WireJson.mapper().createObjectNode();
    for (String name : names) {
      JsonNode member = object.get(name);
      if (member != null) {
        some.set(name, member);
      }
    }
    return some;
  }

  /** The time and, of each account, its number, its name and these members. */
  static String accounts(JsonText json, String... names) {
    JsonNode tree = tree(json);
    String[] all = new String[names.length + 2];
    all[0] = "accountId";
    all[1] = "name";
    System.arraycopy(names, 0, all, 2, names.length);
    ArrayNode accounts = WireJson.mapper().createArrayNode();
    for (JsonNode account : tree.path("accounts")) {
      accounts.add(members(account, all));
    }
    ObjectNode some = members(tree, "asOf");
    some.set("accounts", accounts);
    return some.toString();
  }

  /** The same object, its list holding only what is about one account. */
  static String onlyAccount(JsonText json, String list, OptionalLong account) {
    if (account.isEmpty()) {
      return json.text();
    }
    JsonNode tree = tree(json);
    if (tree instanceof ObjectNode object && object.get(list) instanceof ArrayNode all) {
      ArrayNode some = WireJson.mapper().createArrayNode();
      for (JsonNode entry : all) {
        JsonNode owner = entry.get("accountId");
        // What names no account is about the engine, and so about every account.
        if (owner == null || owner.asLong() == account.getAsLong()) {
          some.add(entry);
        }
      }
      object.set(list, some);
    }
    return tree.toString();
  }

  /** The answer as a tree. */
  static JsonNode tree(JsonText json) {
    return EXACT.readTree(json.text());
  }
}
