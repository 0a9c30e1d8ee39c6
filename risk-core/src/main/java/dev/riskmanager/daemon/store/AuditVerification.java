package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.StoreException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a look through the whole audit found.
 *
 * @param valid whether database, log and marker are whole and agree
 * @param records how many the database has
 * @param firstBroken number of the first record that does not fit; empty when it is not one record
 * @param message for people
 */
public record AuditVerification(
    boolean valid, long records, OptionalLong firstBroken, String message) {
  private static final int AT_ONCE = 1_000;

  /**
   * Looks.
   *
   * @param brought the newest record that log and marker were given; what the database has taken
   *     since is not looked at
   */
  static AuditVerification of(AuditReader reader, AuditLog log, Marker marker, AuditHead brought)
      throws StoreException, IOException {
    Map<Long, String> hashes = new HashMap<>();
    AuditHead head = AuditHead.NONE;
    List<AuditRecord> records = upTo(brought, head, reader);
    while (!records.isEmpty()) {
      for (AuditRecord record : records) {
        Optional<String> wrong = wrong(record, head);
        if (wrong.isPresent()) {
          return broken(hashes.size(), record.seq(), "record " + record.seq() + wrong.get());
        }
        head = record.head();
        hashes.put(record.seq(), record.hash());
      }
      records = upTo(brought, head, reader);
    }
    if (head.seq() < brought.seq()) {
      return broken(
          hashes.size(),
          head.seq() + 1,
          "the records from "
              + (head.seq() + 1)
              + " to "
              + brought.seq()
              + " are not in the database");
    }
    Optional<AuditVerification> inLog = compare(log, hashes, head);
    if (inLog.isPresent()) {
      return inLog.get();
    }
    Optional<AuditHead> marked = marker.read();
    if (!marked.equals(Optional.of(head))) {
      return new AuditVerification(
          false,
          hashes.size(),
          OptionalLong.empty(),
          "the marker "
              + marked.map(found -> "names record " + found.seq()).orElse("is missing")
              + "; the newest is "
              + head.seq());
    }
    return new AuditVerification(
        true,
        hashes.size(),
        OptionalLong.empty(),
        hashes.size() + " records, the newest " + head.seq() + "; database, log and marker agree");
  }

  /** The next records, none of those that have come since. */
  private static List<AuditRecord> upTo(AuditHead brought, AuditHead head, AuditReader reader)
      throws StoreException {
    return reader.after(head.seq(), (int) Math.min(AT_ONCE, brought.seq() - head.seq()));
  }

  private static Optional<String> wrong(AuditRecord record, AuditHead before) {
    if (!record.isSound()) {
      return Optional.of(" in the database was changed: its hash does not fit");
    }
    if (record.seq() != before.seq() + 1) {
      return Optional.of(
          ": the records before it, from " + (before.seq() + 1) + " on, are not in the database");
    }
    if (!record.follows(before)) {
      return Optional.of(" in the database does not follow the one before it");
    }
    return Optional.empty();
  }

  private static Optional<AuditVerification> compare(
      AuditLog log, Map<Long, String> hashes, AuditHead head) throws IOException {
    long expected = 0; // of the log; 0 before its first record
    for (AuditLog.Line line : log.read()) {
      String place = line.file().getFileName() + " line " + line.number();
      if (!line.isSound()) {
        return Optional.of(broken(hashes.size(), expected, place + " was changed"));
      }
      AuditRecord record = line.record().orElseThrow();
      if (expected != 0 && record.seq() != expected) {
        return Optional.of(
            broken(hashes.size(), expected, "record " + expected + " is not in front of " + place));
      }
      if (!record.hash().equals(hashes.get(record.seq()))) {
        return Optional.of(
            broken(hashes.size(), record.seq(), place + " is not the database's " + record.seq()));
      }
      expected = record.seq() + 1;
    }
    return expected == head.seq() + 1
        ? Optional.empty()
        : Optional.of(
            broken(
                hashes.size(),
                Math.max(1, expected),
                "record " + Math.max(1, expected) + " and later ones are not in audit.log"));
  }

  private static AuditVerification broken(long records, long seq, String message) {
    return new AuditVerification(
        false, records, seq == 0 ? OptionalLong.empty() : OptionalLong.of(seq), message);
  }
}
