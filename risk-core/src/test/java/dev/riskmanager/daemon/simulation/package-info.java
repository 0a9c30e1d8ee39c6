/** The whole engine but its sockets, in virtual time, in seeded worlds (docs/reliability.md). */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.daemon.simulation;
