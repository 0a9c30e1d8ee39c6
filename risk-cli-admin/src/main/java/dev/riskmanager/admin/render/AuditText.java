package dev.riskmanager.admin.render;

import dev.riskmanager.wire.AuditView;
import java.util.List;
import java.util.Objects;

/** The audit as a table. */
public final class AuditText {
  private AuditText() {}

  /** The lines; one that says so when there is nothing. */
  public static List<String> lines(AuditView view) {
    if (view.entries().isEmpty()) {
      return List.of("No records.");
    }
    TextTable table = new TextTable("NO", "TIME", "BY", "ACTION", "ACCOUNT", "WHAT AND WHY");
    for (AuditView.Entry entry : view.entries()) {
      String detail = Objects.requireNonNullElse(entry.detail(), "");
      String why = entry.reason() == null ? "" : entry.reason();
      table.row(
          Long.toString(entry.seq()),
          Times.text(entry.t()),
          entry.user(),
          entry.action(),
          entry.accountId() == null ? "-" : entry.accountId().toString(),
          detail.isEmpty() || why.isEmpty() ? detail + why : detail + ": " + why);
    }
    return table.lines();
  }
}
