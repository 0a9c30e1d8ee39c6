package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.VenueReply;

/** A part of a plan that asks for requests of one kind and hears what became of them. */
interface Step {
  void sent(Sent sent);

  /** The answer, or an ambiguous one made up when there was none in time. */
  void answered(Sent sent, VenueReply<?> reply, Stamp stamp);
}
