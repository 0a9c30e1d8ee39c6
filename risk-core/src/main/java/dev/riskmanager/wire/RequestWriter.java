package dev.riskmanager.wire;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * Writes requests without the reflection of the mapper, which a short-lived program would pay for.
 */
final class RequestWriter {
  private RequestWriter() {}

  /**
   * A request on one line, with its line feed.
   *
   * @param params names and values: text, {@code char[]} for a secret, whole numbers, booleans,
   *     instants; a null is left out
   */
  static byte[] write(long id, String method, Map<String, ? extends @Nullable Object> params) {
    WipedBytes out = new WipedBytes();
    try {
      try (JsonGenerator json = WireJson.FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
        json.writeStartObject();
        json.writeStringProperty("jsonrpc", "2.0");
        json.writeNumberProperty("id", id);
        json.writeStringProperty("method", method);
        json.writeName("params");
        json.writeStartObject();
        for (Map.Entry<String, ? extends @Nullable Object> entry : params.entrySet()) {
          value(json, entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
      }
      out.write('\n');
      return out.toByteArray();
    } finally {
      out.wipe();
    }
  }

  private static void value(JsonGenerator json, String name, @Nullable Object value) {
    // Tests, not a switch over types: its bootstrap would take longer than a whole request.
    if (value instanceof String text) {
      json.writeStringProperty(name, text);
    } else if (value instanceof char[] secret) {
      json.writeName(name);
      json.writeString(secret, 0, secret.length);
    } else if (value instanceof Integer number) {
      json.writeNumberProperty(name, number);
    } else if (value instanceof Long number) {
      json.writeNumberProperty(name, number);
    } else if (value instanceof Boolean flag) {
      json.writeBooleanProperty(name, flag);
    } else if (value instanceof Instant time) {
      json.writeStringProperty(name, time.toString());
    } else if (value != null) {
      throw new IllegalArgumentException(
          "parameter " + name + " has the unsupported type " + value.getClass());
    }
  }

  /** A buffer that leaves nothing behind: a request may hold a password. */
  private static final class WipedBytes extends ByteArrayOutputStream {
    WipedBytes() {
      super(1024);
    }

    void wipe() {
      Arrays.fill(buf, (byte) 0);
    }
  }
}
