package dev.riskmanager.trader.diary;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All shifts of a trader.
 *
 * @param shifts the shifts, oldest first; only the last one may lack its end
 * @param begun what the accounts had made when that one began; empty when that is not known or
 *     nobody is at work
 * @param zone the zone of the trading day when the engine was asked last, null when it never was
 */
public record Diary(List<Shift> shifts, List<WorkDay> begun, @Nullable String zone) {

  /** Nothing written yet. */
  public static final Diary EMPTY = new Diary(List.of(), List.of(), null);

  public Diary {
    shifts = List.copyOf(shifts);
    begun = List.copyOf(begun);
  }

  /**
   * The shift that has not ended.
   *
   * @return it, or empty
   */
  public Optional<Shift> atWork() {
    return shifts.isEmpty() || shifts.getLast().until() != null
        ? Optional.empty()
        : Optional.of(shifts.getLast());
  }

  /**
   * The diary as it knows the zone of the trading day.
   *
   * @param known the zone's id, null when it was not told
   * @return the diary with it, or as it was
   */
  public Diary in(@Nullable String known) {
    return known == null ? this : new Diary(shifts, begun, known);
  }

  /**
   * The diary after a clock-in.
   *
   * @param at when
   * @param day what the accounts have made so far, empty when not known
   * @param note the trader's words
   * @return the new diary
   */
  public Diary clockIn(Instant at, List<WorkDay> day, String note) {
    if (atWork().isPresent()) {
      throw new IllegalStateException("at work already");
    }
    List<Shift> all = new ArrayList<>(shifts);
    all.add(new Shift(at, null, null, null, note));
    return new Diary(all, day, zone);
  }

  /**
   * The diary after a clock-out. Trades and P&amp;L are those since the clock-in; they are not
   * known when a reset came in between, for then the day's figures began again.
   *
   * @param at when
   * @param day what the accounts have made so far, empty when not known
   * @param note the trader's words, added to those of the clock-in
   * @return the new diary
   */
  public Diary clockOut(Instant at, List<WorkDay> day, String note) {
    Shift shift = atWork().orElseThrow(() -> new IllegalStateException("not at work"));
    String notes =
        shift.note().isEmpty() || note.isEmpty() ? shift.note() + note : shift.note() + "; " + note;
    List<Shift> all = new ArrayList<>(shifts.subList(0, shifts.size() - 1));
    all.add(new Shift(shift.from(), at, trades(day), realized(day), notes));
    return new Diary(all, List.of(), zone);
  }

  private @Nullable Integer trades(List<WorkDay> now) {
    int sum = 0;
    for (WorkDay before : begun) {
      WorkDay after = same(before, now);
      if (after == null) {
        return null;
      }
      sum += after.trades() - before.trades();
    }
    return begun.isEmpty() ? null : sum;
  }

  private @Nullable BigDecimal realized(List<WorkDay> now) {
    BigDecimal sum = BigDecimal.ZERO;
    for (WorkDay before : begun) {
      WorkDay after = same(before, now);
      BigDecimal from = before.realized();
      BigDecimal to = after == null ? null : after.realized();
      if (from == null || to == null) {
        return null;
      }
      sum = sum.add(to.subtract(from));
    }
    return begun.isEmpty() ? null : sum;
  }

  private static @Nullable WorkDay same(WorkDay day, List<WorkDay> others) {
    for (WorkDay other : others) {
      if (other.accountId() == day.accountId() && other.tradingDay().equals(day.tradingDay())) {
        return other;
      }
    }
    return null;
  }
}
