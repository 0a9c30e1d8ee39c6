package dev.riskmanager.domain.rule.change;

import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.settings.ConfigNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One change of the rules.
 *
 * @param account whose; empty for the holidays, which are everybody's
 * @param path keys from the top; empty for the account itself
 * @param before empty when it was not there
 * @param after empty when it is not there any more
 * @param effectiveAt when it takes effect
 */
public record KeyChange(
    Optional<AccountId> account,
    List<String> path,
    Optional<ConfigNode> before,
    Optional<ConfigNode> after,
    Direction direction,
    Instant effectiveAt) {

  /** The same change, taking effect then. */
  KeyChange at(Instant t) {
    return new KeyChange(account, path, before, after, direction, t);
  }

  /** {@code cooldown_after_loss.loss_thresholds[0].loss_amount}. */
  public String key() {
    return String.join(".", path).replace(".[", "[");
  }

  /** Whether a change protects more or less. */
  public enum Direction {
    TIGHTENS,
    LOOSENS,
    /** The rules come to the same. */
    NEUTRAL
  }
}
