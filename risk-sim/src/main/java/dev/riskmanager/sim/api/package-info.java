/** The operations and their error codes. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.sim.api;
