package dev.riskmanager.wire;

import java.time.Instant;
import java.util.List;

/**
 * The answer of {@code lockouts}.
 *
 * @param asOf when it was true
 * @param lockouts active ones first, then by their beginning, newest first
 */
public record LockoutsView(Instant asOf, List<LockoutRecord> lockouts) {

  public LockoutsView {
    lockouts = Lists.copy(lockouts);
  }
}
