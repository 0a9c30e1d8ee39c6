/** What can be set to misbehave, and how. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.sim.knob;
