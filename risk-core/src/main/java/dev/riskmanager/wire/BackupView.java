package dev.riskmanager.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backup of the database, and what restoring it would mean.
 *
 * @param file where it lies
 * @param bytes its size
 * @param newestRecord number of the newest record of its audit; 0 when it has none
 * @param until time of that record, or null
 * @param laterRecords how many records of the audit came after it
 * @param lockouts in force in it, a line each
 * @param rebuilt lockouts set or changed since and still in force: the start after a restore brings
 *     them back
 * @param trouble why it cannot be used, or null when it can
 */
public record BackupView(
    String file,
    long bytes,
    long newestRecord,
    @Nullable Instant until,
    long laterRecords,
    List<String> lockouts,
    List<String> rebuilt,
    @Nullable String trouble) {

  public BackupView {
    lockouts = Lists.copy(lockouts);
    rebuilt = Lists.copy(rebuilt);
  }
}
