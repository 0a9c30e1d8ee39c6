/**
 * What the engine and its programs say to each other: the records of the control protocol, the JSON
 * they are written as, and the client of the control sockets. Knows nothing of rules or of the
 * venue, so that a program that only shows things carries nothing that could act.
 *
 * <p>In every record of this package money and prices are decimal strings, exactly as the engine
 * computed them; times are UTC; a {@code null} means "does not apply" or "not known", never zero.
 * Members may be added: readers ignore what they do not know, and lists that are missing are read
 * as empty.
 */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.wire;
