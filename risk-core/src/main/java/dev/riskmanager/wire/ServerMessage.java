package dev.riskmanager.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * A line from the engine, taken apart without reading what is inside {@code result} and {@code
 * params}.
 *
 * @param id the request it answers, null for a notification or an error about no request in
 *     particular
 * @param method the notification's method, or null
 * @param params the notification's parameters, or null
 * @param result the result, or null
 * @param error the error, or null
 */
record ServerMessage(
    @Nullable Long id,
    @Nullable String method,
    @Nullable JsonText params,
    @Nullable JsonText result,
    @Nullable RpcError error) {

  /**
   * Takes a line apart.
   *
   * @throws JacksonException if it is no message of the engine
   */
  static ServerMessage parse(byte[] line) {
    Long id = null;
    String method = null;
    JsonText params = null;
    JsonText result = null;
    RpcError error = null;
    try (JsonParser parser = WireJson.FACTORY.createParser(ObjectReadContext.empty(), line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw WireJson.notA("a JSON object", parser);
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        switch (name) {
          case "id" -> id = token == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : null;
          case "method" -> method = parser.getString();
          case "params" -> params = slice(parser, line);
          case "result" -> result = slice(parser, line);
          case "error" -> error = slice(parser, line).as(RpcError.class);
          default -> parser.skipChildren();
        }
      }
    }
    return new ServerMessage(id, method, params, result, error);
  }

  /** The text of the value the parser stands at; the parser then stands at its end. */
  private static JsonText slice(JsonParser parser, byte[] line) {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    int to = (int) parser.currentLocation().getByteOffset();
    return new JsonText(new String(line, from, to - from, StandardCharsets.UTF_8).strip());
  }
}
