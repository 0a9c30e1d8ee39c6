package dev.riskmanager.chaos;

import dev.riskmanager.wire.WireJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the venue's ledger says, and what follows from it under the rules: worked out from the
 * trades alone, without a line of the engine's.
 */
final class Ledger {
  /** Rules of every account and of the one that is paused; {@link World} writes them down. */
  static final BigDecimal LIMIT = new BigDecimal("-500");

  static final int TRADES_A_MINUTE = 4;
  static final Duration PAUSE = Duration.ofSeconds(12);

  private static final Duration MINUTE = Duration.ofSeconds(60);

  private final List<Row> rows = new ArrayList<>();
  private final Map<Long, Instant> lockedSince = new HashMap<>();
  private final Map<Long, List<Instant>> pauses = new HashMap<>();
  private final Map<Long, Row.Ordered> orders = new HashMap<>();

  private Ledger() {}

  /**
   * Reads a file the venue may be writing to.
   *
   * @param paused accounts with RULE-006
   */
  static Ledger read(Path file, Set<Long> paused) throws IOException {
    Ledger ledger = new Ledger();
    for (String line : Files.readString(file).split("\n", -1)) {
      if (!line.isEmpty()) {
        Row row = row(line);
        if (row != null) {
          ledger.rows.add(row);
        }
      }
    }
    ledger.judge(paused);
    return ledger;
  }

  private static @Nullable Row row(String line) {
    JsonNode json;
    try {
      json = WireJson.mapper().readTree(line);
    } catch (JacksonException e) {
      return null;
    }
    Instant at = Instant.parse(json.path("at").asString("").replace("+00:00", "Z"));
    if (json.has("order")) {
      JsonNode o = json.path("order");
      return new Row.Ordered(
          at,
          o.path("accountId").longValue(),
          o.path("id").longValue(),
          o.path("contractId").asString(""),
          o.path("status").intValue(),
          o.path("type").intValue(),
          o.path("size").intValue(),
          o.path("fillVolume").intValue(),
          o.path("customTag").asStringOpt().orElse(null));
    }
    if (json.has("trade")) {
      JsonNode t = json.path("trade");
      boolean opening = !t.path("profitAndLoss").isNumber();
      BigDecimal pnl = opening ? BigDecimal.ZERO : t.path("profitAndLoss").decimalValue();
      return new Row.Traded(
          Instant.parse(t.path("creationTimestamp").asString("").replace("+00:00", "Z")),
          t.path("accountId").longValue(),
          t.path("orderId").longValue(),
          t.path("contractId").asString(""),
          pnl.subtract(t.path("fees").decimalValue()),
          opening);
    }
    if (json.has("position")) {
      JsonNode p = json.path("position");
      int sign = p.path("type").intValue() == 2 ? -1 : 1;
      return new Row.Held(
          at,
          p.path("accountId").longValue(),
          p.path("contractId").asString(""),
          sign * p.path("size").intValue());
    }
    if (json.has("request")) {
      return new Row.Asked(
          at,
          json.path("body").path("accountId").longValue(0),
          json.path("request").asString(""),
          json.path("body").toString());
    }
    return null;
  }

  private void judge(Set<Long> paused) {
    Map<Long, BigDecimal> sums = new HashMap<>();
    Map<Long, List<Instant>> firstFills = new HashMap<>();
    Set<Long> counted = new HashSet<>();
    for (Row row : rows) {
      if (row instanceof Row.Ordered order) {
        orders.put(order.id(), order);
      } else if (row instanceof Row.Traded trade) {
        BigDecimal sum = sums.merge(trade.account(), trade.net(), BigDecimal::add);
        if (sum.compareTo(LIMIT) <= 0) {
          lockedSince.putIfAbsent(trade.account(), trade.at());
        }
        if (paused.contains(trade.account()) && counted.add(trade.order())) {
          List<Instant> fills =
              firstFills.computeIfAbsent(trade.account(), id -> new ArrayList<>());
          fills.add(trade.at());
          Instant from = trade.at().minus(MINUTE);
          if (fills.stream().filter(t -> t.isAfter(from)).count() >= TRADES_A_MINUTE) {
            pauses.computeIfAbsent(trade.account(), id -> new ArrayList<>()).add(trade.at());
          }
        }
      }
    }
  }

  List<Row> rows() {
    return rows;
  }

  /** When an account's day lost too much: it is locked from then on, whatever it wins later. */
  Optional<Instant> lockedSince(long account) {
    return Optional.ofNullable(lockedSince.get(account));
  }

  /**
   * The trades at or over the count: each sets a pause if none is on, and no other trade may set
   * one.
   */
  List<Instant> pauses(long account) {
    return pauses.getOrDefault(account, List.of());
  }

  /** The newest state of every order. */
  Map<Long, Row.Ordered> orders() {
    return orders;
  }

  /** Whether an order was made by the engine: by a close, that is. A half-turn has no order. */
  boolean isEngines(long orderId) {
    Row.Ordered order = orders.get(orderId);
    return order != null && order.tag() == null;
  }

  /** Open positions by contract, signed. */
  Map<String, Integer> positions(long account) {
    Map<String, Integer> open = new HashMap<>();
    for (Row row : rows) {
      if (row instanceof Row.Held held && held.account() == account) {
        if (held.signed() == 0) {
          open.remove(held.contract());
        } else {
          open.put(held.contract(), held.signed());
        }
      }
    }
    return open;
  }

  /** Orders of an account that may still do something. */
  List<Row.Ordered> working(long account) {
    return orders.values().stream().filter(o -> o.account() == account && o.isWorking()).toList();
  }
}
