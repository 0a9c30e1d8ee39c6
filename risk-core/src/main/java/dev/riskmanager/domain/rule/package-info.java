/** The contract every rule keeps. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.domain.rule;
