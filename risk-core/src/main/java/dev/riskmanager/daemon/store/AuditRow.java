package dev.riskmanager.daemon.store;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * One record of the audit, as it is shown.
 *
 * @param seq its number in the chain
 * @param by operating-system user, or {@code engine}
 * @param hash SHA-256 in hexadecimal
 */
public record AuditRow(
    long seq,
    Instant at,
    String by,
    String action,
    OptionalLong account,
    String detail,
    String reason,
    String hash) {

  /** What a record tells; one that cannot be read says so in its detail. */
  static AuditRow of(AuditRecord record) {
    try {
      AuditRecord.Told told = record.told();
      return new AuditRow(
          record.seq(),
          told.at(),
          told.by(),
          told.action(),
          told.account(),
          told.detail(),
          told.reason(),
          record.hash());
    } catch (IllegalArgumentException e) {
      return new AuditRow(
          record.seq(),
          Instant.EPOCH,
          "",
          "UNREADABLE",
          OptionalLong.empty(),
          String.valueOf(e.getMessage()),
          "",
          record.hash());
    }
  }
}
