package dev.riskmanager.sim.http;

import dev.riskmanager.sim.api.Codes;
import dev.riskmanager.sim.api.Operation;
import dev.riskmanager.sim.api.Reason;
import dev.riskmanager.sim.exchange.Outcome;
import dev.riskmanager.sim.json.Json;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The venue's envelope: payload, {@code success}, {@code errorCode}, {@code errorMessage}. */
final class Envelope {
  private Envelope() {}

  static ObjectNode of(int code, @Nullable String message) {
    return close(Json.object(), code, message);
  }

  static ObjectNode ok() {
    return of(0, null);
  }

  static ObjectNode of(Operation operation, Reason reason) {
    return of(Codes.of(operation, reason), null);
  }

  static ObjectNode of(Operation operation, Outcome outcome) {
    return of(Codes.of(operation, outcome.reason()), outcome.message());
  }

  /** Rows under a name, and success. */
  static <T> ObjectNode rows(String name, List<T> values, Function<T, ObjectNode> row) {
    ObjectNode node = Json.object();
    ArrayNode list = node.putArray(name);
    values.forEach(v -> list.add(row.apply(v)));
    return close(node, 0, null);
  }

  /** An empty list under a name, and a refusal. */
  static ObjectNode noRows(String name, Operation operation, Reason reason) {
    ObjectNode node = Json.object();
    node.putArray(name);
    return close(node, Codes.of(operation, reason), null);
  }

  /** Adds the envelope's own members to a payload. */
  static ObjectNode close(ObjectNode payload, int code, @Nullable String message) {
    payload.put("success", code == 0);
    payload.put("errorCode", code);
    payload.put("errorMessage", message);
    return payload;
  }
}
