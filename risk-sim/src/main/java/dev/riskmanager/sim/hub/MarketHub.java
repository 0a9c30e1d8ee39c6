package dev.riskmanager.sim.hub;

import dev.riskmanager.sim.exchange.Later;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.json.Stamps;
import dev.riskmanager.sim.knob.HubKnobs;
import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.market.Contract;
import dev.riskmanager.sim.market.ContractCatalog;
import dev.riskmanager.sim.market.Quote;
import dev.riskmanager.sim.market.Quotes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The market hub: quotes (a full one first, then what changed), trades and depth by contract. */
public final class MarketHub implements HubMethods {
  private static final Map<String, String> BY_CONTRACT =
      Map.of(
          "ContractQuotes",
          "quotes/",
          "ContractTrades",
          "trades/",
          "ContractMarketDepth",
          "depth/");
  private static final int DEPTH_LEVELS = 10;
  private static final int DOM_ASK = 1;
  private static final int DOM_BID = 2;
  private static final String SENTINEL = "0001-01-01T00:00:00+00:00";

  private final Knobs knobs;
  private final ContractCatalog catalog;
  private final Quotes quotes;
  private final HubServer server;
  private final Map<String, Quote> published = new ConcurrentHashMap<>();

  public MarketHub(Knobs knobs, Later later, ContractCatalog catalog, Quotes quotes) {
    this.knobs = knobs;
    this.catalog = catalog;
    this.quotes = quotes;
    this.server = new HubServer("market", knobs, later, this);
  }

  public HubServer server() {
    return server;
  }

  /** Ids of the contracts somebody listens to. */
  public Set<String> watched() {
    Set<String> result = server.subscribed("quotes/");
    result.addAll(server.subscribed("trades/"));
    return result;
  }

  @Override
  public Result invoke(HubConnection connection, String method, List<JsonNode> arguments) {
    boolean on = method.startsWith("Subscribe");
    String what =
        on ? method.substring("Subscribe".length()) : method.replaceFirst("^Unsubscribe", "");
    String prefix = BY_CONTRACT.get(what);
    if (prefix == null || (!on && what.equals(method))) {
      return Result.NO_METHOD;
    }
    if (arguments.size() != 1 || !arguments.getFirst().isString()) {
      return Result.BAD_ARGUMENTS;
    }
    String id = arguments.getFirst().stringValue();
    if (!on) {
      connection.unsubscribe(prefix + id);
      return Result.DONE;
    }
    connection.subscribe(prefix + id);
    Optional<Contract> contract = catalog.byId(id);
    contract.ifPresent(c -> snapshot(connection, prefix, quotes.of(c)));
    return Result.DONE;
  }

  private void snapshot(HubConnection connection, String prefix, Quote quote) {
    if (prefix.equals("quotes/")) {
      connection.send(HubRecords.event("GatewayQuote", id(quote), quote(quote, null)));
    } else if (prefix.equals("depth/")) {
      connection.send(HubRecords.event("GatewayDepth", id(quote), depth(quote)));
    }
  }

  /** The market of a contract moved. */
  public void publish(Quote quote) {
    String contract = quote.contract().id();
    Quote before = published.put(contract, quote);
    if (server.hasSubscribers("quotes/" + contract)) {
      server.publish("quotes/" + contract, "GatewayQuote", id(quote), quote(quote, before));
    }
    if (server.hasSubscribers("trades/" + contract)) {
      server.publish("trades/" + contract, "GatewayTrade", id(quote), trades(quote, before));
    }
    if (server.hasSubscribers("depth/" + contract)) {
      server.publish("depth/" + contract, "GatewayDepth", id(quote), depth(quote));
    }
  }

  private static JsonNode id(Quote quote) {
    return Json.of(quote.contract().id());
  }

  /** All members without a quote before; else only those that changed, the stamps apart. */
  private ObjectNode quote(Quote now, @Nullable Quote before) {
    ObjectNode row = Json.object();
    row.put("symbol", now.contract().symbolId());
    if (before == null) {
      row.put("symbolName", "/" + now.contract().symbol());
    }
    if (!knobs.get(HubKnobs.QUOTE_WITHOUT_LAST)) {
      member(row, "lastPrice", now.last(), before == null ? null : before.last());
    }
    member(row, "bestBid", now.bid(), before == null ? null : before.bid());
    member(row, "bestAsk", now.ask(), before == null ? null : before.ask());
    member(row, "change", now.change(), before == null ? null : before.change());
    member(row, "changePercent", percent(now), before == null ? null : percent(before));
    member(row, "open", now.open(), before == null ? null : before.open());
    member(row, "high", now.high(), before == null ? null : before.high());
    member(row, "low", now.low(), before == null ? null : before.low());
    if (before == null || before.volume() != now.volume()) {
      row.put("volume", now.volume());
    }
    row.put("lastUpdated", knobs.get(HubKnobs.SENTINEL_TIMES) ? SENTINEL : Stamps.hub(now.time()));
    row.put("timestamp", stamp(now.time()));
    row.put("contract", now.contract().id());
    return row;
  }

  private static void member(
      ObjectNode row, String name, BigDecimal now, @Nullable BigDecimal before) {
    if (before == null || now.compareTo(before) != 0) {
      row.put(name, Json.plain(now));
    }
  }

  private static BigDecimal percent(Quote quote) {
    return quote.open().signum() == 0
        ? BigDecimal.ZERO
        : quote.change().movePointRight(2).divide(quote.open(), 4, RoundingMode.HALF_EVEN);
  }

  private ArrayNode trades(Quote now, @Nullable Quote before) {
    ArrayNode rows = Json.array();
    ObjectNode row = rows.addObject();
    row.put("symbolId", now.contract().symbolId());
    row.put("price", Json.plain(now.last()));
    row.put("timestamp", stamp(now.time()));
    boolean down = before != null && now.last().compareTo(before.last()) < 0;
    row.put("type", down ? 1 : 0);
    row.put("volume", 1);
    row.put("contractId", now.contract().id());
    return padded(rows);
  }

  private ArrayNode depth(Quote quote) {
    ArrayNode rows = Json.array();
    for (int level = 0; level < DEPTH_LEVELS; level++) {
      level(rows, quote, DOM_BID, quote.bid().subtract(quote.contract().ticks(level)), level);
      level(rows, quote, DOM_ASK, quote.ask().add(quote.contract().ticks(level)), level);
    }
    return padded(rows);
  }

  private void level(ArrayNode rows, Quote quote, int type, BigDecimal price, int level) {
    ObjectNode row = rows.addObject();
    row.put("contractId", quote.contract().id());
    row.put("timestamp", stamp(quote.time()));
    row.put("type", type);
    row.put("price", Json.plain(price));
    row.put("volume", 2 + level * 3);
    row.put("currentVolume", 0);
  }

  private ArrayNode padded(ArrayNode rows) {
    if (knobs.get(HubKnobs.NULL_ENTRIES)) {
      rows.addNull();
    }
    return rows;
  }

  private String stamp(Instant time) {
    return knobs.get(HubKnobs.SENTINEL_TIMES) ? SENTINEL : Stamps.market(time);
  }
}
