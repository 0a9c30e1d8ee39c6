package dev.riskmanager.sim.hub;

import dev.riskmanager.sim.exchange.Later;
import dev.riskmanager.sim.hub.HubMethods.Result;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.knob.HubKnobs;
import dev.riskmanager.sim.knob.HubKnobs.Frames;
import dev.riskmanager.sim.knob.Knob;
import dev.riskmanager.sim.knob.Knobs;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One client's connection to one hub: handshake, records, subscriptions, keep-alive. Sending never
 * blocks; messages leave in the order they were given.
 */
final class HubConnection {
  private static final int MOST_UNSENT = 50_000;
  private static final int LONGEST_RECORD = 1 << 20;
  private static final int COALESCE_MS = 5;
  private static final int NORMAL_CLOSURE = 1000;

  final String hub;
  final String user;
  private final Session session;
  private final Knobs knobs;
  private final Later later;
  private final HubMethods methods;
  private final Map<String, Integer> topics = new ConcurrentHashMap<>();
  private final AtomicInteger unsent = new AtomicInteger();
  private final Object sending = new Object();
  private final StringBuilder received = new StringBuilder();
  private final StringBuilder coalesced = new StringBuilder();
  private final long openedNanos = System.nanoTime();
  private volatile long heardNanos = openedNanos;
  private volatile long sentNanos = openedNanos;
  private volatile boolean ready;
  private volatile boolean closing;

  HubConnection(
      String hub, String user, Session session, Knobs knobs, Later later, HubMethods methods) {
    this.hub = hub;
    this.user = user;
    this.session = session;
    this.knobs = knobs;
    this.later = later;
    this.methods = methods;
  }

  boolean ready() {
    return ready;
  }

  Map<String, Integer> topics() {
    return Map.copyOf(topics);
  }

  /** How many times events of a topic go to this client. */
  int subscriptions(String topic) {
    int count = topics.getOrDefault(topic, 0);
    return knobs.get(HubKnobs.DUPLICATE_SUBSCRIPTIONS) ? count : Math.min(count, 1);
  }

  void subscribe(String topic) {
    topics.merge(topic, 1, Integer::sum);
  }

  void unsubscribe(String topic) {
    topics.remove(topic);
  }

  /** Text from the client; it may hold several records, or the beginning of one. */
  void receive(String text) {
    heardNanos = System.nanoTime();
    received.append(text);
    if (received.length() > LONGEST_RECORD) {
      close("The maximum message size was exceeded.", false);
      return;
    }
    int end;
    while ((end = received.indexOf(String.valueOf(HubRecords.SEPARATOR))) >= 0 && !closing) {
      String record = received.substring(0, end);
      received.delete(0, end + 1);
      try {
        JsonNode message = Json.parse(record);
        if (ready) {
          message(message);
        } else {
          handshake(message);
        }
      } catch (JacksonException e) {
        close("Connection closed with an error.", false);
      }
    }
  }

  private void handshake(JsonNode hello) {
    JsonNode protocol = hello.get("protocol");
    JsonNode version = hello.get("version");
    String name = protocol != null && protocol.isString() ? protocol.stringValue() : "";
    if (!name.equals("json")) {
      refuse("The protocol '" + name + "' is not supported.");
    } else if (version == null || !version.isInt() || version.intValue() > 1) {
      refuse("The server does not support version " + version + " of the 'json' protocol.");
    } else if (version.intValue() < knobs.get(HubKnobs.REQUIRE_HANDSHAKE_VERSION)) {
      // As reported of the real venue: no error text, the connection just ends.
      drop();
    } else {
      // Whoever knows of the handshake from the client is not to find it unfinished here.
      synchronized (sending) {
        transmit(HubRecords.HANDSHAKE_OK);
        ready = true;
      }
    }
  }

  private void refuse(String error) {
    closing = true;
    transmit(HubRecords.handshakeError(error));
    session.close(NORMAL_CLOSURE, "", Callback.NOOP);
  }

  private void message(JsonNode message) {
    JsonNode type = message.get("type");
    switch (type == null || !type.isInt() ? -1 : type.intValue()) {
      case HubRecords.INVOCATION, HubRecords.STREAM_INVOCATION -> invocation(message);
      case HubRecords.PING,
          HubRecords.COMPLETION,
          HubRecords.STREAM_ITEM,
          HubRecords.CANCEL_INVOCATION -> {}
      case HubRecords.CLOSE -> {
        closing = true;
        session.close(NORMAL_CLOSURE, "", Callback.NOOP);
      }
      default -> close("Connection closed with an error.", false);
    }
  }

  private void invocation(JsonNode message) {
    JsonNode target = message.get("target");
    JsonNode arguments = message.get("arguments");
    if (target == null || !target.isString()) {
      close("Connection closed with an error.", false);
      return;
    }
    String method = target.stringValue();
    List<JsonNode> given =
        arguments == null || !arguments.isArray() ? List.of() : List.copyOf(arguments.values());
    Result result = methods.invoke(this, method, given);
    JsonNode id = message.get("invocationId");
    if (id != null && id.isString()) {
      complete(id.stringValue(), method, result);
    }
  }

  private void complete(String id, String method, Result result) {
    String failed = "Failed to invoke '" + method + "' due to an error on the server.";
    String record =
        switch (result) {
          case NO_METHOD ->
              HubRecords.completion(id, null, failed + " HubException: Method does not exist.");
          case BAD_ARGUMENTS -> HubRecords.completion(id, null, failed);
          case DONE ->
              switch (knobs.get(HubKnobs.COMPLETION)) {
                case ZERO -> HubRecords.completion(id, Json.of(0), null);
                case NULL -> HubRecords.completion(id, Json.of(null), null);
                case ABSENT -> HubRecords.completion(id, null, null);
                case ERROR -> HubRecords.completion(id, null, failed);
              };
        };
    send(record);
  }

  /** Sends one record, unless this hub is to be silent. */
  void send(String record) {
    synchronized (sending) {
      if (!ready || closing) {
        return;
      }
    }
    if (Knob.covers(knobs.get(HubKnobs.SILENT_HUBS), hub)) {
      return;
    }
    if (knobs.get(HubKnobs.FRAMES) == Frames.COALESCE) {
      synchronized (sending) {
        if (coalesced.isEmpty()) {
          later.after(COALESCE_MS, this::flush);
        }
        coalesced.append(record);
      }
    } else {
      transmit(record);
    }
  }

  private void flush() {
    synchronized (sending) {
      String text = coalesced.toString();
      coalesced.setLength(0);
      transmit(text);
    }
  }

  private void transmit(String text) {
    if (unsent.get() > MOST_UNSENT) {
      // A client that reads nothing any more would otherwise fill the memory.
      drop();
      return;
    }
    unsent.incrementAndGet();
    Callback done = Callback.from(unsent::decrementAndGet, failure -> unsent.decrementAndGet());
    synchronized (sending) {
      sentNanos = System.nanoTime();
      if (knobs.get(HubKnobs.FRAMES) == Frames.SPLIT && ready) {
        split(text, done);
      } else {
        session.sendText(text, done);
      }
    }
  }

  /** One message in two frames: the second leaves when the first is out. */
  private void split(String text, Callback done) {
    int half = text.length() / 2;
    session.sendPartialText(
        text.substring(0, half),
        false,
        Callback.from(() -> session.sendPartialText(text.substring(half), true, done), done::fail));
  }

  /**
   * Keeps the connection alive, and ends one whose client does not. Called several times a second.
   */
  void tick(long nowNanos) {
    long pingNanos = knobs.get(HubKnobs.PING_MS) * 1_000_000;
    long timeoutNanos = knobs.get(HubKnobs.CLIENT_TIMEOUT_MS) * 1_000_000;
    if (!ready) {
      if (nowNanos - openedNanos > timeoutNanos / 2) {
        refuse("Handshake was canceled.");
      }
    } else if (nowNanos - heardNanos > timeoutNanos) {
      close("Client timeout elapsed without receiving a message from the client.", false);
    } else if (nowNanos - sentNanos >= pingNanos) {
      send(HubRecords.PING_RECORD);
    }
  }

  /** Says goodbye with a close record, then closes. */
  void close(String error, boolean allowReconnect) {
    if (!closing) {
      send(HubRecords.close(error, allowReconnect));
      closing = true;
      session.close(NORMAL_CLOSURE, "", Callback.NOOP);
    }
  }

  /** Cuts the connection without a word. */
  void drop() {
    closing = true;
    session.disconnect();
  }
}
