package dev.riskmanager.domain.calendar;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/** Local times on the two days a year that are not 24 hours long. */
public final class LocalTimes {
  private LocalTimes() {}

  /**
   * The instant of a local time: a time that does not exist is the next valid minute, one that
   * occurs twice is its first occurrence.
   */
  public static Instant instant(LocalDateTime local, ZoneId zone) {
    ZoneOffsetTransition transition = zone.getRules().getTransition(local);
    if (transition != null && transition.isGap()) {
      return transition.getInstant();
    }
    return local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }
}
