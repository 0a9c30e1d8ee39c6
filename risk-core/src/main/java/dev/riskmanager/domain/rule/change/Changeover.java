package dev.riskmanager.domain.rule.change;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.change.KeyChange.Direction;
import dev.riskmanager.domain.settings.ConfigNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * From the rules in force to those that are wanted: tightening at once, loosening at the next reset
 * (ADR 0007). Pure: the time is an argument, and the outcome says what holds and what waits.
 *
 * @param now what holds from now on
 * @param later what waits
 * @param changes each difference, what was found about it, and when it takes effect
 */
public record Changeover(RulesInForce now, Waiting later, List<KeyChange> changes) {

  /**
   * Judges wanted rules against those in force. What waited before is forgotten: wanted is wanted.
   *
   * @param inForce what holds; it must load
   * @param wanted what the files say; it must load
   * @param t when the change was asked for
   */
  public static Changeover judge(RulesInForce inForce, RulesInForce wanted, Instant t) {
    return judge(inForce, wanted, t, account -> false);
  }

  /**
   * The same, where some accounts that leave the files do not wait for their reset.
   *
   * @param leavesAtOnce accounts that nobody could protect so far, or of which an admin said so
   */
  public static Changeover judge(
      RulesInForce inForce, RulesInForce wanted, Instant t, Predicate<AccountId> leavesAtOnce) {
    Draft draft = new Draft(inForce, t, leavesAtOnce);
    draft.holidays(wanted.holidays());
    for (int i = 0; i < inForce.accounts().size(); i++) {
      AccountId id = inForce.accounts().keyAt(i);
      draft.account(id, wanted.accounts().get(id));
    }
    for (int i = 0; i < wanted.accounts().size(); i++) {
      AccountId id = wanted.accounts().keyAt(i);
      if (!inForce.accounts().containsKey(id)) {
        draft.added(id, wanted.accounts().valueAt(i));
      }
    }
    return draft.done();
  }

  /** The same changes, all of them in force at once: an admin said so and why. */
  public static Changeover atOnce(RulesInForce inForce, RulesInForce wanted, Instant t) {
    return new Changeover(wanted, Waiting.NONE, allAt(judge(inForce, wanted, t).changes(), t));
  }

  /**
   * One key at once, because an admin said so and why; the rest of what is wanted is judged as
   * ever.
   *
   * @param path keys from the top
   * @throws IllegalArgumentException when the key cannot be taken over alone: the rules do not load
   */
  public static Changeover atOnce(
      RulesInForce inForce, RulesInForce wanted, List<String> path, Instant t) {
    RulesInForce partly = inForce;
    for (int i = 0; i < inForce.accounts().size(); i++) {
      AccountId id = inForce.accounts().keyAt(i);
      ConfigNode tree = inForce.accounts().valueAt(i);
      Optional<ConfigNode> other = wanted.accounts().get(id);
      if (other.isPresent()) {
        for (Leaf leaf : Leaf.between(tree, other.get())) {
          tree = leaf.concerns(path) ? leaf.appliedTo(tree) : tree;
        }
        partly = partly.with(id, tree);
        partly.rules(id);
      }
    }
    List<KeyChange> changes = new ArrayList<>(allAt(judge(inForce, partly, t).changes(), t));
    Changeover rest = judge(partly, wanted, t);
    changes.addAll(rest.changes());
    return new Changeover(rest.now(), rest.later(), List.copyOf(changes));
  }

  private static List<KeyChange> allAt(List<KeyChange> changes, Instant t) {
    return changes.stream().map(change -> change.at(t)).toList();
  }

  /** Takes over what is due by {@code t}; without changes when nothing is. */
  public static Changeover due(RulesInForce inForce, Waiting waiting, Instant t) {
    RulesInForce now = inForce;
    Table<AccountId, Waiting.OfAccount> later = Table.empty();
    Optional<Waiting.OfHolidays> holidays = waiting.holidays();
    if (holidays.isPresent() && !holidays.get().due().isAfter(t)) {
      now = now.with(holidays.get().wanted());
      holidays = Optional.empty();
    }
    for (int i = 0; i < waiting.accounts().size(); i++) {
      AccountId id = waiting.accounts().keyAt(i);
      Waiting.OfAccount account = waiting.accounts().valueAt(i);
      Table<String, Instant> left = Table.empty();
      for (int j = 0; j < account.due().size(); j++) {
        String section = account.due().keyAt(j);
        if (account.due().valueAt(j).isAfter(t)) {
          left = left.with(section, account.due().valueAt(j));
        } else {
          now = taken(now, id, account.wanted(), section);
        }
      }
      later =
          left.isEmpty() ? later : later.with(id, new Waiting.OfAccount(account.wanted(), left));
    }
    return new Changeover(now, new Waiting(later, holidays), List.of());
  }

  private static RulesInForce taken(
      RulesInForce now, AccountId id, Optional<ConfigNode> wanted, String section) {
    Optional<ConfigNode> known = now.accounts().get(id);
    if (wanted.isEmpty() || known.isEmpty()) {
      return now.without(id);
    }
    return now.with(
        id, Leaf.withSection(known.get(), section, Leaf.section(wanted.get(), section)));
  }

  private static final class Draft {
    private final RulesInForce inForce;
    private final Instant t;
    private final Predicate<AccountId> leavesAtOnce;
    private RulesInForce now;
    private Table<AccountId, Waiting.OfAccount> later = Table.empty();
    private Optional<Waiting.OfHolidays> laterHolidays = Optional.empty();
    private final List<KeyChange> changes = new ArrayList<>();

    Draft(RulesInForce inForce, Instant t, Predicate<AccountId> leavesAtOnce) {
      this.leavesAtOnce = leavesAtOnce;
      this.inForce = inForce;
      this.now = inForce;
      this.t = t;
    }

    Changeover done() {
      return new Changeover(now, new Waiting(later, laterHolidays), List.copyOf(changes));
    }

    void added(AccountId id, ConfigNode tree) {
      now = now.with(id, tree);
      change(id, List.of(), Optional.empty(), Optional.of(tree), Direction.TIGHTENS, t);
    }

    void account(AccountId id, Optional<ConfigNode> wanted) {
      ConfigNode tree = inForce.accounts().get(id).orElseThrow();
      if (wanted.isEmpty() && leavesAtOnce.test(id)) {
        now = now.without(id);
        change(id, List.of(), Optional.of(tree), wanted, Direction.LOOSENS, t);
        return;
      }
      if (wanted.isEmpty()) {
        Instant at = inForce.rules(id).general().reset().next(t);
        later =
            later.with(
                id,
                new Waiting.OfAccount(
                    wanted, Table.<String, Instant>empty().with(Waiting.OfAccount.GONE, at)));
        change(id, List.of(), Optional.of(tree), wanted, Direction.LOOSENS, at);
        return;
      }
      AccountChange.Split split = AccountChange.between(tree, wanted.get(), now.holidays(), t);
      now = now.with(id, split.tree());
      if (!split.due().isEmpty()) {
        later = later.with(id, new Waiting.OfAccount(wanted, split.due()));
      }
      for (AccountChange.Judged judged : split.changes()) {
        Leaf leaf = judged.leaf();
        change(
            id, leaf.path(), leaf.before(), leaf.after(), judged.direction(), judged.effectiveAt());
      }
    }

    private void change(
        AccountId id,
        List<String> path,
        Optional<ConfigNode> before,
        Optional<ConfigNode> after,
        Direction direction,
        Instant at) {
      changes.add(new KeyChange(Optional.of(id), path, before, after, direction, at));
    }

    /** A day that closes, or closes earlier, does so at once; the others open when all reset. */
    void holidays(Holidays wanted) {
      Holidays old = inForce.holidays();
      if (old.equals(wanted)) {
        return;
      }
      TreeSet<LocalDate> closed = new TreeSet<>(old.closed());
      closed.addAll(wanted.closed());
      TreeMap<LocalDate, Holidays.EarlyClose> early = new TreeMap<>(wanted.early());
      old.early()
          .forEach(
              (date, close) ->
                  early.merge(date, close, (a, b) -> a.instant().isAfter(b.instant()) ? b : a));
      early.keySet().removeAll(closed);
      Holidays both = new Holidays(closed, early);
      now = now.with(both);
      if (!both.equals(old)) {
        holidayChange(Direction.TIGHTENS, t);
      }
      if (!both.equals(wanted)) {
        Instant last = t;
        for (int i = 0; i < inForce.accounts().size(); i++) {
          Instant reset = inForce.rules(inForce.accounts().keyAt(i)).general().reset().next(t);
          last = reset.isAfter(last) ? reset : last;
        }
        laterHolidays = Optional.of(new Waiting.OfHolidays(wanted, last));
        holidayChange(Direction.LOOSENS, last);
      }
    }

    private void holidayChange(Direction direction, Instant at) {
      changes.add(
          new KeyChange(
              Optional.empty(),
              List.of("holidays"),
              Optional.empty(),
              Optional.empty(),
              direction,
              at));
    }
  }
}
