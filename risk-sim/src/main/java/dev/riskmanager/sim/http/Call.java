package dev.riskmanager.sim.http;

import dev.riskmanager.sim.api.Operation;

/**
 * A request that passed authentication.
 *
 * @param token empty for operations without one
 * @param user empty for operations without a token
 */
record Call(Operation operation, Body body, String token, String user) {}
