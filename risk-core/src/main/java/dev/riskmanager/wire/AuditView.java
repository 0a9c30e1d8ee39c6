package dev.riskmanager.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code audit}.
 *
 * @param entries newest last
 */
public record AuditView(List<Entry> entries) {

  public AuditView {
    entries = Lists.copy(entries);
  }

  /**
   * One record of the audit.
   *
   * @param seq its number in the chain
   * @param t when
   * @param user the operating-system user
   * @param action what was done
   * @param accountId the account concerned, or null
   * @param detail what it was about, old → new where something was changed, or null
   * @param reason why, or null
   * @param hash the record's hash, which covers the record before it
   */
  public record Entry(
      long seq,
      Instant t,
      String user,
      String action,
      @Nullable Long accountId,
      @Nullable String detail,
      @Nullable String reason,
      String hash) {}
}
