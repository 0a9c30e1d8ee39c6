package dev.riskmanager.domain.state;

import dev.riskmanager.domain.lockout.SignedSizes;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.Table;
import java.util.Locale;

/**
 * A breach that has been answered: while it lasts nothing more is decided for its key unless the
 * excess grows.
 *
 * @param excess how far beyond the limit, in the rule's own whole unit
 * @param exposure signed contracts at the decision, by contract id, and those of orders it named
 *     under {@code order 123}: larger, other side or a new one is growth
 */
public record Episode(Key key, Ends ends, long excess, Table<String, Long> exposure) {
  /** Before the id of an order in an exposure. */
  public static final String ORDER = "order ";

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

    /** A text that {@link #parse} reads back: {@code 4:daily_unrealized_loss/CON.F.US.MNQ.U26}. */
    public String text() {
      return rule.text() + "/" + subject;
    }

    /**
     * The key of a {@link #text}.
     *
     * @throws IllegalArgumentException when it is not one
     */
    public static Key parse(String text) {
      int slash = text.indexOf('/');
      if (slash < 0) {
        throw new IllegalArgumentException("not the key of an episode: " + text);
      }
      return new Key(RuleId.parse(text.substring(0, slash)), text.substring(slash + 1));
    }

    /** {@code RULE-004/CON.F.US.MNQ.U26}. */
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s/%s", rule, subject);
    }
  }

  /**
   * All but the key as a text that {@link #parse} reads back: {@code WITH_POSITION 300000000000
   * CON.F.US.MNQ.U26=2}.
   */
  public String text() {
    return ends + " " + excess + " " + SignedSizes.text(exposure);
  }

  /**
   * The episode of a key and a {@link #text}.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static Episode parse(Key key, String text) {
    int first = text.indexOf(' ');
    int second = text.indexOf(' ', first + 1);
    if (first < 0 || second < 0) {
      throw new IllegalArgumentException("not an episode: " + text);
    }
    return new Episode(
        key,
        Ends.valueOf(text.substring(0, first)),
        Long.parseLong(text.substring(first + 1, second)),
        SignedSizes.parseNamed(text.substring(second + 1)));
  }

  /** The same without the contracts that are no longer held; itself when all of them are. */
  public Episode withoutFlat(Table<ContractId, Holding> holdings) {
    Table<String, Long> held = exposure;
    for (int i = 0; i < exposure.size(); i++) {
      String name = exposure.keyAt(i);
      boolean gone =
          !name.startsWith(ORDER)
              && holdings.get(new ContractId(name)).filter(h -> !h.isFlat()).isEmpty();
      held = gone ? held.without(name) : held;
    }
    return held == exposure ? this : new Episode(key, ends, excess, held);
  }

  /** Whether the exposure named here has grown into {@code now}: larger, flipped, or new. */
  public boolean hasGrown(Table<String, Long> now) {
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
