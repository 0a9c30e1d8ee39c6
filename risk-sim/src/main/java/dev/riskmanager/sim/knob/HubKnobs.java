package dev.riskmanager.sim.knob;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Knobs of the two hubs: connections, framing, delivery, shape of payloads. */
public final class HubKnobs {
  private static final List<String> HUBS = List.of("user", "market");

  public static final Knob<Set<String>> DROP_HUBS =
      Knob.names(
          "drop_hubs",
          HUBS,
          "now: cut the connections of user, market, or both (true), without a goodbye");
  public static final Knob<Long> DROP_HUBS_AFTER_MS =
      Knob.number(
          "drop_hubs_after_ms", 0, 0, 86_400_000, "cut each new connection after this; 0 never");
  public static final Knob<Set<String>> REFUSE_HUBS =
      Knob.names("refuse_hubs", HUBS, "401 on connecting to user, market, or both (true)");
  public static final Knob<Set<String>> SILENT_HUBS =
      Knob.names(
          "silent_hubs",
          HUBS,
          "connected but dead: no events, no pings, no completions; true both");
  public static final Knob<Set<String>> LOGOUT_HUBS =
      Knob.names(
          "logout_hubs", HUBS, "now: send GatewayLogout and close user, market, or both (true)");
  public static final Knob<String> LOGOUT_EVENT =
      new Knob<>(
          "logout_event",
          "GatewayLogout",
          "the name of that event; some clients listen to gatewaylogout",
          (v, was) -> {
            if (!v.isString() || v.stringValue().isBlank()) {
              throw Knob.wrong("logout_event", v, "a name");
            }
            return v.stringValue();
          });
  public static final Knob<Optional<List<JsonNode>>> LOGOUT_ARGUMENTS =
      new Knob<>(
          "logout_arguments",
          Optional.empty(),
          "its arguments, a list of anything; by default one object with a reason",
          (v, was) -> {
            if (!v.isArray()) {
              throw Knob.wrong("logout_arguments", v, "a list, such as [] or [{\"message\":TEXT}]");
            }
            return Optional.of(List.copyOf(v.values()));
          });
  public static final Knob<HubClose> CLOSE_HUBS =
      new Knob<>(
          "close_hubs",
          HubClose.NOT,
          "now: a close message, text or {\"error\":TEXT,\"allowReconnect\":true}",
          (v, was) -> HubClose.parse(v));
  public static final Knob<Long> REQUIRE_HANDSHAKE_VERSION =
      Knob.number("require_handshake_version", 0, 0, 1, "lowest protocol version that is let in");
  public static final Knob<Long> PING_MS =
      Knob.number("ping_ms", 15_000, 10, 600_000, "a ping after this long without sending");
  public static final Knob<Long> CLIENT_TIMEOUT_MS =
      Knob.number(
          "client_timeout_ms", 30_000, 10, 600_000, "close a client that is silent for this long");
  public static final Knob<Completion> COMPLETION =
      Knob.choice(
          "completion", Completion.ZERO, "result of an invocation: zero, null, absent, error");
  public static final Knob<Boolean> DUPLICATE_SUBSCRIPTIONS =
      Knob.flag("duplicate_subscriptions", true, "subscribing twice delivers every event twice");
  public static final Knob<Sessions> CONCURRENT_SESSIONS =
      Knob.choice(
          "concurrent_sessions",
          Sessions.ALLOW,
          "a second connection to a hub: allow, kick (the oldest, with GatewayLogout), refuse"
              + " (401)");
  public static final Knob<Frames> FRAMES =
      Knob.choice(
          "frames",
          Frames.SINGLE,
          "single; coalesce: several records in one message; split: one message in several frames");
  public static final Knob<Boolean> DUPLICATE_EVENTS =
      Knob.flag("duplicate_events", false, "every user event twice");
  public static final Knob<Boolean> REORDER_EVENTS =
      Knob.flag("reorder_events", false, "the position of a fill before its trade");
  public static final Knob<Set<String>> DROP_EVENTS =
      Knob.names("drop_events", List.of(), "names of events that are never sent; true for all");
  public static final Knob<Set<String>> REFUSE_SUBSCRIPTIONS =
      Knob.names(
          "refuse_subscriptions", List.of(), "accounts whose subscriptions fail; true for all");
  public static final Knob<Long> DELAY_EVENTS_MS =
      Knob.number("delay_events_ms", 0, 0, 600_000, "user events arrive this much later");
  public static final Knob<Payload> PAYLOAD =
      Knob.choice("payload", Payload.WRAPPED, "user events: wrapped, flat, array, spread");
  public static final Knob<Boolean> STRING_IDS =
      Knob.flag("string_ids", false, "order ids on the hub as texts");
  public static final Knob<Boolean> QUOTE_WITHOUT_LAST =
      Knob.flag("quote_without_last", false, "quotes never carry lastPrice");
  public static final Knob<Boolean> NULL_ENTRIES =
      Knob.flag("null_entries", false, "arrays of market events carry a null besides");
  public static final Knob<Boolean> SENTINEL_TIMES =
      Knob.flag("sentinel_times", false, "market events are stamped 0001-01-01T00:00:00+00:00");

  static final List<Knob<?>> ALL =
      List.of(
          DROP_HUBS,
          DROP_HUBS_AFTER_MS,
          REFUSE_HUBS,
          SILENT_HUBS,
          LOGOUT_HUBS,
          LOGOUT_EVENT,
          LOGOUT_ARGUMENTS,
          CLOSE_HUBS,
          REQUIRE_HANDSHAKE_VERSION,
          PING_MS,
          CLIENT_TIMEOUT_MS,
          COMPLETION,
          DUPLICATE_SUBSCRIPTIONS,
          CONCURRENT_SESSIONS,
          FRAMES,
          DUPLICATE_EVENTS,
          REORDER_EVENTS,
          DROP_EVENTS,
          REFUSE_SUBSCRIPTIONS,
          DELAY_EVENTS_MS,
          PAYLOAD,
          STRING_IDS,
          QUOTE_WITHOUT_LAST,
          NULL_ENTRIES,
          SENTINEL_TIMES);

  private HubKnobs() {}

  /** What a completion carries. */
  public enum Completion {
    ZERO,
    NULL,
    ABSENT,
    ERROR
  }

  /** What a second connection to the same hub meets. */
  public enum Sessions {
    ALLOW,
    KICK,
    REFUSE
  }

  /** How records become WebSocket messages and frames. */
  public enum Frames {
    SINGLE,
    COALESCE,
    SPLIT
  }

  /** How a user event's arguments look. */
  public enum Payload {
    WRAPPED,
    FLAT,
    ARRAY,
    SPREAD
  }

  /**
   * A close message.
   *
   * @param error empty for none
   */
  public record HubClose(boolean now, String error, boolean allowReconnect) {
    static final HubClose NOT = new HubClose(false, "", false);

    static HubClose parse(JsonNode v) {
      if (v.isString()) {
        return new HubClose(true, v.stringValue(), false);
      }
      JsonNode error = v.get("error");
      JsonNode again = v.get("allowReconnect");
      if (!v.isObject()
          || (error != null && !error.isString())
          || (again != null && !again.isBoolean())) {
        throw Knob.wrong("close_hubs", v, "a text, or {\"error\":TEXT,\"allowReconnect\":true}");
      }
      return new HubClose(
          true, error == null ? "" : error.stringValue(), again != null && again.booleanValue());
    }
  }
}
