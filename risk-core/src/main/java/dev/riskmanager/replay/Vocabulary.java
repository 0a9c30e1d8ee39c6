package dev.riskmanager.replay;

import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Nearest;
import dev.riskmanager.domain.settings.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The members that events and decision lines have. The venue may send others, which are passed
 * over; in a file that a person writes another one is a mistake that would make the scenario a
 * different one without a word.
 */
final class Vocabulary {
  private static final List<String> ACCOUNT =
      List.of("id", "name", "balance", "canTrade", "isVisible", "simulated");
  private static final List<String> ORDER =
      List.of(
          "id",
          "accountId",
          "contractId",
          "symbolId",
          "creationTimestamp",
          "updateTimestamp",
          "status",
          "type",
          "side",
          "size",
          "limitPrice",
          "stopPrice",
          "fillVolume",
          "filledPrice",
          "customTag",
          "parentOrderId",
          "linkedOrderId",
          "trailDistance",
          "trailPrice");
  private static final List<String> POSITION =
      List.of(
          "id",
          "accountId",
          "contractId",
          "contractDisplayName",
          "creationTimestamp",
          "type",
          "size",
          "averagePrice");
  private static final List<String> TRADE =
      List.of(
          "id",
          "accountId",
          "contractId",
          "creationTimestamp",
          "price",
          "profitAndLoss",
          "fees",
          "commissions",
          "side",
          "size",
          "voided",
          "orderId");
  private static final List<String> QUOTE =
      List.of(
          "symbol",
          "symbolName",
          "contract",
          "contractId",
          "lastPrice",
          "bestBid",
          "bestAsk",
          "change",
          "changePercent",
          "open",
          "high",
          "low",
          "volume",
          "lastUpdated",
          "timestamp");
  private static final List<String> MARKET_TRADE =
      List.of("symbolId", "contractId", "price", "timestamp", "type", "volume");
  static final List<String> CONTRACT =
      List.of("id", "name", "description", "tickSize", "tickValue", "activeContract", "symbolId");

  /** The rows of a snapshot. */
  static final SequencedMap<String, List<String>> SNAPSHOT = snapshot();

  private static final SequencedMap<String, List<String>> EVENTS = events();

  /** The members of a decision line. */
  static final List<String> DECISION =
      List.of(
          "t",
          "account",
          "decision",
          "ruleId",
          "rule",
          "symbol",
          "contractId",
          "orderId",
          "side",
          "size",
          "toSize",
          "price",
          "lockoutType",
          "until",
          "reason",
          "guard",
          "shadow",
          "tradingDay");

  /** What {@code decision} may be. */
  static final List<String> DECISIONS =
      List.of(
          "violation",
          "precheck_blocked",
          "lockout_set",
          "lockout_cleared",
          "cancel_all_orders",
          "cancel_order",
          "close_all_positions",
          "reduce_position",
          "close_position",
          "modify_stop",
          "place_stop",
          "place_target",
          "resize_order",
          "alert",
          "reset");

  private Vocabulary() {}

  private static SequencedMap<String, List<String>> snapshot() {
    SequencedMap<String, List<String>> rows = new LinkedHashMap<>();
    rows.put("accounts", ACCOUNT);
    rows.put("positions", POSITION);
    rows.put("orders", ORDER);
    rows.put("trades", TRADE);
    return rows;
  }

  private static SequencedMap<String, List<String>> events() {
    SequencedMap<String, List<String>> events = new LinkedHashMap<>();
    events.put("GatewayUserAccount", ACCOUNT);
    events.put("GatewayUserOrder", ORDER);
    events.put("GatewayUserPosition", POSITION);
    events.put("GatewayUserTrade", TRADE);
    events.put("GatewayQuote", QUOTE);
    events.put("GatewayTrade", MARKET_TRADE);
    events.put("Contracts", CONTRACT);
    events.put("Snapshot", List.copyOf(SNAPSHOT.keySet()));
    List<String> reconciled = new ArrayList<>(SNAPSHOT.keySet());
    reconciled.add("only");
    events.put("Reconciled", List.copyOf(reconciled));
    events.put("Clock", List.of());
    events.put("Disconnected", List.of("reason", "since"));
    events.put("Reconnected", List.of());
    events.put("Held", List.of("accountId", "reason"));
    events.put(
        "EngineStarted",
        List.of(
            "configHash",
            "accounts",
            "rules",
            "lastSeen",
            "nextLockoutId",
            "lockouts",
            "timers",
            "resets",
            "memory",
            "trades",
            "contracts"));
    events.put("Admin", List.of("method", "params", "by"));
    return events;
  }

  /** The names of events. */
  static List<String> eventNames() {
    List<String> names = new ArrayList<>(EVENTS.keySet());
    names.add("ConfigChanged");
    return List.copyOf(names);
  }

  /** Names the members that the payload of an event cannot have. */
  static void check(String event, ConfigNode data, Problems problems) {
    List<String> members = EVENTS.get(event);
    if (members == null) {
      return;
    }
    check(data, event, members, problems);
    if (members.containsAll(SNAPSHOT.keySet()) && data instanceof ConfigNode.Mapping snapshot) {
      for (ConfigNode.Entry entry : snapshot.entries()) {
        List<String> row = SNAPSHOT.get(entry.key());
        if (row != null) {
          check(entry.value(), event + "." + entry.key(), row, problems);
        }
      }
    }
  }

  private static void check(ConfigNode node, String path, List<String> members, Problems problems) {
    switch (node) {
      case ConfigNode.Sequence sequence ->
          sequence.items().forEach(item -> check(item, path, members, problems));
      case ConfigNode.Mapping mapping -> {
        for (ConfigNode.Entry entry : mapping.entries()) {
          if (!members.contains(entry.key())) {
            problems.error(
                entry.place(),
                path + "." + entry.key(),
                "unknown member"
                    + Nearest.hint(entry.key(), members)
                    + (members.isEmpty() ? "" : "; there are: " + String.join(", ", members)));
          }
        }
      }
      case ConfigNode.Scalar scalar -> {}
    }
  }
}
