/**
 * The market's and the account's nouns, as values: exact, immutable, without identity of their own.
 */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.domain.model;
