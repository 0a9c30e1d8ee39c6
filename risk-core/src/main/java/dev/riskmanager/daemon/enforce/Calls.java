package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.VenueReply;
import java.util.function.Consumer;

/** How requests get to the venue and answers come back. */
@FunctionalInterface
public interface Calls {
  /**
   * Sends the request without waiting for it.
   *
   * @param onReply gets the answer, at most once, on any thread but never before this returns; it
   *     may stay away for ever
   */
  void send(VenueRequest request, Consumer<VenueReply<?>> onReply);
}
