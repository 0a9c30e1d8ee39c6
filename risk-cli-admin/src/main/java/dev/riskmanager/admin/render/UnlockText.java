package dev.riskmanager.admin.render;

import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.UnlockPreview;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an unlock would mean, for a person. */
public final class UnlockText {
  private UnlockText() {}

  /** The lines. */
  public static List<String> preview(UnlockPreview preview) {
    List<String> lines = new ArrayList<>();
    for (UnlockPreview.Named named : preview.named()) {
      lines.add(policy(named) + " " + describe(named.lockout()));
      switch (named.policy()) {
        case ALLOWED -> {
          if (named.acknowledged() != null) {
            lines.add("    acknowledges " + named.acknowledged());
          }
          lines.add("    locks again " + named.locksAgain());
          if (named.acknowledged() != null) {
            lines.add(
                "    the acknowledgement ends with the reset at "
                    + text(named.acknowledgedUntil()));
          }
        }
        case DELAYED -> lines.add("    then locks again " + named.locksAgain());
        case FORBIDDEN, UNKNOWN ->
            lines.add("    its rule says admin_unlock: forbidden; it ends by itself only");
      }
    }
    preview.stays().forEach(stays -> lines.add("Stays locked by " + describe(stays)));
    preview.locksAtOnce().forEach(again -> lines.add("Would lock AT ONCE: " + describe(again)));
    preview.actions().forEach(action -> lines.add("Would be done at once: " + action));
    if (preview.locksAtOnce().isEmpty() && preview.actions().isEmpty()) {
      lines.add("All other rules are evaluated at once; as of now none of them would lock.");
    }
    return lines;
  }

  private static String text(@Nullable Instant time) {
    return time == null ? "?" : Times.text(time);
  }

  private static String policy(UnlockPreview.Named named) {
    return switch (named.policy()) {
      case ALLOWED -> "Ends now:";
      case DELAYED -> delayed(named.lockout(), named.endsAt()) + ":";
      case FORBIDDEN -> "Not ended (forbidden):";
      case UNKNOWN -> "Unknown policy:";
    };
  }

  /** When a lockout ends whose rule delays an unlock: that may be later than its own end. */
  public static String delayed(LockoutRecord record, @Nullable Instant endsAt) {
    Instant own = record.lockout().expiresAt();
    return own != null && endsAt != null && !own.isAfter(endsAt)
        ? "Ends " + text(own) + " by itself (its rule delays an unlock until " + text(endsAt) + ")"
        : "Ends " + text(endsAt) + " (its rule delays an unlock)";
  }

  private static String describe(LockoutRecord record) {
    LockoutView lockout = record.lockout();
    return lockout.ruleId()
        + (lockout.symbol() == null ? "" : " " + lockout.symbol())
        + " "
        + lockout.rule()
        + ": "
        + lockout.reason()
        + (lockout.expiresAt() == null
            ? " (until " + lockout.unlock() + ")"
            : " (until " + text(lockout.expiresAt()) + ")");
  }
}
