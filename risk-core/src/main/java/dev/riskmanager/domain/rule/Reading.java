package dev.riskmanager.domain.rule;

import java.util.Optional;

/**
 * Where a rule stands, for the screen: with several limits, the one nearest to breach.
 *
 * @param value observed now, empty when it cannot be known
 * @param limit allowed
 * @param usedThousandths 1000 at the limit
 * @param degraded why it cannot be judged; empty when it can
 */
public record Reading(String value, String limit, long usedThousandths, Optional<String> degraded) {

  public static Reading of(String value, String limit, long usedThousandths) {
    return new Reading(value, limit, Math.max(0, usedThousandths), Optional.empty());
  }

  public static Reading degraded(String limit, String why) {
    return new Reading("", limit, 0, Optional.of(why));
  }
}
