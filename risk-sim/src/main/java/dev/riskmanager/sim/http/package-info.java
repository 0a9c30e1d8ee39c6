/** The REST operations and the endpoints that steer the simulation. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.sim.http;
