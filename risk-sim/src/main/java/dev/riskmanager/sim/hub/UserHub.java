package dev.riskmanager.sim.hub;

import dev.riskmanager.sim.exchange.AccountView;
import dev.riskmanager.sim.exchange.Later;
import dev.riskmanager.sim.exchange.UserEvent;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.knob.HubKnobs;
import dev.riskmanager.sim.knob.HubKnobs.Payload;
import dev.riskmanager.sim.knob.Knob;
import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.rows.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The user hub: accounts, orders, positions and trades of the accounts subscribed to. */
public final class UserHub implements HubMethods {
  private static final String ACCOUNTS = "accounts";
  private static final Map<String, String> BY_ACCOUNT =
      Map.of("Orders", "orders/", "Positions", "positions/", "Trades", "trades/");
  private static final int ADDED = 0;
  private static final int CHANGED = 1;
  private static final int REMOVED = 2;

  private final Knobs knobs;
  private final Later later;
  private final Supplier<List<AccountView>> accounts;
  private final HubServer server;

  /**
   * @param accounts all accounts as they are, for those who subscribe
   */
  public UserHub(Knobs knobs, Later later, Supplier<List<AccountView>> accounts) {
    this.knobs = knobs;
    this.later = later;
    this.accounts = accounts;
    this.server = new HubServer("user", knobs, later, this);
  }

  public HubServer server() {
    return server;
  }

  @Override
  public Result invoke(HubConnection connection, String method, List<JsonNode> arguments) {
    boolean on = method.startsWith("Subscribe");
    String what =
        on ? method.substring("Subscribe".length()) : method.replaceFirst("^Unsubscribe", "");
    if (!on && what.equals(method)) {
      return Result.NO_METHOD;
    }
    if (what.equals("Accounts")) {
      if (!arguments.isEmpty()) {
        return Result.BAD_ARGUMENTS;
      }
      change(connection, ACCOUNTS, on);
      if (on) {
        for (AccountView account : accounts.get()) {
          connection.send(
              HubRecords.event("GatewayUserAccount", shaped(CHANGED, Rows.HUB.account(account))));
        }
      }
      return Result.DONE;
    }
    String prefix = BY_ACCOUNT.get(what);
    if (prefix == null) {
      return Result.NO_METHOD;
    }
    // A number, as on the real hub: an account id as text does not bind.
    if (arguments.size() != 1 || !arguments.getFirst().isIntegralNumber()) {
      return Result.BAD_ARGUMENTS;
    }
    long account = arguments.getFirst().longValue();
    Set<String> refused = knobs.get(HubKnobs.REFUSE_SUBSCRIPTIONS);
    if (on && Knob.covers(refused, Long.toString(account))) {
      return Result.BAD_ARGUMENTS;
    }
    change(connection, prefix + account, on);
    return Result.DONE;
  }

  private static void change(HubConnection connection, String topic, boolean on) {
    if (on) {
      connection.subscribe(topic);
    } else {
      connection.unsubscribe(topic);
    }
  }

  /** The events of one step of the exchange, in its order unless the knobs say otherwise. */
  public void publish(List<UserEvent> step) {
    List<UserEvent> events = new ArrayList<>(step);
    if (knobs.get(HubKnobs.REORDER_EVENTS)) {
      positionsFirst(events);
    }
    long delay = knobs.get(HubKnobs.DELAY_EVENTS_MS);
    if (delay > 0) {
      later.after(delay, () -> events.forEach(this::send));
    } else {
      events.forEach(this::send);
    }
  }

  private static void positionsFirst(List<UserEvent> events) {
    for (int i = 1; i < events.size(); i++) {
      if (events.get(i) instanceof UserEvent.PositionChanged position
          && events.get(i - 1) instanceof UserEvent.Traded trade) {
        events.set(i - 1, position);
        events.set(i, trade);
      }
    }
  }

  private void send(UserEvent event) {
    switch (event) {
      case UserEvent.OrderChanged e -> {
        ObjectNode row = Rows.HUB.order(e.order());
        if (knobs.get(HubKnobs.STRING_IDS)) {
          row.put("id", String.valueOf(e.order().id()));
        }
        send("orders/" + e.accountId(), "GatewayUserOrder", CHANGED, row);
      }
      case UserEvent.Traded e -> {
        ObjectNode row = Rows.HUB.trade(e.trade());
        if (knobs.get(HubKnobs.STRING_IDS)) {
          row.put("orderId", String.valueOf(e.trade().orderId()));
        }
        send("trades/" + e.accountId(), "GatewayUserTrade", ADDED, row);
      }
      case UserEvent.PositionChanged e ->
          send(
              "positions/" + e.accountId(),
              "GatewayUserPosition",
              e.position().type() == 0 ? REMOVED : CHANGED,
              Rows.HUB.position(e.position()));
      case UserEvent.AccountChanged e ->
          send(ACCOUNTS, "GatewayUserAccount", CHANGED, Rows.HUB.account(e.account()));
    }
  }

  private void send(String topic, String name, int action, ObjectNode row) {
    if (Knob.covers(knobs.get(HubKnobs.DROP_EVENTS), name)) {
      return;
    }
    JsonNode[] arguments = shaped(action, row);
    server.publish(topic, name, arguments);
    if (knobs.get(HubKnobs.DUPLICATE_EVENTS)) {
      server.publish(topic, name, arguments);
    }
  }

  /** The arguments of an event, in the shape the payload knob asks for. */
  private JsonNode[] shaped(int action, ObjectNode row) {
    Payload payload = knobs.get(HubKnobs.PAYLOAD);
    if (payload == Payload.FLAT) {
      return new JsonNode[] {row};
    }
    ObjectNode wrapped = Json.object();
    wrapped.put("action", action);
    wrapped.set("data", row);
    return switch (payload) {
      case WRAPPED -> new JsonNode[] {wrapped};
      case ARRAY -> new JsonNode[] {Json.array().add(wrapped)};
      // As some clients saw them: further arguments beside the first, padded with null.
      case SPREAD -> new JsonNode[] {wrapped, Json.of(null)};
      case FLAT -> new JsonNode[] {row};
    };
  }
}
