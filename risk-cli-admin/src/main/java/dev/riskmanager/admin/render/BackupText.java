package dev.riskmanager.admin.render;

import dev.riskmanager.wire.BackupView;
import java.util.ArrayList;
import java.util.List;

/** Backups, and what restoring one would mean. */
public final class BackupText {
  private BackupText() {}

  /** A table. */
  public static List<String> lines(List<BackupView> backups) {
    if (backups.isEmpty()) {
      return List.of("No backups.");
    }
    TextTable table = new TextTable("FILE", "SIZE", "UNTIL", "RECORD", "LATER", "LOCKOUTS");
    for (BackupView backup : backups) {
      String size = (backup.bytes() + 1023) / 1024 + " KiB";
      if (backup.trouble() == null) {
        table.row(
            backup.file(),
            size,
            backup.until() == null ? "-" : Times.text(backup.until()),
            Long.toString(backup.newestRecord()),
            Long.toString(backup.laterRecords()),
            Integer.toString(backup.lockouts().size()));
      } else {
        table.row(backup.file(), size, "UNUSABLE", "-", "-", backup.trouble());
      }
    }
    return table.lines();
  }

  /** What is in a copy, what came later, and what becomes of that. */
  public static List<String> preview(BackupView backup) {
    List<String> lines = new ArrayList<>();
    lines.add(backup.file());
    lines.add(
        "  ends with record "
            + backup.newestRecord()
            + " of the audit"
            + (backup.until() == null ? "" : ", " + Times.text(backup.until())));
    lines.add("  lockouts in force in it:" + none(backup.lockouts()));
    backup.lockouts().forEach(lockout -> lines.add("    " + lockout));
    lines.add(
        "  records of the audit that came later: "
            + backup.laterRecords()
            + ", taken over from audit.log at the next start");
    lines.add(
        "  lockouts set or changed since, rebuilt at the next start:" + none(backup.rebuilt()));
    backup.rebuilt().forEach(lockout -> lines.add("    " + lockout));
    lines.add(
        "  lost: log lines, receipts and counts of since then; the trades of the running day are"
            + " read from the venue again");
    return lines;
  }

  private static String none(List<String> list) {
    return list.isEmpty() ? " none" : "";
  }
}
