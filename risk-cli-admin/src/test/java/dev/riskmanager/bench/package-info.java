/** Programs that measure the engine as a process of its own; docs/performance.md says how. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.bench;
