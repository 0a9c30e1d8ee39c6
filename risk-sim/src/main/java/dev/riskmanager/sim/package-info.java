/** The simulated venue. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.sim;
