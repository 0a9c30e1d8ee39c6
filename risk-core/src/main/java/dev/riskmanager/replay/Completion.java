package dev.riskmanager.replay;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills in what a scenario may leave out: the account, ids, and when something came to be. What is
 * there stays.
 */
final class Completion {
  private static final long FIRST_ID = 1_001;
  private static final Set<String> TIMES =
      new TreeSet<>(
          List.of(
              "t",
              "creationTimestamp",
              "updateTimestamp",
              "timestamp",
              "lastUpdated",
              "until",
              "lockedAt",
              "expiresAt",
              "deadline",
              "lastSeen"));

  private final Times times;
  private final long account;
  private final Map<String, Opened> positions = new TreeMap<>();
  private long nextId = FIRST_ID;
  private boolean ours;
  private boolean others;

  /** A position keeps its id and the time of its opening until it is flat. */
  private record Opened(long id, Instant at) {}

  Completion(Times times, long account) {
    this.times = times;
    this.account = account;
  }

  /** Completes the times of a payload, wherever they stand in it. */
  void times(JsonNode node) {
    switch (node) {
      case ObjectNode object -> {
        for (String name : List.copyOf(object.propertyNames())) {
          JsonNode value = object.get(name);
          if (TIMES.contains(name) && value.isString()) {
            times
                .instant(value.stringValue())
                .ifPresent(instant -> object.put(name, instant.toString()));
          } else {
            times(value);
          }
        }
      }
      default -> node.values().forEach(this::times);
    }
  }

  /**
   * Fills in a payload.
   *
   * @param at when it arrives
   */
  void fill(String event, JsonNode data, Instant at) {
    switch (event) {
      case "GatewayUserAccount" -> each(data, this::account);
      case "GatewayUserOrder" -> each(data, row -> order(row, at));
      case "GatewayUserPosition" -> each(data, row -> position(row, at));
      case "GatewayUserTrade" -> each(data, row -> trade(row, at));
      case "Snapshot", "Reconciled" -> {
        each(data.path("accounts"), this::account);
        each(data.path("positions"), row -> position(row, at));
        each(data.path("orders"), row -> order(row, at));
        each(data.path("trades"), row -> trade(row, at));
      }
      case "EngineStarted" -> {
        each(data.path("lockouts"), row -> lockout(row, at));
        each(data.path("timers"), this::belongs);
        each(data.path("resets"), this::belongs);
        each(data.path("memory"), this::belongs);
        each(data.path("trades"), row -> trade(row, at));
      }
      case "Admin" -> {
        if (data instanceof ObjectNode request) {
          if (!request.has("params")) {
            request.putObject("params");
          }
          each(request.path("params"), this::belongs);
          absent(request, "by", "admin");
        }
      }
      default -> {}
    }
  }

  private static void each(JsonNode rows, java.util.function.Consumer<ObjectNode> fill) {
    if (rows instanceof ObjectNode one) {
      fill.accept(one);
    } else if (rows.isArray()) {
      rows.values().forEach(row -> each(row, fill));
    }
  }

  /** Whether something is about the account, named or filled in, or nothing about any. */
  boolean isAboutTheAccount() {
    return ours || !others;
  }

  private void belongs(ObjectNode row) {
    belongs(row, "accountId");
  }

  private void belongs(ObjectNode row, String member) {
    if (!row.has(member)) {
      row.put(member, account);
    }
    boolean own = row.path(member).isIntegralNumber() && row.path(member).asLong(0) == account;
    ours |= own;
    others |= !own;
  }

  private long id(ObjectNode row) {
    if (!row.has("id")) {
      row.put("id", nextId++);
    }
    return row.path("id").asLong(0);
  }

  private static void absent(ObjectNode row, String name, String value) {
    if (!row.has(name)) {
      row.put(name, value);
    }
  }

  private void account(ObjectNode row) {
    belongs(row, "id");
    if (!row.has("balance")) {
      row.put("balance", 50_000);
    }
    if (!row.has("canTrade")) {
      row.put("canTrade", true);
    }
  }

  private void order(ObjectNode row, Instant at) {
    belongs(row);
    id(row);
    absent(row, "creationTimestamp", at.toString());
    absent(row, "updateTimestamp", at.toString());
  }

  private void position(ObjectNode row, Instant at) {
    belongs(row);
    String key = row.path("accountId").asString("") + " " + row.path("contractId").asString("");
    Opened known = positions.get(key);
    if (known != null) {
      if (!row.has("id")) {
        row.put("id", known.id());
      }
      absent(row, "creationTimestamp", known.at().toString());
    }
    long id = id(row);
    absent(row, "creationTimestamp", at.toString());
    boolean flat = row.path("type").asInt(-1) == 0 || row.path("size").asInt(-1) == 0;
    if (flat) {
      positions.remove(key);
    } else {
      positions.put(
          key,
          new Opened(id, times.instant(row.path("creationTimestamp").asString("")).orElse(at)));
    }
  }

  private void trade(ObjectNode row, Instant at) {
    belongs(row);
    id(row);
    if (!row.has("orderId")) {
      row.put("orderId", nextId++);
    }
    absent(row, "creationTimestamp", at.toString());
  }

  private void lockout(ObjectNode row, Instant at) {
    belongs(row);
    id(row);
    absent(row, "lockedAt", at.toString());
    absent(row, "tradingDay", times.date().toString());
  }
}
