package dev.riskmanager.daemon.store;

import java.nio.file.Path;

/**
 * What tells of the audit outside the database (ADR 0009).
 *
 * @param logs directory of {@code audit.log} and the files of earlier days
 * @param marker file with the number and the hash of the newest record, away from the database
 */
public record AuditFiles(Path logs, Path marker) {
  public AuditFiles {
    logs = logs.toAbsolutePath().normalize();
    marker = marker.toAbsolutePath().normalize();
  }

  /** {@code logs/} and {@code .audit-marker} of a home. */
  public static AuditFiles of(Path home) {
    return new AuditFiles(home.resolve("logs"), home.resolve(".audit-marker"));
  }
}
