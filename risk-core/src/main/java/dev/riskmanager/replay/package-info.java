/**
 * Recordings and scenario files through the core, without a venue and without a clock: {@code
 * Replay} and {@code ScenarioCheck} are the ways in.
 */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.replay;
