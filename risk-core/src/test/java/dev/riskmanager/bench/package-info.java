/** Programs that measure; they print figures and assert nothing. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.bench;
