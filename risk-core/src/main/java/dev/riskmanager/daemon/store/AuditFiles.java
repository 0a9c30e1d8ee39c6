package dev.riskmanager.daemon.store;

import java.nio.file.Path;

/**
 * What vouches for the database outside of it (ADR 0009, 0015).
 *
 * @param logs directory of {@code audit.log} and the files of earlier days
 * @param marker file with the number and the hash of the newest record, away from the database
 * @param key file of the key of the rows' hashes
 */
public record AuditFiles(Path logs, Path marker, Path key) {
  public AuditFiles {
    logs = logs.toAbsolutePath().normalize();
    marker = marker.toAbsolutePath().normalize();
    key = key.toAbsolutePath().normalize();
  }

  /** {@code logs/}, {@code .audit-marker} and {@code .seal-key} of a home. */
  public static AuditFiles of(Path home) {
    return new AuditFiles(
        home.resolve("logs"), home.resolve(".audit-marker"), home.resolve(".seal-key"));
  }
}
