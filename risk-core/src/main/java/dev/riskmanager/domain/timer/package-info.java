/** Timers as data: a name and a deadline. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.domain.timer;
