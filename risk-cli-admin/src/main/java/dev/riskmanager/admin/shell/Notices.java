package dev.riskmanager.admin.shell;

import dev.riskmanager.admin.render.Times;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.LogKind;
import dev.riskmanager.wire.StatusView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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

  private static void lockouts(StatusView before, StatusView after, List<String> news) {
    Map<Long, String> was = active(before);
    Map<Long, String> is = active(after);
    is.forEach(
        (id, text) -> {
          if (!was.containsKey(id)) {
            news.add("LOCKED " + text);
          }
        });
    was.forEach(
        (id, text) -> {
          if (!is.containsKey(id)) {
            news.add("UNLOCKED " + text);
          }
        });
  }

  private static Map<Long, String> active(StatusView status) {
    Map<Long, String> active = new TreeMap<>();
    for (AccountView account : status.accounts()) {
      for (LockoutView lockout : account.lockouts()) {
        active.put(
            lockout.id(),
            "account "
                + account.accountId()
                + (lockout.symbol() == null ? "" : " " + lockout.symbol())
                + " by "
                + lockout.ruleId()
                + ": "
                + lockout.reason()
                + (lockout.expiresAt() == null
                    ? ""
                    : " (until " + Times.text(lockout.expiresAt()) + ")"));
      }
    }
    return active;
  }
}
