package dev.riskmanager.daemon.config;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.calendar.Holidays.EarlyClose;
import dev.riskmanager.domain.settings.ConfigNode.Place;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.domain.settings.Settings;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads {@code holidays.yaml}. */
public final class HolidaysFile {
  private static final String DATE = "a date such as \"2025-12-25\"";
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

  private HolidaysFile() {}

  /** Reads the file's tree; what is wrong is left out and among the problems. */
  public static Holidays read(Settings top) {
    TreeSet<LocalDate> closed =
        new TreeSet<>(top.distinct("holidays", HolidaysFile::parseDate, DATE));
    TreeMap<LocalDate, EarlyClose> early = new TreeMap<>();
    for (Settings section : top.sections("early_closes")) {
      boolean complete = section.requireAll("date", "close");
      Optional<LocalDate> date = section.optional("date", HolidaysFile::parseDate, DATE);
      LocalTime close = section.time("close", LocalTime.MIDNIGHT);
      ZoneId zone = section.zone("timezone", CHICAGO);
      section.finish();
      if (date.isEmpty() || !complete) {
        continue;
      }
      if (closed.contains(date.get())) {
        section.error("date", date.get() + " is a holiday as well; keep one of the two");
      } else if (early.putIfAbsent(date.get(), new EarlyClose(date.get(), close, zone)) != null) {
        section.error("date", date.get() + " is there twice; remove one");
      }
    }
    top.finish();
    return new Holidays(closed, early);
  }

  /**
   * Warns when nobody has looked up the holidays of this year, or in December of the next.
   *
   * @param file the name of the file
   */
  public static void warnIfOutdated(
      Holidays holidays, LocalDate today, String file, Problems problems) {
    warnIfMissing(holidays, today.getYear(), file, problems);
    if (today.getMonth() == Month.DECEMBER) {
      warnIfMissing(holidays, today.getYear() + 1, file, problems);
    }
  }

  private static void warnIfMissing(Holidays holidays, int year, String file, Problems problems) {
    if (!holidays.covers(year)) {
      problems.warning(
          new Place(file, 0, 0),
          "holidays",
          year
              + " has no entries, so every weekday of it counts as a trading day; add its"
              + " holidays");
    }
  }

  private static Optional<LocalDate> parseDate(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
