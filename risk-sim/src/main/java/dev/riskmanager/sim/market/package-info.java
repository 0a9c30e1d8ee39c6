/** Contracts, prices and the paths prices take. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.sim.market;
