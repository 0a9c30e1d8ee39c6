package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.Change;
import dev.riskmanager.daemon.port.Store.LockoutEnded;
import dev.riskmanager.daemon.port.Store.LockoutSaved;
import dev.riskmanager.domain.lockout.Lockout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What must be written so that the table of lockouts is what the audit says: nothing that the audit
 * holds in force is missing or shorter. A row that the audit does not know stays.
 */
final class LockoutRepair {
  private final SortedMap<Long, Lockout> active;
  private final Set<Long> used;
  private final Instant now;
  private final List<Change> ends = new ArrayList<>();
  private final List<Change> saves = new ArrayList<>();
  private final List<Lockout> restored = new ArrayList<>();
  private long nextId;

  private LockoutRepair(SortedMap<Long, Lockout> active, Set<Long> used, long nextId, Instant now) {
    this.active = active;
    this.used = used;
    this.nextId = nextId;
    this.now = now;
  }

  /**
   * What to write, and what it brings back.
   *
   * @param changes in the order in which they are to be written
   * @param restored the lockouts that were missing or had been changed
   */
  record Result(List<Change> changes, List<Lockout> restored) {}

  /**
   * Compares.
   *
   * @param told what the audit says
   * @param rows the lockouts in force in the table
   * @param used every id in the table
   * @param known number of the newest record that the books had themselves: an end that was
   *     recorded later is carried out
   */
  static Result of(LockoutFold told, List<Lockout> rows, Set<Long> used, long known, Instant now) {
    SortedMap<Long, Lockout> active = new TreeMap<>();
    rows.forEach(row -> active.put(row.id(), row));
    long newest = 0;
    for (long id : used) {
      newest = Math.max(newest, id);
    }
    for (LockoutFold.Told one : told.all()) {
      newest = Math.max(newest, one.lockout().id());
    }
    LockoutRepair repair = new LockoutRepair(active, new HashSet<>(used), newest + 1, now);
    for (LockoutFold.Told one : told.all()) {
      if (!one.isActive() && one.seq() > known) {
        repair.end(one);
      }
    }
    for (LockoutFold.Told one : told.all()) {
      if (one.isActive()) {
        repair.keep(one.sure() ? one.lockout() : repair.atLeastADay(one.lockout()));
      }
    }
    List<Change> changes = new ArrayList<>(repair.ends);
    changes.addAll(repair.saves);
    return new Result(List.copyOf(changes), List.copyOf(repair.restored));
  }

  private void end(LockoutFold.Told told) {
    Lockout row = active.get(told.lockout().id());
    if (row != null && sameScope(row, told.lockout())) {
      ends.add(new LockoutEnded(row.id(), told.clearedAt().orElse(now), told.clearedBy()));
      active.remove(row.id());
    }
  }

  /** No end that is written in a changed record is believed; the admin ends it who knows better. */
  private Lockout atLeastADay(Lockout l) {
    Instant day = now.plus(Duration.ofDays(1));
    return new Lockout(
        l.id(),
        l.account(),
        l.rule(),
        l.symbol(),
        l.type(),
        l.reason(),
        l.lockedAt(),
        l.expiresAt().map(end -> end.isBefore(day) ? day : end),
        l.baseline(),
        l.tradingDay(),
        l.attempts());
  }

  private void keep(Lockout lockout) {
    Lockout row = active.get(lockout.id());
    // What was tried against it is on no record.
    if (row != null && lockout.withAttempts(row.attempts()).equals(row)) {
      return;
    }
    if (row != null && sameScope(row, lockout)) {
      save(lockout);
      return;
    }
    Optional<Lockout> other =
        active.values().stream().filter(one -> sameScope(one, lockout)).findFirst();
    if (other.isPresent()) {
      if (!lockout.endsAfter(other.get())) {
        return;
      }
      ends.add(new LockoutEnded(other.get().id(), now, "replaced"));
      active.remove(other.get().id());
    }
    save(used.contains(lockout.id()) ? withId(lockout, nextId++) : lockout);
  }

  private void save(Lockout lockout) {
    saves.add(new LockoutSaved(lockout));
    restored.add(lockout);
    active.put(lockout.id(), lockout);
    used.add(lockout.id());
  }

  private static boolean sameScope(Lockout a, Lockout b) {
    return a.account().equals(b.account())
        && a.rule().number() == b.rule().number()
        && a.symbol().equals(b.symbol());
  }

  private static Lockout withId(Lockout l, long id) {
    return new Lockout(
        id,
        l.account(),
        l.rule(),
        l.symbol(),
        l.type(),
        l.reason(),
        l.lockedAt(),
        l.expiresAt(),
        l.baseline(),
        l.tradingDay(),
        l.attempts());
  }

  /** What a lockout is, in one line. */
  static String text(Lockout lockout) {
    return "account "
        + lockout.account()
        + " "
        + lockout.rule()
        + lockout.symbol().map(symbol -> " " + symbol).orElse("")
        + lockout.expiresAt().map(end -> " until " + end).orElse(" until its condition ends");
  }
}
