package dev.riskmanager.sim.hub;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a hub can be asked to do. */
interface HubMethods {
  /** How an invocation ended. */
  enum Result {
    DONE,
    /** No method of that name. */
    NO_METHOD,
    /** Wrong number or kind of arguments. */
    BAD_ARGUMENTS
  }

  /** Runs a method for a connection; it may send events before it returns. */
  Result invoke(HubConnection connection, String method, List<JsonNode> arguments);
}
