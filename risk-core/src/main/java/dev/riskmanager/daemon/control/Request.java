package dev.riskmanager.daemon.control;

import dev.riskmanager.wire.Protocol;
import dev.riskmanager.wire.RpcError;
import dev.riskmanager.wire.WireJson;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;

/**
 * One JSON-RPC request. The values of the members that hold a password are kept apart from the
 * others, in arrays that can be wiped.
 *
 * @param id what the client calls it, a number or a text
 * @param method the method
 * @param params its parameters
 */
record Request(JsonNode id, String method, Params params) implements AutoCloseable {
  private static final List<String> SECRETS = List.of("password", "oldPassword", "newPassword");
  private static final int LONGEST_ID = 128;

  /** A line that is no request; carries the id as far as it was understood. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;
    private final transient @Nullable JsonNode id;
    private final transient RpcError error;

    Malformed(@Nullable JsonNode id, int code, String message) {
      super(message, null, false, false);
      this.id = id;
      this.error = new RpcError(code, message);
    }

    @Nullable JsonNode id() {
      return id;
    }

    RpcError error() {
      return error;
    }
  }

  /** Reads a line. Its bytes are the caller's to wipe. */
  static Request parse(byte[] line) throws Malformed {
    CharBuffer text;
    try {
      // Decoded by ourselves: the parser would guess at other encodings and let some malformed
      // bytes pass.
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
    } catch (CharacterCodingException e) {
      throw new Malformed(null, Protocol.PARSE_ERROR, "the line is not UTF-8");
    }
    Draft draft = new Draft();
    try (JsonParser parser =
        WireJson.mapper().createParser(text.array(), text.arrayOffset(), text.remaining())) {
      draft.read(parser);
    } catch (JacksonException e) {
      draft.wipe();
      // The parser's own words are not repeated: they may quote the line, which may hold a
      // password.
      throw new Malformed(
          null, Protocol.PARSE_ERROR, "not JSON near column " + column(e) + "; one object a line");
    } catch (Malformed e) {
      draft.wipe();
      throw e;
    } finally {
      Arrays.fill(text.array(), '\0');
    }
    return draft.finish();
  }

  private static int column(JacksonException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
  }

  /** Overwrites the passwords in it. */
  @Override
  public void close() {
    params.close();
  }

  /** The members seen so far. */
  private static final class Draft {
    private @Nullable JsonNode version;
    private @Nullable JsonNode id;
    private @Nullable JsonNode method;
    private @Nullable String shape;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();
    private final Map<String, Secret> secrets = new LinkedHashMap<>();

    void read(JsonParser parser) throws Malformed {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new Malformed(null, Protocol.PARSE_ERROR, "the line is empty");
      }
      if (first != JsonToken.START_OBJECT) {
        readToTheEnd(parser);
        throw new Malformed(
            null, Protocol.INVALID_REQUEST, "a request is one JSON object; batches are not taken");
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        switch (name) {
          case "jsonrpc" -> version = parser.readValueAsTree();
          case "id" -> id = parser.readValueAsTree();
          case "method" -> method = parser.readValueAsTree();
          case "params" -> readParams(parser, token);
          default -> parser.skipChildren();
        }
      }
      readToTheEnd(parser);
    }

    /** What follows must be nothing, and what was skipped must have been JSON. */
    private static void readToTheEnd(JsonParser parser) {
      if (parser.currentToken() != null) {
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        throw new StreamReadException(parser, "more than one value");
      }
    }

    private void readParams(JsonParser parser, JsonToken token) {
      if (token == JsonToken.VALUE_NULL) {
        return;
      }
      if (token != JsonToken.START_OBJECT) {
        shape = "params: must be an object with named members";
        parser.skipChildren();
        return;
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_STRING && SECRETS.contains(name)) {
          int from = parser.getStringOffset();
          secrets.put(
              name,
              new Secret(
                  Arrays.copyOfRange(
                      parser.getStringCharacters(), from, from + parser.getStringLength())));
        } else {
          values.put(name, parser.readValueAsTree());
        }
      }
    }

    Request finish() throws Malformed {
      JsonNode answerTo = id != null && isId(id) ? id : null;
      String wrong = null;
      if (version == null || !version.isString() || !version.stringValue().equals("2.0")) {
        wrong = "jsonrpc must be \"2.0\"";
      } else if (answerTo == null) {
        wrong = "id must be a whole number or a text of at most " + LONGEST_ID + " characters";
      } else if (method == null || !method.isString()) {
        wrong = "method must be a text";
      }
      if (wrong != null || answerTo == null || method == null) {
        wipe();
        throw new Malformed(answerTo, Protocol.INVALID_REQUEST, String.valueOf(wrong));
      }
      if (shape != null) {
        wipe();
        throw new Malformed(answerTo, Protocol.INVALID_PARAMS, shape);
      }
      return new Request(answerTo, method.stringValue(), new Params(values, secrets));
    }

    private static boolean isId(JsonNode node) {
      return node.isString()
          ? node.stringValue().length() <= LONGEST_ID
          : node.isIntegralNumber() && node.canConvertToLong();
    }

    void wipe() {
      secrets.values().forEach(Secret::close);
    }
  }
}
