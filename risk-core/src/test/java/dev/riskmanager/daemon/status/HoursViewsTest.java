package dev.riskmanager.daemon.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.wire.ClockView;
import dev.riskmanager.wire.HoursView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HoursViewsTest {
  private static final AccountId ONE = new AccountId(11);
  private static final AccountId TWO = new AccountId(22);
  private static final Instant FRIDAY = Instant.parse("2025-10-31T17:21:20Z");
  private static final String SESSIONS =
      """
      session_block_outside:
        enabled: true
        global_session: {enabled: true, start: "09:30", end: "16:00", timezone: America/New_York}
        per_instrument_sessions:
          enabled: true
          sessions: {ES: {start: "18:00", end: "17:00", timezone: America/Chicago}}
      """;

  private static Table<AccountId, RuleSet> one(String yaml) {
    return Table.<AccountId, RuleSet>empty().with(ONE, RuleFile.rules(yaml));
  }

  @Test
  void theSessionsOfTheRuleSetAndWhenEachChanges() {
    HoursView hours = HoursViews.of(one(SESSIONS), RuleFile.HOLIDAYS, FRIDAY);

    assertThat(hours.asOf()).isEqualTo(FRIDAY);
    assertThat(hours.clock())
        .isEqualTo(
            new ClockView(
                "America/Chicago",
                "17:00",
                LocalDate.parse("2025-10-31"),
                Instant.parse("2025-10-31T22:00:00Z"),
                16_720));
    assertThat(hours.sessions())
        .containsExactly(
            session(null, "America/New_York", "09:30", "16:00", true, "2025-10-31T20:00:00Z"),
            session("ES", "America/Chicago", "18:00", "17:00", true, "2025-10-31T22:00:00Z"));
    assertThat(hours.warnings()).isEmpty();
  }

  @Test
  void theEndIsOutsideAndTheStartInside() {
    Instant end = Instant.parse("2025-10-31T20:00:00Z");
    Instant start = Instant.parse("2025-11-03T14:30:00Z");

    assertThat(global(end.minusMillis(1)))
        .isEqualTo(session(null, "America/New_York", "09:30", "16:00", true, end.toString()));
    assertThat(global(end))
        .isEqualTo(session(null, "America/New_York", "09:30", "16:00", false, start.toString()));
    assertThat(global(start).open()).isTrue();
  }

  @Test
  void withoutTheRuleThereIsNoSession() {
    assertThat(HoursViews.of(one(""), RuleFile.HOLIDAYS, FRIDAY).sessions()).isEmpty();
    assertThat(
            HoursViews.of(one(SESSIONS.replaceFirst("true", "false")), RuleFile.HOLIDAYS, FRIDAY)
                .sessions())
        .isEmpty();
  }

  @Test
  void holidaysOfSevenDaysAheadAndNotOfTheEighth() {
    LocalDate thanksgiving = LocalDate.of(2025, 11, 27);
    Instant eightDaysBefore = Instant.parse("2025-11-19T18:00:00Z");
    Instant sevenDaysBefore = Instant.parse("2025-11-20T18:00:00Z");
    Instant after = Instant.parse("2025-11-28T18:00:00Z");

    assertThat(ahead(eightDaysBefore)).doesNotContain(thanksgiving);
    assertThat(ahead(sevenDaysBefore)).contains(thanksgiving);
    assertThat(ahead(after)).doesNotContain(thanksgiving);
    assertThat(HoursViews.of(one(""), RuleFile.HOLIDAYS, sevenDaysBefore.plusSeconds(86_400)))
        .satisfies(
            hours ->
                assertThat(hours.holidays())
                    .containsExactly(
                        new HoursView.HolidayView(thanksgiving, null),
                        new HoursView.HolidayView(
                            LocalDate.of(2025, 11, 28), Instant.parse("2025-11-28T18:15:00Z"))));
  }

  @Test
  void aYearWithoutEntriesIsAWarningAsSoonAsItIsInSight() {
    Instant december = Instant.parse("2025-12-25T18:00:00Z");

    assertThat(HoursViews.of(one(""), RuleFile.HOLIDAYS, december.minusSeconds(86_400)).warnings())
        .isEmpty();
    assertThat(HoursViews.of(one(""), RuleFile.HOLIDAYS, december).warnings())
        .containsExactly("holidays.yaml has no entries for 2026");
  }

  @Test
  void eachAccountHasItsOwnDayAndSessions() {
    Table<AccountId, RuleSet> two =
        one(SESSIONS)
            .with(
                TWO, RuleFile.rules("general: {reset_time: \"16:00\", timezone: America/Chicago}"));

    HoursView hours = HoursViews.of(two, RuleFile.HOLIDAYS, FRIDAY);

    assertThat(hours.accounts())
        .extracting(HoursView.AccountHours::accountId)
        .containsExactly(11L, 22L);
    assertThat(hours.accounts().getFirst().sessions()).isEqualTo(hours.sessions()).hasSize(2);
    assertThat(hours.accounts().getFirst().clock()).isEqualTo(hours.clock());
    assertThat(hours.accounts().getLast().sessions()).isEmpty();
    assertThat(hours.accounts().getLast().clock().resetTime()).isEqualTo("16:00");
    assertThat(hours.warnings()).isEmpty();
  }

  @Test
  void withoutAnAccountOnlyTheHolidaysAreKnown() {
    HoursView hours =
        HoursViews.of(Table.empty(), Holidays.NONE, Instant.parse("2025-10-31T17:21:20Z"));

    assertThat(hours.clock()).isNull();
    assertThat(hours.sessions()).isEmpty();
    assertThat(hours.holidays()).isEmpty();
    assertThat(hours.warnings()).containsExactly("holidays.yaml has no entries for 2025");
  }

  private static HoursView.SessionView global(Instant now) {
    return HoursViews.of(one(SESSIONS), RuleFile.HOLIDAYS, now).sessions().getFirst();
  }

  private static List<LocalDate> ahead(Instant now) {
    return HoursViews.of(one(""), RuleFile.HOLIDAYS, now).holidays().stream()
        .map(HoursView.HolidayView::date)
        .toList();
  }

  private static HoursView.SessionView session(
      @Nullable String symbol,
      String zone,
      String start,
      String end,
      boolean open,
      String changes) {
    return new HoursView.SessionView(symbol, zone, start, end, open, Instant.parse(changes));
  }
}
