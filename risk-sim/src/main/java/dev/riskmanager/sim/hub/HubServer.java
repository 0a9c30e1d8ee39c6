package dev.riskmanager.sim.hub;

import dev.riskmanager.sim.exchange.Later;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.knob.HubKnobs;
import dev.riskmanager.sim.knob.HubKnobs.Sessions;
import dev.riskmanager.sim.knob.Knob;
import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.knob.RestKnobs;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.websocket.api.Session;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One hub: its connections, and what is sent to those who subscribed. Safe for all threads. */
public final class HubServer {
  private final String name;
  private final Knobs knobs;
  private final Later later;
  private final HubMethods methods;
  private final Map<Session, HubConnection> sessions = new ConcurrentHashMap<>();
  private final Set<String> negotiated = ConcurrentHashMap.newKeySet();
  private final AtomicLong opened = new AtomicLong();

  HubServer(String name, Knobs knobs, Later later, HubMethods methods) {
    this.name = name;
    this.knobs = knobs;
    this.later = later;
    this.methods = methods;
    knobs.onChange(HubKnobs.DROP_HUBS, hubs -> ifMine(hubs, this::dropAll));
    knobs.onChange(HubKnobs.LOGOUT_HUBS, hubs -> ifMine(hubs, () -> logoutAll("Logged out.")));
    knobs.onChange(HubKnobs.CLOSE_HUBS, this::closeAll);
    knobs.onChange(RestKnobs.MAINTENANCE, this::maintenance);
  }

  /** {@code user} or {@code market}. */
  public String name() {
    return name;
  }

  /** The answer to a negotiation: one transport, and a connection id to come back with. */
  public ObjectNode negotiate(int version) {
    String token = UUID.randomUUID().toString().replace("-", "");
    negotiated.add(token);
    ObjectNode reply = Json.object();
    reply.put("negotiateVersion", version);
    reply.put("connectionId", version == 0 ? token : UUID.randomUUID().toString());
    if (version > 0) {
      reply.put("connectionToken", token);
    }
    ObjectNode transport = reply.putArray("availableTransports").addObject();
    transport.put("transport", "WebSockets");
    transport.putArray("transferFormats").add("Text");
    return reply;
  }

  /** Whether a connection id came from a negotiation; each is good for one connection. */
  public boolean claim(String id) {
    return negotiated.remove(id);
  }

  /** Whether a further connection is let in now. */
  public boolean admits() {
    return !Knob.covers(knobs.get(HubKnobs.REFUSE_HUBS), name)
        && !(knobs.get(HubKnobs.CONCURRENT_SESSIONS) == Sessions.REFUSE && !sessions.isEmpty());
  }

  public void opened(Session session, String user) {
    if (knobs.get(HubKnobs.CONCURRENT_SESSIONS) == Sessions.KICK) {
      logoutAll("Another session became active.");
    }
    HubConnection connection = new HubConnection(name, user, session, knobs, later, methods);
    sessions.put(session, connection);
    opened.incrementAndGet();
    long dropAfter = knobs.get(HubKnobs.DROP_HUBS_AFTER_MS);
    if (dropAfter > 0) {
      later.after(dropAfter, connection::drop);
    }
  }

  public void received(Session session, String text) {
    HubConnection connection = sessions.get(session);
    if (connection != null) {
      connection.receive(text);
    }
  }

  public void closed(Session session) {
    sessions.remove(session);
  }

  /** Pings and time-outs; called several times a second. */
  public void tick() {
    long now = System.nanoTime();
    connections().forEach(c -> c.tick(now));
  }

  /** Sends an event to everyone subscribed to a topic, as often as they are. */
  void publish(String topic, String event, JsonNode... arguments) {
    String record = null;
    for (HubConnection connection : connections()) {
      for (int i = connection.subscriptions(topic); i > 0; i--) {
        if (record == null) {
          record = HubRecords.event(event, arguments);
        }
        connection.send(record);
      }
    }
  }

  boolean hasSubscribers(String topic) {
    for (HubConnection connection : connections()) {
      if (connection.subscriptions(topic) > 0) {
        return true;
      }
    }
    return false;
  }

  /** The parts of all subscribed topics that follow a prefix. */
  Set<String> subscribed(String prefix) {
    Set<String> result = ConcurrentHashMap.newKeySet();
    for (HubConnection connection : connections()) {
      for (String topic : connection.topics().keySet()) {
        if (topic.startsWith(prefix)) {
          result.add(topic.substring(prefix.length()));
        }
      }
    }
    return result;
  }

  /** Connections now, connections ever, and who is subscribed to what. */
  public ObjectNode state() {
    ObjectNode state = Json.object();
    state.put("connections", sessions.size());
    state.put("openedInAll", opened.get());
    var subscriptions = state.putArray("subscriptions");
    for (HubConnection connection : connections()) {
      subscriptions.add(Json.of(connection.topics()));
    }
    return state;
  }

  /** Cuts all connections; for the end of the venue. */
  public void dropAll() {
    connections().forEach(HubConnection::drop);
  }

  private void logout(HubConnection connection, String reason) {
    ObjectNode usual = Json.object();
    usual.put("reason", reason);
    List<JsonNode> arguments = knobs.get(HubKnobs.LOGOUT_ARGUMENTS).orElse(List.of(usual));
    String event = knobs.get(HubKnobs.LOGOUT_EVENT);
    connection.send(HubRecords.event(event, arguments.toArray(JsonNode[]::new)));
    connection.close("", false);
  }

  private void logoutAll(String reason) {
    connections().forEach(c -> logout(c, reason));
  }

  private void closeAll(HubKnobs.HubClose close) {
    if (close.now()) {
      connections().forEach(c -> c.close(close.error(), close.allowReconnect()));
    }
  }

  private void maintenance(boolean on) {
    if (on) {
      logoutAll("Maintenance.");
    }
  }

  private void ifMine(Set<String> hubs, Runnable action) {
    if (Knob.covers(hubs, name)) {
      action.run();
    }
  }

  private Collection<HubConnection> connections() {
    return sessions.values();
  }
}
