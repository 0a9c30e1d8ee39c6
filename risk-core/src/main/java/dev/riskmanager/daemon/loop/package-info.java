/** The single writer: takes events in, steps the core, commits, publishes, and hands over. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.daemon.loop;
