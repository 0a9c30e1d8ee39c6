package dev.riskmanager.admin.render;

import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.LockoutView;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Lockouts as a table. */
public final class LockoutsText {
  private LockoutsText() {}

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
          seconds(view.lockedAt()),
          view.expiresAt() == null ? view.unlock() : seconds(view.expiresAt()),
          remaining(lockout),
          view.reason());
    }
    return table.lines();
  }

  /** Nobody reads further. */
  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String remaining(LockoutRecord lockout) {
    if (!lockout.active()) {
      return "ended by " + (lockout.clearedBy() == null ? "?" : lockout.clearedBy());
    }
    Long seconds = lockout.lockout().remainingSeconds();
    return seconds == null ? "-" : Durations.text(Duration.ofSeconds(seconds));
  }
}
