package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.RulesText;
import dev.riskmanager.daemon.port.Reconfiguration;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.change.Changeover;
import dev.riskmanager.domain.rule.change.KeyChange;
import dev.riskmanager.domain.rule.change.RulesInForce;
import dev.riskmanager.domain.rule.change.Waiting;
import dev.riskmanager.domain.settings.ConfigNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which rules hold, and which wait for a reset (ADR 0007): the two rows of the database, and what
 * becomes of them. Safe for many threads; it decides nothing about time, which is an argument.
 */
final class RuleKeeper {
  /** The row of the rules in force: the whole set as it is recorded. */
  static final String EFFECTIVE = "rules.effective";

  /** The row of what waits. */
  static final String PENDING = "rules.pending";

  private static final Logger LOG = LoggerFactory.getLogger("engine");

  private RulesInForce inForce;
  private Waiting waiting;
  private Instant since;
  private final NeverListed unlisted;

  /**
   * @param listed accounts that the venue has listed once
   */
  private RuleKeeper(
      RulesInForce inForce, Waiting waiting, Instant since, Collection<AccountId> listed) {
    this.inForce = inForce;
    this.waiting = waiting;
    this.since = since;
    this.unlisted = new NeverListed(inForce, listed);
  }

  /**
   * What holds at a start: what held last, with what fell due since, and the files judged against
   * it like a reload. At a first start the files hold as they are. What was only asked for, of an
   * account that the venue has never listed, is no part of what held.
   *
   * @param wanted what the files say
   * @return the keeper and what the files change
   */
  static AtStart start(List<Store.MetaSaved> rows, RulesInForce wanted, Instant now) {
    Optional<String> effective = row(rows, EFFECTIVE);
    if (effective.isEmpty()) {
      return first(wanted, now);
    }
    try {
      RulesInForce held = RulesText.rules(EFFECTIVE, effective.get());
      RulesInForce last = NeverListed.watched(held, row(rows, NeverListed.ROW).orElse(""));
      if (last.accounts().isEmpty() && !held.accounts().isEmpty()) {
        return first(wanted, now);
      }
      Waiting later =
          row(rows, PENDING).map(text -> RulesText.waiting(PENDING, text)).orElse(Waiting.NONE);
      RulesInForce due = Changeover.due(last, later, now).now();
      Changeover change = Changeover.judge(due, wanted, now);
      return new AtStart(
          new RuleKeeper(change.now(), change.later(), now, NeverListed.ids(last)),
          change.changes().stream().map(ConfigViews::line).toList(),
          Optional.empty());
    } catch (IllegalArgumentException e) {
      return new AtStart(
          new RuleKeeper(wanted, Waiting.NONE, now, NeverListed.ids(wanted)),
          List.of(),
          Optional.of(
              "the rules that held before the restart cannot be read ("
                  + e.getMessage()
                  + "); those of the files hold"));
    }
  }

  /** Nobody was protected before. */
  private static AtStart first(RulesInForce wanted, Instant now) {
    return new AtStart(
        new RuleKeeper(wanted, Waiting.NONE, now, List.of()), List.of(), Optional.empty());
  }

  /**
   * What was found at a start.
   *
   * @param changes a line for each difference between the files and what held
   * @param trouble why what held before cannot be told
   */
  record AtStart(RuleKeeper keeper, List<String> changes, Optional<String> trouble) {
    /**
     * What is to be written: what holds and waits, and that files were edited or put back while the
     * engine was down, unless an earlier start has said so.
     *
     * @param before the rows of before the start
     */
    List<Store.Change> rows(List<Store.MetaSaved> before, Instant now) {
      List<Store.Change> rows = new ArrayList<>(keeper.rows());
      boolean known = row(before, EFFECTIVE).isPresent() && keeper.hasProtected();
      Store.MetaSaved asked = keeper.askedFor();
      boolean asBefore =
          before.containsAll(rows) && row(before, NeverListed.ROW).orElse("").equals(asked.value());
      rows.add(asked);
      if (known && !asBefore) {
        rows.add(
            new Store.AuditAppended(
                now,
                "engine",
                "config.found",
                Optional.empty(),
                changes.isEmpty()
                    ? trouble.orElse("the files say again what is in force")
                    : String.join("; ", changes),
                "found at the start"));
      }
      return rows;
    }
  }

  private static Optional<String> row(List<Store.MetaSaved> rows, String key) {
    return rows.stream()
        .filter(row -> row.key().equals(key))
        .map(Store.MetaSaved::value)
        .findFirst();
  }

  synchronized RulesInForce inForce() {
    return inForce;
  }

  synchronized Waiting waiting() {
    return waiting;
  }

  /** When the rules that hold were put in force. */
  synchronized Instant since() {
    return since;
  }

  /** The holidays that hold now. */
  synchronized Holidays holidays() {
    return inForce.holidays();
  }

  /** The accounts that are watched now. */
  synchronized List<AccountId> accounts() {
    return NeverListed.ids(inForce);
  }

  /** Whether the venue has ever listed one of them, so that something was protected. */
  synchronized boolean hasProtected() {
    return !unlisted.containsAll(accounts());
  }

  /**
   * The venue lists these accounts: from now on they are watched over every start.
   *
   * @return the rows that say so; none when all were known
   */
  synchronized List<Store.Change> listed(Collection<AccountId> accounts, Instant now) {
    boolean before = hasProtected();
    List<Store.Change> rows = new ArrayList<>();
    List<AccountId> found = unlisted.listed(accounts);
    if (!found.isEmpty()) {
      rows.add(askedFor());
    }
    if (before) {
      found.forEach(account -> rows.add(NeverListed.record(account, now)));
    }
    return List.copyOf(rows);
  }

  private synchronized Store.MetaSaved askedFor() {
    return unlisted.row();
  }

  /** What the files would change; changes nothing. */
  synchronized Changeover judge(RulesInForce wanted, Instant now) {
    return Changeover.judge(inForce, watchedOnly(wanted), now, unlisted::contains);
  }

  /** The same when an admin has said that an account which is not in them shall not wait. */
  synchronized Changeover without(AccountId account, RulesInForce wanted, Instant now) {
    return Changeover.judge(
        inForce, watchedOnly(wanted), now, id -> id.equals(account) || unlisted.contains(id));
  }

  /** The same when an admin has said that it shall not wait. */
  synchronized Changeover atOnce(RulesInForce wanted, Instant now) {
    return Changeover.atOnce(inForce, watchedOnly(wanted), now);
  }

  /** The same for one key; what else the files say is judged as ever. */
  synchronized Changeover atOnce(RulesInForce wanted, List<String> path, Instant now) {
    return Changeover.atOnce(inForce, watchedOnly(wanted), path, now);
  }

  /** What waits now, and after that change nobody wants any more. */
  synchronized List<KeyChange> withdrawn(Changeover change, Instant now) {
    return judge(waiting.wanted(inForce), now).changes().stream()
        .filter(
            waits ->
                change.changes().stream()
                    .noneMatch(
                        one ->
                            one.account().equals(waits.account())
                                && one.path().equals(waits.path())))
        .toList();
  }

  /** The keys in which the files were edited since they were last put in force. */
  synchronized List<String> edited(RulesInForce files) {
    return waiting.wanted(inForce).differences(watchedOnly(files));
  }

  /**
   * The accounts of the files that are not watched: the hub is asked about them at a start only.
   */
  synchronized List<AccountId> unwatched(RulesInForce wanted) {
    List<AccountId> ids = new ArrayList<>();
    for (int i = 0; i < wanted.accounts().size(); i++) {
      AccountId id = wanted.accounts().keyAt(i);
      if (!inForce.accounts().containsKey(id)) {
        ids.add(id);
      }
    }
    return List.copyOf(ids);
  }

  private RulesInForce watchedOnly(RulesInForce wanted) {
    Table<AccountId, ConfigNode> watched = wanted.accounts();
    for (AccountId id : unwatched(wanted)) {
      watched = watched.without(id);
    }
    return new RulesInForce(watched, wanted.holidays());
  }

  /** What is due, as something to put in force; empty when nothing is. */
  synchronized Optional<Changeover> due(Instant now) {
    return waiting.next().filter(first -> !first.isAfter(now)).isPresent()
        ? Optional.of(Changeover.due(inForce, waiting, now))
        : Optional.empty();
  }

  /** The event that puts a changeover in force, with the rows that remember it. */
  static Reconfiguration event(Changeover change, List<Store.Change> others) {
    List<Store.Change> rows = new ArrayList<>(rows(change.now(), change.later()));
    rows.addAll(others);
    return new Reconfiguration(
        Configuration.book(change.now()), RulesText.of(change.now()), List.copyOf(rows));
  }

  /** The rows of what holds and waits now. */
  synchronized List<Store.Change> rows() {
    return rows(inForce, waiting);
  }

  private static List<Store.Change> rows(RulesInForce now, Waiting later) {
    return List.of(
        new Store.MetaSaved(EFFECTIVE, RulesText.of(now)),
        new Store.MetaSaved(PENDING, RulesText.of(later)));
  }

  /** The loop has it in force. */
  synchronized void took(Changeover change, Instant now) {
    inForce = change.now();
    waiting = change.later();
    since = now;
    unlisted.retain(accounts());
    waiting
        .next()
        .ifPresent(next -> LOG.info("Configuration: the next change takes effect at {}", next));
  }
}
