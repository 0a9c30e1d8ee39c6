package dev.riskmanager.sim.knob;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * One thing that can be set: its name, what it is at first, and how its JSON value is read.
 *
 * @param help one line: what it does and which values it takes
 * @param parser throws {@link KnobException} for a value that is not allowed; JSON null never
 *     reaches it, it means "back to the initial value"
 */
public record Knob<T>(String name, T initial, String help, Parser<T> parser) {

  /** Reads a value; {@code current} is what the knob was, for values that add to it. */
  @FunctionalInterface
  public interface Parser<T> {
    T parse(JsonNode value, T current);
  }

  static Knob<Boolean> flag(String name, boolean initial, String help) {
    return new Knob<>(name, initial, help, (v, was) -> bool(name, v));
  }

  static Knob<Long> number(String name, long initial, long min, long max, String help) {
    return new Knob<>(
        name,
        initial,
        help,
        (v, was) -> {
          if (!v.isIntegralNumber() || v.longValue() < min || v.longValue() > max) {
            throw wrong(name, v, "a whole number from " + min + " to " + max);
          }
          return v.longValue();
        });
  }

  static Knob<BigDecimal> decimal(String name, String initial, String help) {
    return new Knob<>(
        name,
        new BigDecimal(initial),
        help,
        (v, was) -> {
          if (!v.isNumber()) {
            throw wrong(name, v, "a number");
          }
          return v.decimalValue();
        });
  }

  /** A choice among the names of an enumeration, written in lower case. */
  static <E extends Enum<E>> Knob<E> choice(String name, E initial, String help) {
    return new Knob<>(
        name, initial, help, (v, was) -> constant(name, initial.getDeclaringClass(), v));
  }

  /** A flag that accounts may differ in: {@code false} or {@code {"accountId":1,"value":false}}. */
  static Knob<PerAccount<Boolean>> flagPerAccount(String name, boolean initial, String help) {
    return new Knob<>(
        name,
        PerAccount.all(initial),
        help,
        (v, was) -> PerAccount.parse(name, was, v, x -> bool(name, x)));
  }

  /** A choice that accounts may differ in. */
  static <E extends Enum<E>> Knob<PerAccount<E>> choicePerAccount(
      String name, E initial, String help) {
    Class<E> type = initial.getDeclaringClass();
    return new Knob<>(
        name,
        PerAccount.all(initial),
        help,
        (v, was) -> PerAccount.parse(name, was, v, x -> constant(name, type, x)));
  }

  /** A set of names: one text, a list, {@code true} for everything, {@code false} for nothing. */
  static Knob<Set<String>> names(String name, List<String> valid, String help) {
    return new Knob<>(name, Set.of(), help, (v, was) -> nameSet(name, valid, v));
  }

  /** Amounts by symbol, such as {@code {"MNQ":0.37}}. */
  static Knob<Map<String, BigDecimal>> amounts(String name, String help) {
    return new Knob<>(
        name,
        Map.of(),
        help,
        (v, was) -> {
          Map<String, BigDecimal> result = new LinkedHashMap<>();
          for (Map.Entry<String, JsonNode> e : v.properties()) {
            if (!e.getValue().isNumber()) {
              throw wrong(name, e.getValue(), "an amount");
            }
            result.put(e.getKey(), e.getValue().decimalValue());
          }
          if (!v.isObject()) {
            throw wrong(name, v, "an object such as {\"MNQ\":0.37}");
          }
          return Map.copyOf(result);
        });
  }

  static boolean bool(String name, JsonNode v) {
    if (!v.isBoolean()) {
      throw wrong(name, v, "true or false");
    }
    return v.booleanValue();
  }

  static <E extends Enum<E>> E constant(String name, Class<E> type, JsonNode v) {
    String text = v.isString() ? v.stringValue() : v.toString();
    for (E e : type.getEnumConstants()) {
      if (e.name().equalsIgnoreCase(text)) {
        return e;
      }
    }
    throw wrong(
        name,
        v,
        "one of "
            + Arrays.stream(type.getEnumConstants())
                .map(e -> e.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
  }

  /** With an empty list of valid names every name is taken. */
  static Set<String> nameSet(String name, List<String> valid, JsonNode v) {
    if (v.isBoolean()) {
      return v.booleanValue() ? Set.of("*") : Set.of();
    }
    Set<String> result = new LinkedHashSet<>();
    for (JsonNode item : v.isArray() ? v.values() : List.of(v)) {
      String text = item.isString() ? item.stringValue() : "";
      if (text.isEmpty() && v.isString()) {
        return Set.of();
      }
      if (text.isEmpty() || (!valid.isEmpty() && !text.equals("*") && !valid.contains(text))) {
        throw wrong(
            name,
            item,
            valid.isEmpty() ? "a text or a list of texts" : "* or " + String.join(", ", valid));
      }
      result.add(text);
    }
    return Set.copyOf(result);
  }

  static KnobException wrong(String name, JsonNode value, String allowed) {
    return new KnobException("knob " + name + " cannot be " + value + "; allowed: " + allowed);
  }

  /** Whether a set of names covers one. */
  public static boolean covers(Set<String> names, String one) {
    return !names.isEmpty() && (names.contains("*") || names.contains(one));
  }
}
