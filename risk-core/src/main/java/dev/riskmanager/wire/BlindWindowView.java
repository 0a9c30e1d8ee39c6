package dev.riskmanager.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A time in which the engine did not see the venue: from the last event before the gap to the end
 * of the reconciliation after it.
 *
 * @param from the last event before the gap
 * @param until the end of the reconciliation, null while still blind
 * @param reason why the connection was lost, as far as known
 * @param found what the reconciliation found that had happened meanwhile, one sentence each
 * @param done what was decided about it and while it lasted, one sentence each
 */
public record BlindWindowView(
    Instant from, @Nullable Instant until, String reason, List<String> found, List<String> done) {

  public BlindWindowView {
    found = Lists.copy(found);
    done = Lists.copy(done);
  }
}
