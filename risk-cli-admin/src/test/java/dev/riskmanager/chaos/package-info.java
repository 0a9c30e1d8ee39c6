/**
 * Faults that strike real processes while a trader trades and cheats, and what must hold all the
 * same; docs/reliability.md says how.
 */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.chaos;
