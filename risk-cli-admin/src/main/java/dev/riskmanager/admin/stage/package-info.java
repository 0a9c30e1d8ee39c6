/**
 * A simulated venue, a temporary home and a real engine on it: for the demonstration and the drill.
 */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.admin.stage;
