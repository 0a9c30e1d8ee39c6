package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.gateway.HubWire.Invocation;
import java.time.Instant;

/** What a {@link HubLink} connects for. */
interface HubOwner {
  /** The connection is open: subscribe. On a worker, may block. */
  void opened(HubSession session) throws HubFailure;

  /** Subscribed. On a worker, may block. */
  void up(HubSession session);

  /** A message of any kind came. Must not block. */
  void heard(Instant at);

  /** The hub invoked something; on the thread that reads the socket, must not block. */
  void invoked(HubSession session, Invocation invocation);

  /** An established connection is gone. Must not block. */
  void lost(String reason, Instant lastHeard);

  /**
   * It could not be established.
   *
   * @param often all delays have been tried; the last is used from now on
   */
  void failed(Exception cause, boolean often);

  /** A record that nobody could read. Must not block. */
  void unreadable(String why);

  /** Time has passed; about every second, connected or not. Must not block. */
  void watched();
}
