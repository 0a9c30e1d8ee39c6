package dev.riskmanager.sim.http;

import dev.riskmanager.sim.api.Operation;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.json.Stamps;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was asked of the venue and when; the newest ten thousand, and counts of all. Thread-safe.
 */
public final class RequestLog {
  private static final int KEPT = 10_000;

  private final InstantSource clock;
  private final Map<Long, RequestRecord> records = new LinkedHashMap<>();
  private final Map<String, Count> counts = new TreeMap<>();
  private final List<Consumer<RequestRecord>> listeners = new CopyOnWriteArrayList<>();
  private long number;

  private record Count(long count, Instant first, Instant last) {}

  public RequestLog(InstantSource clock) {
    this.clock = clock;
  }

  long arrived(Operation operation, JsonNode body) {
    RequestRecord arrived = record(operation, body);
    listeners.forEach(listener -> listener.accept(arrived));
    return arrived.number();
  }

  private synchronized RequestRecord record(Operation operation, JsonNode body) {
    long nanos = System.nanoTime();
    Instant now = clock.instant();
    number++;
    RequestRecord arrived =
        new RequestRecord(number, operation.label(), now, nanos, body, null, null);
    records.put(number, arrived);
    if (records.size() > KEPT) {
      records.remove(records.keySet().iterator().next());
    }
    counts.merge(
        operation.label(),
        new Count(1, now, now),
        (was, one) -> new Count(was.count + 1, was.first, now));
    return arrived;
  }

  /**
   * Calls {@code listener} for each request when it has arrived and before anything is done about
   * it, on the thread that serves it: the request waits for the listener.
   */
  public void onArrival(Consumer<RequestRecord> listener) {
    listeners.add(listener);
  }

  synchronized void answered(long id, int status, @Nullable Integer errorCode) {
    records.computeIfPresent(
        id,
        (key, r) ->
            new RequestRecord(
                r.number(), r.operation(), r.at(), r.nanos(), r.body(), status, errorCode));
  }

  /** The requests kept, oldest first. */
  public synchronized List<RequestRecord> all() {
    return List.copyOf(records.values());
  }

  /** The requests of one operation, oldest first. */
  public List<RequestRecord> of(String operation) {
    return all().stream().filter(r -> r.operation().equals(operation)).toList();
  }

  /** Forgets everything but the numbering. */
  public synchronized void reset() {
    records.clear();
    counts.clear();
  }

  synchronized ObjectNode state() {
    ObjectNode state = Json.object();
    ObjectNode byOperation = state.putObject("counts");
    counts.forEach(
        (operation, count) -> {
          ObjectNode row = byOperation.putObject(operation);
          row.put("count", count.count);
          row.put("first", Stamps.hub(count.first));
          row.put("last", Stamps.hub(count.last));
        });
    ArrayNode log = state.putArray("log");
    for (RequestRecord r : records.values()) {
      ObjectNode row = log.addObject();
      row.put("number", r.number());
      row.put("operation", r.operation());
      row.put("at", Stamps.hub(r.at()));
      row.put("nanos", r.nanos());
      row.set("body", r.body());
      row.put("status", r.status());
      row.put("errorCode", r.errorCode());
    }
    return state;
  }
}
