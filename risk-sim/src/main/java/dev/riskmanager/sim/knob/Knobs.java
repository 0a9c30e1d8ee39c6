package dev.riskmanager.sim.knob;

import dev.riskmanager.sim.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The current value of every knob. Safe for all threads; a value read is the last one set. */
public final class Knobs {
  private static final Map<String, Knob<?>> KNOWN =
      Stream.of(RestKnobs.ALL, HubKnobs.ALL, TradingKnobs.ALL)
          .flatMap(List::stream)
          .collect(
              Collectors.toMap(
                  Knob::name,
                  k -> k,
                  (a, b) -> {
                    throw new IllegalStateException("two knobs named " + a.name());
                  },
                  LinkedHashMap::new));

  private final Map<String, Object> values = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> written = new ConcurrentHashMap<>();
  private final Map<String, List<Runnable>> listeners = new ConcurrentHashMap<>();

  /** Every knob there is, in the order they are documented. */
  public static List<Knob<?>> known() {
    return List.copyOf(KNOWN.values());
  }

  /** Called with the new value, on the setting thread, after each time the knob was set. */
  public <T> void onChange(Knob<T> knob, Consumer<T> listener) {
    listeners
        .computeIfAbsent(knob.name(), name -> new CopyOnWriteArrayList<>())
        .add(() -> listener.accept(get(knob)));
  }

  private void tell(Knob<?> knob) {
    listeners.getOrDefault(knob.name(), List.of()).forEach(Runnable::run);
  }

  /** What a knob is now. */
  @SuppressWarnings("unchecked") // set() stores only what the knob's own parser returned
  public <T> T get(Knob<T> knob) {
    Object value = values.get(knob.name());
    return value == null ? knob.initial() : (T) value;
  }

  /**
   * Sets several at once: all of them, or none when one is wrong.
   *
   * @throws KnobException naming the knob and what it takes, or the knobs there are
   */
  public void set(JsonNode object) {
    if (!object.isObject()) {
      throw new KnobException("knobs are set by an object such as {\"latency_ms\":50}");
    }
    List<Runnable> changes = new ArrayList<>();
    object.properties().forEach(e -> changes.add(change(e.getKey(), e.getValue())));
    changes.forEach(Runnable::run);
  }

  /** Sets one knob to a plain Java value: text, number, boolean, map, list, or null to reset it. */
  public void set(String name, @Nullable Object value) {
    change(name, Json.of(value)).run();
  }

  /**
   * Sets one knob as written on a command line, {@code NAME=VALUE}: JSON, or else plain text.
   *
   * @throws KnobException as {@link #set(JsonNode)}
   */
  public void setText(String nameAndValue) {
    int equals = nameAndValue.indexOf('=');
    if (equals < 1) {
      throw new KnobException("a knob is set by NAME=VALUE, not " + nameAndValue);
    }
    String name = nameAndValue.substring(0, equals).trim();
    String text = nameAndValue.substring(equals + 1).trim();
    JsonNode value;
    try {
      value = text.isEmpty() ? Json.of("") : Json.parse(text);
    } catch (JacksonException notJson) {
      value = Json.of(text);
    }
    change(name, value).run();
  }

  private Runnable change(String name, JsonNode value) {
    Knob<?> knob = KNOWN.get(name);
    if (knob == null) {
      throw new KnobException(
          "no knob is named " + name + "; valid: " + String.join(", ", KNOWN.keySet()));
    }
    return change(knob, value);
  }

  private <T> Runnable change(Knob<T> knob, JsonNode value) {
    if (value.isNull()) {
      return () -> {
        values.remove(knob.name());
        written.remove(knob.name());
        tell(knob);
      };
    }
    Object parsed = knob.parser().parse(value, get(knob));
    return () -> {
      values.put(knob.name(), parsed);
      written.put(knob.name(), value);
      tell(knob);
    };
  }

  /** Name and value of the knobs that were set, as they were written. */
  public ObjectNode current() {
    ObjectNode result = Json.object();
    KNOWN
        .keySet()
        .forEach(
            name -> {
              JsonNode value = written.get(name);
              if (value != null) {
                result.set(name, value);
              }
            });
    return result;
  }
}
