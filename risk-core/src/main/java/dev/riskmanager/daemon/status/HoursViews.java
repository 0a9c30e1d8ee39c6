package dev.riskmanager.daemon.status;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.calendar.Session;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.SessionBlockOutside;
import dev.riskmanager.wire.HoursView;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The answer of {@code hours}, made from the rules in force. */
public final class HoursViews {
  private static final int DAYS_AHEAD = 7;

  private HoursViews() {}

  /**
   * When trading is allowed, for each account; what stands above all is that of the first one.
   *
   * @param accounts the rules in force, by account
   * @param holidays those in force
   * @param now the time
   * @return the answer
   */
  public static HoursView of(Table<AccountId, RuleSet> accounts, Holidays holidays, Instant now) {
    Optional<RuleSet> first =
        accounts.isEmpty() ? Optional.empty() : accounts.get(accounts.keyAt(0));
    Optional<ResetTime> reset = first.map(rules -> rules.general().reset());
    List<HoursView.SessionView> sessions = first.map(r -> sessions(r, now)).orElse(List.of());
    List<String> warnings = new ArrayList<>();
    LocalDate today =
        LocalDate.ofInstant(now, reset.<ZoneId>map(ResetTime::zone).orElse(ZoneOffset.UTC));
    LocalDate last = today.plusDays(DAYS_AHEAD);
    for (int year = today.getYear(); year <= last.getYear(); year++) {
      if (!holidays.covers(year)) {
        warnings.add("holidays.yaml has no entries for " + year);
      }
    }
    return new HoursView(
        now,
        reset.map(r -> StatusViews.clock(r, now)).orElse(null),
        sessions,
        ahead(holidays, today, last),
        warnings,
        each(accounts, now));
  }

  private static List<HoursView.AccountHours> each(
      Table<AccountId, RuleSet> accounts, Instant now) {
    List<HoursView.AccountHours> each = new ArrayList<>();
    for (int i = 0; i < accounts.size(); i++) {
      RuleSet rules = accounts.valueAt(i);
      each.add(
          new HoursView.AccountHours(
              accounts.keyAt(i).value(),
              StatusViews.clock(rules.general().reset(), now),
              sessions(rules, now)));
    }
    return each;
  }

  private static List<HoursView.SessionView> sessions(RuleSet rules, Instant now) {
    List<HoursView.SessionView> views = new ArrayList<>();
    if (rules.rule(SessionBlockOutside.ID).orElse(null) instanceof SessionBlockOutside rule) {
      rule.globalSession().ifPresent(session -> views.add(view(null, session, now)));
      for (String symbol : rule.symbolsNamed()) {
        rule.ownSession(symbol).ifPresent(session -> views.add(view(symbol, session, now)));
      }
    }
    return List.copyOf(views);
  }

  private static HoursView.SessionView view(@Nullable String symbol, Session session, Instant now) {
    Optional<Instant> end = session.currentEnd(now);
    return new HoursView.SessionView(
        symbol,
        session.zone().getId(),
        session.start().toString(),
        session.end().toString(),
        end.isPresent(),
        end.orElseGet(() -> session.nextStart(now)));
  }

  private static List<HoursView.HolidayView> ahead(
      Holidays holidays, LocalDate today, LocalDate last) {
    LocalDate after = last.plusDays(1);
    SortedMap<LocalDate, HoursView.HolidayView> ahead = new TreeMap<>();
    holidays
        .earlyBetween(today, after)
        .forEach((day, close) -> ahead.put(day, new HoursView.HolidayView(day, close.instant())));
    // A day that is closed has no early close.
    holidays
        .closedBetween(today, after)
        .forEach(day -> ahead.put(day, new HoursView.HolidayView(day, null)));
    return List.copyOf(ahead.values());
  }
}
