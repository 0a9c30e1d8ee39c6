package dev.riskmanager.sim.http;

import dev.riskmanager.sim.api.Operation;
import dev.riskmanager.sim.exchange.AccountView;
import dev.riskmanager.sim.exchange.Exchange;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.sim.exchange.OrderType;
import dev.riskmanager.sim.exchange.Outcome;
import dev.riskmanager.sim.exchange.Reader;
import dev.riskmanager.sim.exchange.TradeView;
import dev.riskmanager.sim.exchange.Trader;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.knob.Knob;
import dev.riskmanager.sim.knob.KnobException;
import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.market.Quote;
import dev.riskmanager.sim.rows.Rows;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The endpoints under {@code /sim}: knobs, the trader, the market, and what there is to see. */
final class SimApi {
  private final Knobs knobs;
  private final Exchange exchange;
  private final Reader reader;
  private final Trader trader;
  private final Supplier<ObjectNode> state;
  private final Runnable resetLog;

  SimApi(
      Knobs knobs,
      Exchange exchange,
      Trader trader,
      Supplier<ObjectNode> state,
      Runnable resetLog) {
    this.knobs = knobs;
    this.exchange = exchange;
    this.reader = exchange.reader();
    this.trader = trader;
    this.state = state;
    this.resetLog = resetLog;
  }

  void routes(RoutesConfig routes) {
    routes.get("/sim/state", c -> reply(c, 200, state.get()));
    routes.get("/sim/knobs", c -> reply(c, 200, allKnobs()));
    routes.post("/sim/knobs", c -> serve(c, this::setKnobs));
    routes.post("/sim/trade", c -> serve(c, this::trade));
    routes.post("/sim/price", c -> serve(c, this::price));
    routes.post("/sim/order", c -> serve(c, this::order));
    routes.post("/sim/cancel", c -> serve(c, this::cancel));
    routes.post(
        "/sim/reset-log",
        c ->
            serve(
                c,
                b -> {
                  resetLog.run();
                  return Json.object().put("success", true);
                }));
  }

  private static void serve(Context context, Function<Body, ObjectNode> work) {
    try {
      ObjectNode answer = work.apply(Body.parse(context.body()));
      JsonNode success = answer.get("success");
      boolean refused = success != null && success.isBoolean() && !success.booleanValue();
      reply(context, refused ? 409 : 200, answer);
    } catch (BadRequest | KnobException | IllegalArgumentException e) {
      reply(context, 400, Json.object().put("error", e.getMessage()));
    }
  }

  private static void reply(Context context, int status, JsonNode json) {
    context.status(status).contentType("application/json; charset=utf-8").result(Json.bytes(json));
  }

  private ObjectNode setKnobs(Body body) {
    knobs.set(body.node());
    return knobs.current();
  }

  private ObjectNode allKnobs() {
    ObjectNode all = Json.object();
    ObjectNode set = knobs.current();
    for (Knob<?> knob : Knobs.known()) {
      ObjectNode row = all.putObject(knob.name());
      JsonNode value = set.get(knob.name());
      row.put("help", knob.help());
      row.set("set", value == null ? Json.of(null) : value);
    }
    return all;
  }

  /** A market order, a round trip, or a half-turn with its P&amp;L given. */
  private ObjectNode trade(Body b) {
    long account = account(b);
    String contract = contract(b);
    Integer asked = b.optionalInteger("size");
    int size = asked == null ? 1 : asked;
    BigDecimal price = b.optionalDecimal("price");
    if (b.has("profitAndLoss") || b.flag("halfTurn", false)) {
      if (size < 1) {
        throw new BadRequest("The size field must be 1 or more.");
      }
      OrderSide side = b.has("side") ? side(b) : OrderSide.SELL;
      TradeView trade =
          trader.halfTurn(
              account,
              contract,
              side,
              size,
              price,
              b.optionalDecimal("profitAndLoss"),
              b.optionalDecimal("fees"));
      ObjectNode reply = Json.object();
      reply.put("success", true);
      reply.set("trade", Rows.REST.trade(trade));
      return reply;
    }
    OrderSide side = side(b);
    BigDecimal exit = b.optionalDecimal("exitPrice");
    if (exit != null) {
      if (price == null) {
        throw new BadRequest("A round trip needs price and exitPrice.");
      }
      return placed(trader.roundTrip(account, contract, side, size, price, exit));
    }
    return placed(
        price == null
            ? trader.market(account, contract, side, size)
            : trader.marketAt(account, contract, side, size, price));
  }

  private ObjectNode price(Body b) {
    BigDecimal price = b.optionalDecimal("price");
    if (price == null || price.signum() <= 0) {
      throw new BadRequest("The price field is required, above zero.");
    }
    Quote quote = trader.price(contract(b), price);
    ObjectNode reply = Json.object();
    reply.put("contractId", quote.contract().id());
    reply.put("last", Json.plain(quote.last()));
    reply.put("bid", Json.plain(quote.bid()));
    reply.put("ask", Json.plain(quote.ask()));
    return reply;
  }

  /** Any order, with the members of {@code Order/place}; names are taken where numbers are. */
  private ObjectNode order(Body b) {
    ObjectNode request = (ObjectNode) b.node().deepCopy();
    request.put("contractId", trader.contract(contract(b)).id());
    request.put("side", side(b).code());
    request.put("type", type(b.node().get("type")));
    if (!b.has("size")) {
      request.put("size", 1);
    }
    return placed(exchange.place(OrderApi.request(Body.of(request), account(b))));
  }

  private ObjectNode cancel(Body b) {
    return Envelope.of(Operation.ORDER_CANCEL, exchange.cancel(account(b), b.wide("orderId")));
  }

  private static ObjectNode placed(Outcome outcome) {
    return OrderApi.placed(Operation.ORDER_PLACE, outcome);
  }

  private long account(Body b) {
    long id = b.has("accountId") ? b.wide("accountId") : reader.accounts().getFirst().id();
    if (!reader.hasAccount(id)) {
      throw new BadRequest(
          "no account "
              + id
              + "; accounts: "
              + reader.accounts().stream().map(AccountView::id).toList());
    }
    return id;
  }

  private static String contract(Body b) {
    String id = b.optionalText("contractId");
    return id == null ? b.text("symbol") : id;
  }

  private static OrderSide side(Body b) {
    JsonNode side = b.node().get("side");
    return OrderSide.of(text(side))
        .orElseThrow(() -> new BadRequest("The side field must be 0, 1, \"BUY\" or \"SELL\"."));
  }

  private static int type(@Nullable JsonNode type) {
    return type == null || type.isNull()
        ? OrderType.MARKET.code()
        : OrderType.of(text(type))
            .orElseThrow(() -> new BadRequest("The type field must be a number or a name."))
            .code();
  }

  private static String text(@Nullable JsonNode value) {
    return value == null
        ? ""
        : value.isString() ? Objects.requireNonNull(value.stringValue()) : value.toString();
  }
}
