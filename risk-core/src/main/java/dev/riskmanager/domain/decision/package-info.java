/** What the core decided: data that somebody else carries out. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.domain.decision;
