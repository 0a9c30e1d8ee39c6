package dev.riskmanager.sim.http;

import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.json.Stamps;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The members of a request. A member of the wrong kind is a {@link BadRequest} that names it (an
 * enumeration as text, for example); unknown members are ignored, as at the real venue.
 */
final class Body {
  private final JsonNode node;

  private Body(JsonNode node) {
    this.node = node;
  }

  /** An empty body counts as an empty object. */
  static Body parse(String text) {
    if (text.isBlank()) {
      return new Body(Json.object());
    }
    try {
      return of(Json.parse(text));
    } catch (JacksonException e) {
      throw new BadRequest("The body is not JSON.");
    }
  }

  static Body of(JsonNode node) {
    if (!node.isObject()) {
      throw new BadRequest("The body must be a JSON object.");
    }
    return new Body(node);
  }

  JsonNode node() {
    return node;
  }

  boolean has(String name) {
    return find(name) != null;
  }

  private @Nullable JsonNode find(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private JsonNode required(String name) {
    JsonNode value = find(name);
    if (value == null) {
      throw new BadRequest("The " + name + " field is required.");
    }
    return value;
  }

  private static BadRequest wrong(String name, String kind) {
    return new BadRequest("The " + name + " field must be " + kind + ".");
  }

  String text(String name) {
    return text(name, required(name));
  }

  @Nullable String optionalText(String name) {
    JsonNode value = find(name);
    return value == null ? null : text(name, value);
  }

  private static String text(String name, JsonNode value) {
    if (!value.isString()) {
      throw wrong(name, "a text");
    }
    return value.stringValue();
  }

  int integer(String name) {
    return integer(name, required(name));
  }

  @Nullable Integer optionalInteger(String name) {
    JsonNode value = find(name);
    return value == null ? null : integer(name, value);
  }

  private static int integer(String name, JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(name, "a 32-bit number");
    }
    return value.intValue();
  }

  long wide(String name) {
    JsonNode value = required(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(name, "a 64-bit number");
    }
    return value.longValue();
  }

  boolean flag(String name, boolean absent) {
    JsonNode value = find(name);
    if (value == null) {
      return absent;
    }
    if (!value.isBoolean()) {
      throw wrong(name, "true or false");
    }
    return value.booleanValue();
  }

  @Nullable BigDecimal optionalDecimal(String name) {
    JsonNode value = find(name);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      throw wrong(name, "a number");
    }
    return value.decimalValue();
  }

  @Nullable Instant optionalTime(String name) {
    String text = optionalText(name);
    if (text == null) {
      return null;
    }
    try {
      return Stamps.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong(name, "a date-time such as 2026-08-19T15:00:00Z");
    }
  }

  Instant time(String name) {
    required(name);
    Instant time = optionalTime(name);
    if (time == null) {
      throw wrong(name, "a date-time");
    }
    return time;
  }

  @Nullable Body optionalObject(String name) {
    JsonNode value = find(name);
    if (value == null) {
      return null;
    }
    if (!value.isObject()) {
      throw wrong(name, "an object");
    }
    return new Body(value);
  }
}
