/** The two SignalR hubs, server side. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.sim.hub;
