package dev.riskmanager.domain.rule.change;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.Strictness;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.rule.change.KeyChange.Direction;
import dev.riskmanager.domain.settings.ConfigNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What of the wanted rules of one account is taken over at once: whatever loosens nothing. */
final class AccountChange {
  private final Holidays holidays;
  private final List<Taken> taken = new ArrayList<>();
  private ConfigNode tree;
  private RuleSet rules;

  /** A difference that was taken over, and whether the rules are stricter for it. */
  private record Taken(Leaf leaf, boolean tightens) {}

  private AccountChange(ConfigNode inForce, RuleSet rules, Holidays holidays) {
    this.tree = inForce;
    this.rules = rules;
    this.holidays = holidays;
  }

  /**
   * The outcome for one account.
   *
   * @param tree what holds now
   * @param changes what of it is new, and what waits
   * @param due when each section that waits is taken over
   */
  record Split(ConfigNode tree, List<Judged> changes, Table<String, Instant> due) {}

  /** A difference with what was found about it. */
  record Judged(Leaf leaf, Direction direction, Instant effectiveAt) {}

  /**
   * Compares what is in force with what is wanted.
   *
   * @param holidays those that hold now
   * @param t now
   */
  static Split between(ConfigNode inForce, ConfigNode wanted, Holidays holidays, Instant t) {
    RuleSet before =
        RulesInForce.read(inForce, holidays)
            .orElseThrow(() -> new IllegalArgumentException("the rules in force do not load"));
    AccountChange change = new AccountChange(inForce, before, holidays);
    change.takeSections(wanted);
    change.takeLeaves(wanted);
    return change.split(before, wanted, t);
  }

  /** Each difference by itself, again while one that was taken lets another be. */
  private void takeLeaves(ConfigNode wanted) {
    boolean again = true;
    while (again) {
      again = false;
      for (Leaf leaf : Leaf.between(tree, wanted)) {
        again |= take(leaf) || leaf.grown().filter(this::tightens).map(this::take).orElse(false);
      }
    }
  }

  /** A section that tightens as a whole: its keys may only be valid, or only mean it, together. */
  private void takeSections(ConfigNode wanted) {
    List<Leaf> leaves = Leaf.between(tree, wanted);
    TreeSet<String> sections = new TreeSet<>();
    leaves.forEach(leaf -> sections.add(leaf.path().get(0)));
    for (String key : sections) {
      List<Leaf> inside = leaves.stream().filter(leaf -> leaf.path().get(0).equals(key)).toList();
      take(new Leaf(List.of(key), Optional.empty(), Leaf.section(wanted, key)), inside);
    }
  }

  /** Whether it adds anything: {@code RTY} beside {@code R*} does not. */
  private boolean tightens(Leaf leaf) {
    return RulesInForce.read(leaf.appliedTo(tree), holidays)
        .filter(after -> !Strictness.isAtLeast(rules, after))
        .isPresent();
  }

  private boolean take(Leaf leaf) {
    return take(leaf, List.of(leaf));
  }

  /** Takes a difference over if it loosens nothing, and notes it as those that it is made of. */
  private boolean take(Leaf leaf, List<Leaf> parts) {
    ConfigNode tried = leaf.appliedTo(tree);
    RuleSet after = RulesInForce.read(tried, holidays).orElse(null);
    if (after == null || !Strictness.isAtLeast(after, rules)) {
      return false;
    }
    boolean tightens = !Strictness.isAtLeast(rules, after);
    parts.forEach(part -> taken.add(new Taken(part, tightens)));
    tree = tried;
    rules = after;
    return true;
  }

  private Split split(RuleSet before, ConfigNode wanted, Instant t) {
    List<Judged> changes = new ArrayList<>();
    for (Taken one : taken) {
      changes.add(
          new Judged(one.leaf(), one.tightens() ? Direction.TIGHTENS : Direction.NEUTRAL, t));
    }
    var due = Table.<String, Instant>empty();
    for (Leaf leaf : Leaf.between(tree, wanted)) {
      String section = leaf.path().get(0);
      Instant at = resetOf(before, section).next(t);
      due = due.with(section, at);
      changes.add(new Judged(leaf, Direction.LOOSENS, at));
    }
    return new Split(tree, List.copyOf(changes), due);
  }

  /** The reset a section waits for: that of its rule as it is in force, else the account's. */
  private static ResetTime resetOf(RuleSet rules, String section) {
    Optional<RuleId> rule = RuleCatalog.find(section);
    return rule.map(rules::resetOf).orElse(rules.general().reset());
  }
}
