/** What a lockout is, which one wins, when it ends, and the exposure that may stay under it. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.domain.lockout;
