package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.LogKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
              null,
              null,
              row.text(),
              null));
    }
    return List.copyOf(entries);
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
