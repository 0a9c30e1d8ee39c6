package dev.riskmanager.admin.shell;

import dev.riskmanager.admin.render.Times;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.LogKind;
import dev.riskmanager.wire.StatusView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is new in a picture against the one before, as lines for a person. */
final class Notices {
  private static final Set<LogKind> TOLD = Set.of(LogKind.VIOLATION, LogKind.ALERT, LogKind.ALARM);

  private Notices() {}

  /** The news, oldest first. */
  static List<String> between(StatusView before, StatusView after) {
    List<String> news = new ArrayList<>();
    if (before.engine().state() != after.engine().state()) {
      news.add("ENGINE " + after.engine().state() + " (was " + before.engine().state() + ")");
    }
    for (String problem : after.engine().problems()) {
      if (!before.engine().problems().contains(problem)) {
        news.add("PROBLEM " + problem);
      }
    }
    if (before.gateway().state() != after.gateway().state()) {
      news.add("GATEWAY " + after.gateway().state() + " (was " + before.gateway().state() + ")");
    }
    long seen = before.lastActions().stream().mapToLong(LogEntry::seq).max().orElse(-1);
    for (LogEntry entry : after.lastActions()) {
      if (entry.seq() > seen && TOLD.contains(entry.kind())) {
        news.add((entry.accountId() == null ? "" : entry.accountId() + " ") + entry.text());
      }
    }
    lockouts(before, after, news);
    return news;
  }

  /**
   * What holds is compared, not the rows it stands in: a row that was written anew under another
   * number is the same lockout, and one that has another end or reason than before is told again.
   */
  private static void lockouts(StatusView before, StatusView after, List<String> news) {
    Map<Held, String> was = active(before);
    Map<Held, String> is = active(after);
    is.forEach(
        (held, text) -> {
          if (!text.equals(was.get(held))) {
            news.add("LOCKED " + text);
          }
        });
    was.forEach(
        (held, text) -> {
          if (!is.containsKey(held)) {
            news.add("UNLOCKED " + text);
          }
        });
  }

  /**
   * What there is one active lockout for at most.
   *
   * @param symbol null for the whole account
   */
  private record Held(long account, String rule, @Nullable String symbol) {}

  /** In the order in which they were set. */
  private static Map<Held, String> active(StatusView status) {
    Map<Held, String> active = new LinkedHashMap<>();
    for (AccountView account : status.accounts()) {
      account.lockouts().stream()
          .sorted(Comparator.comparing(LockoutView::lockedAt).thenComparing(LockoutView::id))
          .forEach(
              lockout ->
                  active.put(
                      new Held(account.accountId(), lockout.ruleId(), lockout.symbol()),
                      text(account, lockout)));
    }
    return active;
  }

  private static String text(AccountView account, LockoutView lockout) {
    return "account "
        + account.accountId()
        + (lockout.symbol() == null ? "" : " " + lockout.symbol())
        + " by "
        + lockout.ruleId()
        + ": "
        + lockout.reason()
        + (lockout.expiresAt() == null ? "" : " (until " + Times.text(lockout.expiresAt()) + ")");
  }
}
