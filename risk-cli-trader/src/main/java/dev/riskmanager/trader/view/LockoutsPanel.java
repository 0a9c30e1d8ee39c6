package dev.riskmanager.trader.view;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.LockoutView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lockouts, active and past.
 *
 * <pre>
 *   RULE-003 daily_realized_loss  hard  account 13298777 (Main Trading Account)
 *     remaining  04:38:40
 *     since      2025-10-31 12:21:19
 *     until      2025-10-31 17:00:00  at the daily reset
 *     reason     Daily loss limit exceeded: $-170.50 (limit: $-5.00)
 * </pre>
 */
public final class LockoutsPanel {
  private LockoutsPanel() {}

  /**
   * The lockouts of an account.
   *
   * @param records all
   * @param accountId the account, null for all
   * @param active whether the active or the past ones
   * @return those, in the same order
   */
  public static List<LockoutRecord> select(
      List<LockoutRecord> records, @Nullable Long accountId, boolean active) {
    return records.stream()
        .filter(record -> record.active() == active)
        .filter(record -> accountId == null || accountId == record.accountId())
        .toList();
  }

  /**
   * Those in force as the last picture tells them, which may be newer than the last answer.
   *
   * @param account the account of the picture
   * @param answered what the engine answered last; of its records the attempts are taken, and when
   *     an unlock under way ends it
   * @return the lockouts in force
   */
  static List<LockoutRecord> ofPicture(AccountView account, List<LockoutRecord> answered) {
    return account.lockouts().stream()
        .map(
            lock ->
                record(
                    account,
                    lock,
                    answered.stream().filter(r -> r.lockout().id() == lock.id()).findFirst()))
        .toList();
  }

  private static LockoutRecord record(
      AccountView account, LockoutView lock, Optional<LockoutRecord> answered) {
    return new LockoutRecord(
        account.accountId(),
        account.name(),
        lock,
        true,
        null,
        null,
        answered.map(LockoutRecord::attempts).orElse(0),
        answered.map(LockoutRecord::unlocksAt).orElse(null));
  }

  /**
   * Draws active ones, one block each.
   *
   * @param active the lockouts
   * @param now the time, for what remains
   * @param times the zone
   * @param columns the width
   * @return the blocks, or one line saying that there is none
   */
  public static List<Line> active(
      List<LockoutRecord> active, Instant now, Times times, int columns) {
    if (active.isEmpty()) {
      return List.of(Line.of("no active lockout", Style.GOOD));
    }
    List<Line> lines = new ArrayList<>();
    for (LockoutRecord record : active) {
      if (!lines.isEmpty()) {
        lines.add(Line.EMPTY);
      }
      block(lines, record, now, times, columns);
    }
    return lines;
  }

  private static void block(
      List<Line> lines, LockoutRecord record, Instant now, Times times, int columns) {
    LockoutView lock = record.lockout();
    String scope = lock.symbol() == null ? "account " : lock.symbol() + " only, in account ";
    lines.add(
        Line.build()
            .add(lock.ruleId() + " " + lock.rule(), Style.BAD)
            .add("  " + lock.type().name().toLowerCase(Locale.ROOT), Style.STRONG)
            .add("  " + scope + record.accountId() + " (" + record.accountName() + ")")
            .line());
    Instant ends = lock.expiresAt();
    field(lines, "remaining", ends == null ? lock.unlock() : Times.countdown(ends, now), columns);
    field(lines, "since", times.named(lock.lockedAt()), columns);
    field(
        lines,
        "until",
        ends == null ? "no time is set" : times.named(ends) + ", " + lock.unlock(),
        columns);
    Instant unlocksAt = record.unlocksAt();
    if (unlocksAt != null) {
      field(
          lines,
          "unlocks",
          times.named(unlocksAt)
              + ", in "
              + Times.countdown(unlocksAt, now)
              + ": an admin asked for it",
          columns);
    }
    field(lines, "reason", times.in(lock.reason(), lock.lockedAt()), columns);
    if (record.attempts() > 0) {
      String attempts = record.attempts() == 1 ? " attempt" : " attempts";
      field(lines, "undone", record.attempts() + attempts + " to trade against it", columns);
    }
  }

  private static void field(List<Line> lines, String name, String value, int columns) {
    String head = "  " + name + " ".repeat(11 - name.length());
    for (String part : Box.wrap(value, Math.max(20, columns - head.length()))) {
      boolean countdown = name.equals("remaining");
      lines.add(
          Line.build()
              .add(head, Style.DIM)
              .add(part, countdown ? Style.STRONG : Style.NORMAL)
              .line());
      head = " ".repeat(head.length());
    }
  }

  /**
   * Draws past ones.
   *
   * @param past the lockouts
   * @param times the zone
   * @param columns the width
   * @param glyphs what to draw with
   * @return a table, or one line saying that there is none
   */
  public static List<Line> past(List<LockoutRecord> past, Times times, int columns, Glyphs glyphs) {
    if (past.isEmpty()) {
      return List.of(Line.of("no earlier lockout", Style.DIM));
    }
    Table table =
        new Table(glyphs)
            .left("since (" + times.place() + ")", 0)
            .left("ended", 0)
            .right("account", 4)
            .left("rule", 0)
            .left("type", 3)
            .left("scope", 2)
            .right("attempts", 3)
            .left("ended by", 1)
            .elastic("reason");
    for (LockoutRecord record : past) {
      LockoutView lock = record.lockout();
      Instant cleared = record.clearedAt();
      String by = record.clearedBy();
      table.row(
          new Span(times.full(lock.lockedAt()), Style.NORMAL),
          new Span(cleared == null ? Figures.UNKNOWN : times.full(cleared), Style.NORMAL),
          new Span(Long.toString(record.accountId()), Style.DIM),
          new Span(lock.ruleId(), Style.STRONG),
          new Span(lock.type().name().toLowerCase(Locale.ROOT), Style.NORMAL),
          new Span(lock.symbol() == null ? "account" : lock.symbol(), Style.NORMAL),
          new Span(Integer.toString(record.attempts()), Style.NORMAL),
          new Span(by == null ? Figures.UNKNOWN : by, Style.NORMAL),
          new Span(times.in(lock.reason(), lock.lockedAt()), Style.DIM));
    }
    return table.lines(columns);
  }
}
