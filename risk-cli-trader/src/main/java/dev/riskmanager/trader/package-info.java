/** The trader's program. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.trader;
