package dev.riskmanager.daemon.store;

/**
 * Where a chain of audit records ends.
 *
 * @param seq number of its newest record, from 1 on; 0 when there is none
 * @param hash of that record, SHA-256 in hexadecimal
 */
record AuditHead(long seq, String hash) {
  /** Before the first record. */
  static final AuditHead NONE = new AuditHead(0, "0".repeat(64));

  boolean isNone() {
    return seq == 0;
  }
}
