package dev.riskmanager.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When trading is allowed: the answer of {@code hours}.
 *
 * @param asOf when it was true
 * @param clock the trading day
 * @param sessions the configured sessions, the global one first, then by symbol
 * @param holidays holidays and early closes of the next seven days
 * @param warnings such as a year for which no holidays are known
 * @param accounts the trading day and the sessions of each account; {@code clock} and {@code
 *     sessions} are those of the first
 */
public record HoursView(
    Instant asOf,
    @Nullable ClockView clock,
    List<SessionView> sessions,
    List<HolidayView> holidays,
    List<String> warnings,
    List<AccountHours> accounts) {

  public HoursView {
    sessions = Lists.copy(sessions);
    holidays = Lists.copy(holidays);
    warnings = Lists.copy(warnings);
    accounts = Lists.copy(accounts);
  }

  /**
   * The hours of one account.
   *
   * @param accountId the venue's number of it
   * @param clock its trading day
   * @param sessions its sessions, the global one first, then by symbol
   */
  public record AccountHours(long accountId, ClockView clock, List<SessionView> sessions) {
    public AccountHours {
      sessions = Lists.copy(sessions);
    }
  }

  /**
   * A trading session.
   *
   * @param symbol whom it is for, null for all that have none of their own
   * @param timezone the zone of its times
   * @param start local start, {@code HH:mm}
   * @param end local end, {@code HH:mm}, exclusive
   * @param open whether it is open now
   * @param changesAt when that changes next, null when not known
   */
  public record SessionView(
      @Nullable String symbol,
      String timezone,
      String start,
      String end,
      boolean open,
      @Nullable Instant changesAt) {}

  /**
   * A day without trading, or with less.
   *
   * @param date the day
   * @param closesAt when it closes early, null for a full holiday
   */
  public record HolidayView(LocalDate date, @Nullable Instant closesAt) {}
}
