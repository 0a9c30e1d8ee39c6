/** A REST client and a hub client without any library of the venue's or Microsoft's. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.sim.testing;
