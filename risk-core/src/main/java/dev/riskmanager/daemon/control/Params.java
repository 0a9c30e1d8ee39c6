package dev.riskmanager.daemon.control;

import dev.riskmanager.wire.RpcError;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The named parameters of a request. What is wrong with one is said with its name. */
final class Params implements AutoCloseable {
  private final Map<String, JsonNode> values;
  private final Map<String, Secret> secrets;

  Params(Map<String, JsonNode> values, Map<String, Secret> secrets) {
    this.values = values;
    this.secrets = secrets;
  }

  /**
   * Refuses a parameter the method does not have: a misspelt filter must not silently mean "all".
   *
   * @param names the method's parameters
   */
  void allow(List<String> names) throws RpcFailure {
    for (Iterable<String> given : List.of(values.keySet(), secrets.keySet())) {
      for (String name : given) {
        if (!names.contains(name)) {
          throw wrong(
              shortened(name),
              names.isEmpty()
                  ? "not known; the method has no parameters"
                  : "not known; the method has " + String.join(", ", names));
        }
      }
    }
  }

  OptionalLong optionalLong(String name) throws RpcFailure {
    JsonNode node = present(name);
    if (node == null) {
      return OptionalLong.empty();
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw wrong(name, "must be a whole number");
    }
    return OptionalLong.of(node.longValue());
  }

  long requiredLong(String name) throws RpcFailure {
    OptionalLong value = optionalLong(name);
    if (value.isEmpty()) {
      throw wrong(name, "is missing");
    }
    return value.getAsLong();
  }

  /** A whole number in [from, to]. */
  int optionalInt(String name, int from, int to, int otherwise) throws RpcFailure {
    OptionalLong value = optionalLong(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    if (value.getAsLong() < from || value.getAsLong() > to) {
      throw wrong(name, "must be from " + from + " to " + to);
    }
    return (int) value.getAsLong();
  }

  boolean optionalFlag(String name) throws RpcFailure {
    JsonNode node = present(name);
    if (node == null) {
      return false;
    }
    if (!node.isBoolean()) {
      throw wrong(name, "must be true or false");
    }
    return node.booleanValue();
  }

  /** A text of one line. */
  Optional<String> optionalText(String name, int longest) throws RpcFailure {
    JsonNode node = present(name);
    if (node == null) {
      return Optional.empty();
    }
    if (!node.isString()) {
      throw wrong(name, "must be a text");
    }
    String text = node.stringValue().strip();
    if (text.isEmpty()) {
      throw wrong(name, "must not be empty");
    }
    if (text.length() > longest) {
      throw wrong(name, "must have at most " + longest + " characters");
    }
    // Texts end up in logs that are read line by line, and on terminals.
    if (!text.equals(printable(text))) {
      throw wrong(name, "must be one line without control characters");
    }
    return Optional.of(text);
  }

  String requiredText(String name, int longest) throws RpcFailure {
    Optional<String> text = optionalText(name, longest);
    if (text.isEmpty()) {
      throw wrong(name, "is missing");
    }
    return text.get();
  }

  /** A text of several lines, as it is: a file. It is not for logs. */
  Optional<String> optionalLines(String name, int longest) throws RpcFailure {
    JsonNode node = present(name);
    if (node == null) {
      return Optional.empty();
    }
    if (!node.isString()) {
      throw wrong(name, "must be a text");
    }
    if (node.stringValue().length() > longest) {
      throw wrong(name, "must have at most " + longest + " characters");
    }
    return Optional.of(node.stringValue());
  }

  String requiredLines(String name, int longest) throws RpcFailure {
    Optional<String> text = optionalLines(name, longest);
    if (text.isEmpty()) {
      throw wrong(name, "is missing");
    }
    return text.get();
  }

  Instant requiredInstant(String name) throws RpcFailure {
    String text = requiredText(name, 64);
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong(name, "must be a time in UTC such as 2025-10-31T22:00:00Z");
    }
  }

  /** A password; it is wiped with the request. */
  Optional<Secret> optionalSecret(String name) throws RpcFailure {
    if (present(name) != null) {
      throw wrong(name, "must be a text");
    }
    return Optional.ofNullable(secrets.get(name));
  }

  Secret requiredSecret(String name) throws RpcFailure {
    Optional<Secret> secret = optionalSecret(name);
    if (secret.isEmpty()) {
      throw wrong(name, "is missing");
    }
    return secret.get();
  }

  @Override
  public void close() {
    secrets.values().forEach(Secret::close);
  }

  private @Nullable JsonNode present(String name) {
    JsonNode node = values.get(name);
    return node == null || node.isNull() ? null : node;
  }

  private static RpcFailure wrong(String name, String why) {
    return new RpcFailure(RpcError.badParameter(name, why));
  }

  /** A name of the client's own making, fit to be repeated. */
  static String shortened(String name) {
    String clean = printable(name);
    return clean.length() <= 40 ? clean : clean.substring(0, 40) + "…";
  }

  /** The text without what could not be shown on one line. */
  static String printable(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().filter(Params::isPrintable).forEach(out::appendCodePoint);
    return out.toString();
  }

  private static boolean isPrintable(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE
        && type != Character.FORMAT;
  }
}
