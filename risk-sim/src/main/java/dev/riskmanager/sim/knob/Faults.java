package dev.riskmanager.sim.knob;

import dev.riskmanager.sim.api.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Faults waiting for requests: each names an operation and how many requests it still hits. */
public final class Faults {
  /** No faults. */
  public static final Faults NONE = new Faults(List.of());

  /**
   * One fault.
   *
   * @param operation its label, or {@code *} for every operation
   * @param status the HTTP status to answer; 0 when the answer is an envelope
   * @param errorCode the envelope's code when {@code status} is 0
   * @param message the envelope's message
   * @param hang never answer at all
   * @param remaining requests it still hits
   */
  public record Fault(
      String operation,
      int status,
      @Nullable Integer errorCode,
      @Nullable String message,
      boolean hang,
      AtomicLong remaining) {}

  private final List<Fault> faults;

  private Faults(List<Fault> faults) {
    this.faults = List.copyOf(faults);
  }

  /** The first fault that hits this request, if any; it is used up by one. */
  public Optional<Fault> take(Operation operation) {
    for (Fault fault : faults) {
      boolean hits =
          fault.operation.equals(operation.label())
              || (fault.operation.equals("*") && operation.rest());
      if (hits && fault.remaining.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  static Knob<Faults> knob(String name, int defaultStatus, String help) {
    return new Knob<>(name, NONE, help, (v, was) -> parse(name, defaultStatus, v));
  }

  /** A label, an object, or a list of these; an empty text or list clears. */
  private static Faults parse(String name, int defaultStatus, JsonNode v) {
    List<Fault> result = new ArrayList<>();
    for (JsonNode item : v.isArray() ? v.values() : List.of(v)) {
      boolean nothing =
          item.isBoolean() ? !item.booleanValue() : item.isString() && item.stringValue().isEmpty();
      if (nothing) {
        continue;
      }
      result.add(one(name, defaultStatus, item));
    }
    return new Faults(result);
  }

  private static Fault one(String name, int defaultStatus, JsonNode item) {
    JsonNode op = item.isObject() ? item.get("op") : item;
    if (op == null || !op.isString() || !known(op.stringValue())) {
      throw Knob.wrong(
          name,
          op == null ? item : op,
          "{\"op\":OPERATION,\"code\":STATUS,\"times\":N} with OPERATION * or one of "
              + String.join(", ", Operation.labels()));
    }
    int status = (int) whole(name, item, "code", defaultStatus, 999);
    JsonNode error = item.isObject() ? item.get("errorCode") : null;
    if (error != null && !error.isNull()) {
      status = 0;
    } else if (status < 100) {
      throw Knob.wrong(name, item, "code from 100 to 599, or an errorCode");
    }
    JsonNode message = item.isObject() ? item.get("message") : null;
    JsonNode hang = item.isObject() ? item.get("hang") : null;
    return new Fault(
        op.stringValue(),
        status,
        status == 0 ? (int) whole(name, item, "errorCode", 0, 999) : null,
        message != null && message.isString() ? message.stringValue() : null,
        hang != null && Knob.bool(name, hang),
        new AtomicLong(whole(name, item, "times", Long.MAX_VALUE, Long.MAX_VALUE)));
  }

  private static boolean known(String op) {
    return op.equals("*") || Operation.byLabel(op).isPresent();
  }

  private static long whole(String name, JsonNode item, String member, long absent, long max) {
    JsonNode v = item.isObject() ? item.get(member) : null;
    if (v == null || v.isNull()) {
      return absent;
    }
    if (!v.isIntegralNumber() || v.longValue() < 0 || v.longValue() > max) {
      throw Knob.wrong(name, v, member + " as a whole number from 0");
    }
    return v.longValue();
  }
}
