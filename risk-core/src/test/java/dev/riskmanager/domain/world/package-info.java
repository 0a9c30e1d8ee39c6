/** A small language for tests of the core: events in, printed decisions out. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.domain.world;
