/** The engine as a process under load for a long time; docs/reliability.md says how. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.soak;
