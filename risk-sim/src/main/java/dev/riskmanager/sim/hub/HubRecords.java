package dev.riskmanager.sim.hub;

import dev.riskmanager.sim.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records of the SignalR JSON protocol, version 1, each ending with the record separator.
 *
 * <p>A member without a value is left out: the Java client fails on {@code "error":null}.
 */
final class HubRecords {
  static final char SEPARATOR = 0x1E;
  static final int INVOCATION = 1;
  static final int STREAM_ITEM = 2;
  static final int COMPLETION = 3;
  static final int STREAM_INVOCATION = 4;
  static final int CANCEL_INVOCATION = 5;
  static final int PING = 6;
  static final int CLOSE = 7;
  static final String PING_RECORD = "{\"type\":6}" + SEPARATOR;
  static final String HANDSHAKE_OK = "{}" + SEPARATOR;

  private HubRecords() {}

  static String handshakeError(String error) {
    ObjectNode node = Json.object();
    node.put("error", error);
    return Json.write(node) + SEPARATOR;
  }

  static String event(String name, JsonNode... arguments) {
    ObjectNode node = Json.object();
    node.put("type", INVOCATION);
    node.put("target", name);
    var list = node.putArray("arguments");
    for (JsonNode argument : arguments) {
      list.add(argument);
    }
    return Json.write(node) + SEPARATOR;
  }

  /**
   * @param result null leaves it out
   * @param error null leaves it out
   */
  static String completion(String id, @Nullable JsonNode result, @Nullable String error) {
    ObjectNode node = Json.object();
    node.put("type", COMPLETION);
    node.put("invocationId", id);
    if (error != null) {
      node.put("error", error);
    } else if (result != null) {
      node.set("result", result);
    }
    return Json.write(node) + SEPARATOR;
  }

  static String close(String error, boolean allowReconnect) {
    ObjectNode node = Json.object();
    node.put("type", CLOSE);
    if (!error.isEmpty()) {
      node.put("error", error);
    }
    if (allowReconnect) {
      node.put("allowReconnect", true);
    }
    return Json.write(node) + SEPARATOR;
  }
}
