/** JSON and timestamps as the venue writes them. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.sim.json;
