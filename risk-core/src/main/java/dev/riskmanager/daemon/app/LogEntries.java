package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.LogKind;
import dev.riskmanager.wire.ReceiptsView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rows of the log as the sockets send them. */
final class LogEntries {
  private LogEntries() {}

  static List<LogEntry> of(List<Store.LogRow> rows) {
    List<LogEntry> entries = new ArrayList<>();
    for (Store.LogRow row : rows) {
      boolean aboutAccount = row.account().isPresent();
      entries.add(
          new LogEntry(
              row.id(),
              row.at(),
              kind(row.kind()),
              aboutAccount ? row.account().getAsLong() : null,
              row.rule().isEmpty() ? null : row.rule(),
              RuleCatalog.find(row.rule()).map(RuleId::key).orElse(null),
              null,
              row.text(),
              null));
    }
    return List.copyOf(entries);
  }

  /** The same, each line that was decided together with what a receipt tells naming it. */
  static List<LogEntry> withReceipts(
      List<LogEntry> entries, List<ReceiptsView.ReceiptLine> receipts) {
    Map<String, String> ids = new HashMap<>();
    receipts.forEach(
        line -> ids.put(key(line.accountId(), line.ruleId(), line.decidedAt()), line.id()));
    List<LogEntry> with = new ArrayList<>();
    for (LogEntry entry : entries) {
      Long account = entry.accountId();
      String id =
          account == null || entry.ruleId() == null || entry.kind() == LogKind.PRECHECK_BLOCKED
              ? null
              : ids.get(key(account, entry.ruleId(), entry.t()));
      with.add(
          id == null
              ? entry
              : new LogEntry(
                  entry.seq(),
                  entry.t(),
                  entry.kind(),
                  account,
                  entry.ruleId(),
                  entry.rule(),
                  entry.symbol(),
                  entry.text(),
                  id));
    }
    return List.copyOf(with);
  }

  private static String key(long account, String rule, Instant decidedAt) {
    return account + " " + rule + " " + decidedAt;
  }

  /** A decision's name or one of the engine's own kinds; what acts at the venue is enforcement. */
  private static LogKind kind(String kind) {
    return switch (kind) {
      case "violation",
          "lockout_set",
          "lockout_cleared",
          "precheck_blocked",
          "guard",
          "alert",
          "alarm",
          "reset",
          "admin",
          "connection",
          "engine" ->
          LogKind.valueOf(kind.toUpperCase(Locale.ROOT));
      default -> LogKind.ENFORCEMENT;
    };
  }
}
