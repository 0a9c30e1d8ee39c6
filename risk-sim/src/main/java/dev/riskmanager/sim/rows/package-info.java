/** The venue's rows: accounts, contracts, orders, positions, trades as JSON. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.sim.rows;
