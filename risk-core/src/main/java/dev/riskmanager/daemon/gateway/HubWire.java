package dev.riskmanager.daemon.gateway;

import com.microsoft.signalr.CloseMessage;
import com.microsoft.signalr.CompletionMessage;
import com.microsoft.signalr.GsonHubProtocol;
import com.microsoft.signalr.HubMessage;
import com.microsoft.signalr.HubProtocol;
import com.microsoft.signalr.InvocationBinder;
import com.microsoft.signalr.PingMessage;
import dev.riskmanager.payload.WireJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The JSON hub protocol for the SignalR client, reading what its own reader cannot: any number of
 * arguments (its handlers must match exactly, and the venue sends one, several or a list), exact
 * decimals, {@code "error":null} and unknown record types. An unreadable record is reported and
 * skipped instead of ending the connection.
 *
 * <p>Invocations go to the receiver right here, on the thread that reads the socket, stamped when
 * their bytes came: through the client's own handlers they would take another thread, and the end
 * of the connection could overtake what was said before it.
 */
final class HubWire implements HubProtocol {
  private static final String RECORD_SEPARATOR = "\u001e";

  private final HubProtocol writer = new GsonHubProtocol();
  private final InstantSource clock;
  private final Receiver receiver;

  /** What the hub invoked. */
  record Invocation(Instant arrivedAt, String target, List<JsonNode> arguments) {}

  /** Called on the thread that reads the socket; must not block. */
  interface Receiver {
    /** A message of any kind, pings included. */
    void heard(Instant at);

    void invoked(Invocation invocation);

    /** A record was skipped. */
    void unreadable(String why);
  }

  HubWire(InstantSource clock, Receiver receiver) {
    this.clock = clock;
    this.receiver = receiver;
  }

  @Override
  public String getName() {
    return "json";
  }

  @Override
  public int getVersion() {
    return 1;
  }

  @Override
  public List<HubMessage> parseMessages(ByteBuffer payload, InvocationBinder binder) {
    Instant arrivedAt = clock.instant();
    receiver.heard(arrivedAt);
    List<HubMessage> messages = new ArrayList<>();
    for (String text : StandardCharsets.UTF_8.decode(payload).toString().split(RECORD_SEPARATOR)) {
      if (!text.isBlank()) {
        try {
          HubMessage message = message(WireJson.read(text), arrivedAt);
          if (message != null) {
            messages.add(message);
          }
        } catch (JacksonException e) {
          receiver.unreadable("a record of " + text.length() + " characters is not JSON");
        }
      }
    }
    return messages;
  }

  private @Nullable HubMessage message(JsonNode json, Instant arrivedAt) {
    int type = json.path("type").asInt(0);
    return switch (type) {
      case 1 -> {
        invocation(json, arrivedAt);
        yield null;
      }
      case 3 -> new CompletionMessage(null, text(json, "invocationId"), null, text(json, "error"));
      case 6 -> PingMessage.getInstance();
      case 7 -> {
        String error = text(json, "error");
        yield error == null ? new CloseMessage() : new CloseMessage(error);
      }
      default -> {
        receiver.unreadable("a record of type " + type + " is not expected from a server");
        yield null;
      }
    };
  }

  private void invocation(JsonNode json, Instant arrivedAt) {
    String target = text(json, "target");
    if (target == null) {
      receiver.unreadable("an invocation without a target");
      return;
    }
    JsonNode arguments = json.path("arguments");
    List<JsonNode> all = arguments.isArray() ? List.copyOf(arguments.values()) : List.of();
    receiver.invoked(new Invocation(arrivedAt, target, all));
  }

  private static @Nullable String text(JsonNode json, String name) {
    JsonNode value = json.get(name);
    return value == null || value.isNull() ? null : value.asString("");
  }

  @Override
  public ByteBuffer writeMessage(HubMessage message) {
    return writer.writeMessage(message);
  }
}
