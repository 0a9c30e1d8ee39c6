package dev.riskmanager.admin.render;

import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.LockoutsView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lockouts as a table. */
public final class LockoutsText {
  private LockoutsText() {}

  /** The lines, with the unlocks that are under way. */
  public static List<String> lines(LockoutsView view) {
    List<String> lines = new ArrayList<>(lines(view.lockouts()));
    for (LockoutRecord lockout : view.lockouts()) {
      Instant at = lockout.unlocksAt();
      if (at != null) {
        lines.add(
            "An unlock is under way: "
                + lockout.lockout().ruleId()
                + (lockout.lockout().symbol() == null ? "" : " " + lockout.lockout().symbol())
                + " of account "
                + lockout.accountId()
                + " ends at "
                + Times.text(at)
                + ", in "
                + Durations.text(Duration.between(view.asOf(), at))
                + " (its rule delays an unlock).");
      }
    }
    return lines;
  }

  /** The lines; one that says so when there are none. */
  public static List<String> lines(List<LockoutRecord> lockouts) {
    if (lockouts.isEmpty()) {
      return List.of("No lockouts.");
    }
    TextTable table =
        new TextTable("ACCOUNT", "RULE", "TYPE", "SCOPE", "SINCE", "UNTIL", "REMAINING", "REASON");
    for (LockoutRecord lockout : lockouts) {
      LockoutView view = lockout.lockout();
      table.row(
          Long.toString(lockout.accountId()),
          view.ruleId(),
          view.type().name().toLowerCase(Locale.ROOT),
          view.symbol() == null ? "account" : view.symbol(),
          Times.text(view.lockedAt()),
          view.expiresAt() == null ? view.unlock() : Times.text(view.expiresAt()),
          remaining(lockout),
          view.reason());
    }
    return table.lines();
  }

  private static String remaining(LockoutRecord lockout) {
    if (!lockout.active()) {
      return "ended by " + (lockout.clearedBy() == null ? "?" : lockout.clearedBy());
    }
    Long seconds = lockout.lockout().remainingSeconds();
    return seconds == null ? "-" : Durations.text(Duration.ofSeconds(seconds));
  }
}
