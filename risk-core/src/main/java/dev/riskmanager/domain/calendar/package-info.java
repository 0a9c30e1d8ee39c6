/** Trading days, sessions and holidays: functions of an instant and a zone. */
@org.jspecify.annotations.NullMarked
package dev.riskmanager.domain.calendar;
