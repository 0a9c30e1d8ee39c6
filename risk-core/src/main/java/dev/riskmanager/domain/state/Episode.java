package dev.riskmanager.domain.state;

import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.Table;
import java.util.Locale;

/**
 * A breach that has been answered: while it lasts nothing more is decided for its key unless the
 * excess grows.
 *
 * @param excess how far beyond the limit, in the rule's own whole unit
 * @param exposure signed contracts at the decision: larger, other side or a new contract is growth
 */
public record Episode(Key key, Ends ends, long excess, Table<ContractId, Long> exposure) {

  /** When an episode is over. */
  public enum Ends {
    /** When the state no longer violates: 001, 002, 009, 010, 011. */
    WHEN_CLEARED,
    /**
     * When that position is flat or on the other side, not when P&amp;L recovers: 004, 005, 008.
     */
    WITH_POSITION,
    /** At the rule's reset: 003, 013. */
    AT_RESET,
    /** At once: each finding stands alone: 006, 007. */
    AT_ONCE
  }

  /**
   * What an episode is about.
   *
   * @param subject a contract id, a symbol, or empty for the account
   */
  public record Key(RuleId rule, String subject) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byRule = rule.compareTo(other.rule);
      return byRule != 0 ? byRule : subject.compareTo(other.subject);
    }

    /** {@code RULE-004/CON.F.US.MNQ.U26}. */
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s/%s", rule, subject);
    }
  }

  /** Whether the exposure named here has grown into {@code now}: larger, flipped, or new. */
  public boolean hasGrown(Table<ContractId, Long> now) {
    for (int i = 0; i < now.size(); i++) {
      long size = now.valueAt(i);
      long before = exposure.getOrDefault(now.keyAt(i), 0L);
      if (Long.signum(size) != 0
          && (Long.signum(size) != Long.signum(before) || Math.abs(size) > Math.abs(before))) {
        return true;
      }
    }
    return false;
  }
}
