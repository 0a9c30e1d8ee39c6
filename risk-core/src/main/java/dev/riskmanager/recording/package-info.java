/**
 * The lines of a recording and the lines of decisions, as {@code docs/replay.md} promises them.
 * Pure.
 */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.recording;
