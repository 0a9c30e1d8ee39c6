package dev.riskmanager.daemon.gateway;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * When most products trade at CME: Sunday 17:00 to Friday 16:00 Chicago time, with a break from
 * 16:00 to 17:00 every day (gateway-api §6.7). Without holidays: this only decides whether silence
 * is suspicious, and then a holiday costs some reconnecting.
 */
public final class CmeHours {
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
  private static final LocalTime CLOSE = LocalTime.of(16, 0);
  private static final LocalTime OPEN = LocalTime.of(17, 0);

  private CmeHours() {}

  /** Whether most products trade at that time. */
  public static boolean isOpen(Instant at) {
    ZonedDateTime local = at.atZone(CHICAGO);
    DayOfWeek day = local.getDayOfWeek();
    boolean afterOpen = !local.toLocalTime().isBefore(OPEN);
    boolean beforeClose = local.toLocalTime().isBefore(CLOSE);
    return switch (day) {
      case SATURDAY -> false;
      case SUNDAY -> afterOpen;
      case FRIDAY -> beforeClose;
      default -> beforeClose || afterOpen;
    };
  }
}
