/** What the venue, the clock or an admin told us. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.domain.event;
