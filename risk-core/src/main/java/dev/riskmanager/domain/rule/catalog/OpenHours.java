package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.calendar.Session;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.Strictness;
import java.util.Optional;

/**
 * When each symbol may be traded; less time is stricter.
 *
 * @param own sessions of single symbols
 * @param others of all other symbols; empty is always
 */
record OpenHours(Table<String, SessionClock> own, Optional<SessionClock> others)
    implements Strictness.Aspect {
  private static final int DAY = 24 * 60 * 60;

  @Override
  public boolean isAtLeast(Strictness.Aspect other) {
    if (!(other instanceof OpenHours hours)) {
      return false;
    }
    boolean within = isWithin(others, hours.others);
    for (int i = 0; i < own.size(); i++) {
      within &= isWithin(of(own.keyAt(i)), hours.of(own.keyAt(i)));
    }
    for (int i = 0; i < hours.own.size(); i++) {
      within &= isWithin(of(hours.own.keyAt(i)), hours.of(hours.own.keyAt(i)));
    }
    return within;
  }

  private Optional<SessionClock> of(String symbol) {
    Optional<SessionClock> listed = own.get(symbol);
    return listed.isPresent() ? listed : others;
  }

  private static boolean isWithin(Optional<SessionClock> inner, Optional<SessionClock> outer) {
    return outer.isEmpty()
        || inner.filter(clock -> isWithin(clock.session(), outer.get().session())).isPresent();
  }

  /** Hours of different zones are not compared; with more holidays there is less time. */
  private static boolean isWithin(Session inner, Session outer) {
    return inner.zone().equals(outer.zone())
        && (inner.holidays().equals(outer.holidays()) || isNone(outer))
        && from(inner) >= from(outer)
        && inner.end().toSecondOfDay() <= outer.end().toSecondOfDay();
  }

  private static boolean isNone(Session session) {
    return session.holidays().closed().isEmpty() && session.holidays().early().isEmpty();
  }

  /** Seconds from the midnight before the session's date; negative on the evening before. */
  private static int from(Session session) {
    int start = session.start().toSecondOfDay();
    return session.start().isBefore(session.end()) ? start : start - DAY;
  }
}
