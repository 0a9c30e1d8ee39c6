/** Properties of the core that hold for every sequence of events under every set of rules. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.domain.property;
