package dev.riskmanager.daemon.gateway;

import com.microsoft.signalr.InvocationBinder;
import dev.riskmanager.daemon.port.EventSink;
import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.payload.Translation;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The gateway with nobody at the other end, to run its code before it is needed: what it is told is
 * read as a hub's record would be, and what its venue is asked goes into memory and is answered
 * with success. Nothing leaves the process.
 */
public final class RehearsalGateway implements AutoCloseable {
  /** Never connected to; a number, so that no name is looked up. */
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

  /** An account that is flat, and a token for who logs in. */
  private static final String ANSWER =
      """
      {"positions":[],"orders":[],"trades":[],"totalCount":0,"token":"rehearsal",
       "success":true,"errorCode":0,"errorMessage":null}\
      """;

  private static final InvocationBinder NO_BINDER =
      new InvocationBinder() {
        @Override
        public Type getReturnType(String invocationId) {
          return Object.class;
        }

        @Override
        public List<Type> getParameterTypes(String methodName) {
          return List.of();
        }
      };

  private final RestClient client;
  private final RestVenue venue;
  private final HubWire wire;

  /**
   * Connects nothing.
   *
   * @param sink takes the events that come of what is heard
   */
  public RehearsalGateway(InstantSource clock, EventSink sink) {
    this.client =
        new RestClient(
            GatewaySettings.at(NOWHERE), clock, time -> {}, SilentSocket.answering(ANSWER));
    this.venue =
        new RestVenue(
            client,
            new TokenSource(client, new Credentials("rehearsal", "rehearsal"), clock),
            clock);
    Gate gate = new Gate(sink);
    this.wire =
        new HubWire(
            clock,
            new HubWire.Receiver() {
              @Override
              public void heard(Instant at) {}

              @Override
              public void invoked(HubWire.Invocation invocation) {
                Translation.hubEvent(invocation.target(), invocation.arguments())
                    .events()
                    .forEach(event -> gate.pass(invocation.arrivedAt(), event));
              }

              @Override
              public void unreadable(String why) {}
            });
  }

  /** Answers everything with success, and shows every account flat. */
  public Venue venue() {
    return venue;
  }

  /**
   * Takes in what a user hub would send.
   *
   * @param target e.g. {@code GatewayUserTrade}
   * @param argument JSON
   */
  public void hear(String target, String argument) {
    String text =
        "{\"type\":1,\"target\":\"" + target + "\",\"arguments\":[" + argument + "]}\u001e";
    wire.parseMessages(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), NO_BINDER);
  }

  @Override
  public void close() {
    client.close();
  }
}
