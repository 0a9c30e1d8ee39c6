package dev.riskmanager.daemon.store;

import dev.riskmanager.domain.lockout.Lockout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The lockouts that the audit tells of, as they were last. */
final class LockoutFold {
  private final SortedMap<Long, Told> byId = new TreeMap<>();

  /**
   * One lockout.
   *
   * @param seq of the newest record about it
   * @param clearedAt when it ended; empty while it has not
   * @param clearedBy by whom
   * @param sure whether a sound record says how it is; else its end may have been forged
   */
  record Told(
      long seq, Lockout lockout, Optional<Instant> clearedAt, String clearedBy, boolean sure) {
    boolean isActive() {
      return clearedAt.isEmpty();
    }
  }

  /**
   * Takes up records that can be trusted, oldest first; those about other things are passed over.
   */
  void addAll(List<AuditRecord> records) {
    for (AuditRecord record : records) {
      add(record, true);
    }
  }

  /**
   * Takes up a record.
   *
   * @param trusted whether its hash is right; if not it may say that something is locked, and not
   *     that it no longer is
   */
  void add(AuditRecord record, boolean trusted) {
    AuditRecord.Told told;
    try {
      told = record.told();
    } catch (IllegalArgumentException _) {
      return; // `audit verify` names it.
    }
    Optional<Lockout> about = told.lockout();
    if (about.isEmpty()) {
      return;
    }
    Lockout lockout = about.get();
    switch (told.action()) {
      case AuditRecord.LOCKOUT_SET, AuditRecord.LOCKOUT_UPGRADED, AuditRecord.LOCKOUT_BASELINE -> {
        if (trusted || !byId.containsKey(lockout.id())) {
          byId.put(lockout.id(), new Told(record.seq(), lockout, Optional.empty(), "", trusted));
        }
      }
      case AuditRecord.LOCKOUT_CLEARED -> {
        if (trusted) {
          byId.put(
              lockout.id(),
              new Told(record.seq(), lockout, Optional.of(told.at()), told.by(), true));
        }
      }
      default -> {
        // About something else.
      }
    }
  }

  /**
   * Takes up what the log has beyond the database.
   *
   * @param head where the database's chain ends
   * @param lines of the log, oldest first
   * @return the records that the database lacks
   */
  List<AuditRecord> addBeyond(AuditHead head, List<AuditLog.Line> lines) {
    List<AuditRecord> missing = new ArrayList<>();
    for (AuditLog.Line line : lines) {
      if (line.record().isEmpty()) {
        continue;
      }
      AuditRecord record = line.record().get();
      long newest = missing.isEmpty() ? head.seq() : missing.getLast().seq();
      if (record.isSound() && record.seq() > newest) {
        missing.add(record);
        add(record, true);
      } else if (!record.isSound()) {
        add(record, false);
      }
    }
    return missing;
  }

  /** All of them, by id. */
  Collection<Told> all() {
    return byId.values();
  }
}
