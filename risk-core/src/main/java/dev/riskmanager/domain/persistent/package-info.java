/** Immutable maps whose changed copies share what did not change, iterated in key order. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.domain.persistent;
