/** Orders, fills, positions, trades and balances: the venue's books, under one lock. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.sim.exchange;
