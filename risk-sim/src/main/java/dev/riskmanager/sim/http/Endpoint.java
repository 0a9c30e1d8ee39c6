package dev.riskmanager.sim.http;

import tools.jackson.databind.node.ObjectNode;

/** Carries out one operation and gives the whole envelope. */
@FunctionalInterface
interface Endpoint {
  /**
   * @throws BadRequest for a body that cannot be read
   */
  ObjectNode answer(Call call);
}
