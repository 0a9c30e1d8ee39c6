/** The formats of recordings and of decision lines, as {@code docs/protocol.md} promises them. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.recording;
