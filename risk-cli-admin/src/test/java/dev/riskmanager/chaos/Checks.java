package dev.riskmanager.chaos;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What must hold, whatever was done to the processes: judged by the venue's ledger and request log,
 * and by what the engine said, held against that ledger.
 *
 * @param watched accounts the engine protects
 * @param paused those of them with RULE-006
 * @param bound an exposure that is forbidden is gone within that time, while nothing is in the way
 */
record Checks(
    Ledger ledger, Timeline timeline, Set<Long> watched, Set<Long> paused, Duration bound) {
  /** A plan runs to its proof, and is watched, after its lock has ended. */
  private static final Duration PLAN = Duration.ofSeconds(30);

  /** Between what the engine wrote and when this program looked. */
  private static final Duration SLACK = Duration.ofMillis(50);

  private static final Duration LATE = Duration.ofSeconds(15);

  /** Everything that does not hold. */
  List<String> findings() {
    List<String> found = new ArrayList<>();
    requests(watched, found);
    fills(found);
    watched.forEach(account -> exposure(account, found));
    watched.forEach(account -> orders(account, found));
    said(found);
    pauses(found);
    return found;
  }

  /**
   * What can be said at once after a restart: no time may pass first.
   *
   * @param everWatched by this home or one before it at the same venue
   */
  List<String> ofHome(List<Long> everWatched) {
    List<String> found = new ArrayList<>();
    requests(Set.copyOf(everWatched), found);
    fills(found);
    said(found);
    return found;
  }

  /** Nobody is enforced upon who broke no rule, and nobody who is not watched is touched. */
  private void requests(Set<Long> ours, List<String> found) {
    for (Row row : ledger.rows()) {
      if (row instanceof Row.Asked asked && asked.changes()) {
        if (!ours.contains(asked.account())) {
          found.add("an account that is not watched was touched: " + asked);
        } else if (!mayBeEnforced(asked.account(), asked.at())) {
          found.add("enforced where nothing was breached: " + asked);
        } else if (asked.operation().equals("Order/place")) {
          found.add("an order was placed, though no rule places any: " + asked);
        }
      }
    }
  }

  private boolean mayBeEnforced(long account, Instant at) {
    return isAfter(at, ledger.lockedSince(account))
        || ledger.pauses(account).stream()
            .anyMatch(t -> !at.isBefore(t) && at.isBefore(t.plus(Ledger.PAUSE).plus(PLAN)));
  }

  private static boolean isAfter(Instant at, Optional<Instant> since) {
    return since.isPresent() && !at.isBefore(since.get());
  }

  /** No fill of the engine's makes a position larger, or smaller than what may stay. */
  private void fills(List<String> found) {
    for (Row row : ledger.rows()) {
      if (row instanceof Row.Traded trade && ledger.isEngines(trade.order()) && trade.opening()) {
        found.add("exposure was increased: " + trade);
      }
    }
    paused.forEach(account -> baseline(account, found));
  }

  /**
   * Under a pause what was held when it began may stay, less what the trader gave up since: at
   * least the least that was held since before any pause that can still be enforced.
   */
  private void baseline(long account, List<String> found) {
    if (ledger.lockedSince(account).isPresent()) {
      return;
    }
    List<Row.Held> past = new ArrayList<>();
    boolean byEngine = false;
    int whenAsked = 0;
    for (Row row : ledger.rows()) {
      if (row instanceof Row.Asked asked && asked.account() == account && asked.closes()) {
        whenAsked = past.isEmpty() ? 0 : Math.abs(past.getLast().signed());
      } else if (row instanceof Row.Traded trade && trade.account() == account) {
        byEngine = ledger.isEngines(trade.order());
      } else if (row instanceof Row.Held now && now.account() == account) {
        int least = least(past, now);
        int taken = past.isEmpty() ? 0 : Math.abs(past.getLast().signed() - now.signed());
        // What the trader gives up while the request is on its way cannot be known to it.
        if (byEngine && Math.abs(now.signed()) < least && whenAsked - taken < least) {
          found.add("closed below what may stay (" + least + "): " + now);
        }
        past.add(now);
        byEngine = false;
      }
    }
  }

  /** Zero as soon as it was flat, turned or not yet known. */
  private static int least(List<Row.Held> past, Row.Held now) {
    Instant from = now.at().minus(Ledger.PAUSE).minus(PLAN);
    int least = Integer.MAX_VALUE;
    for (int i = past.size() - 1; i >= 0; i--) {
      Row.Held before = past.get(i);
      boolean same = Integer.signum(before.signed()) == Integer.signum(past.getLast().signed());
      least = same ? Math.min(least, Math.abs(before.signed())) : 0;
      if (before.at().isBefore(from)) {
        return least;
      }
    }
    return 0;
  }

  /**
   * An order is known by its event, or by a read; where events were lost and many reads were made
   * before, the next look is so far.
   */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

  /** A position in a locked account is gone within the bound. */
  private void exposure(long account, List<String> found) {
    Optional<Instant> since = ledger.lockedSince(account);
    if (since.isEmpty()) {
      return;
    }
    Map<String, Integer> open = new TreeMap<>();
    Instant from = null;
    for (Row row : ledger.rows()) {
      if (row instanceof Row.Held held && held.account() == account) {
        open.put(held.contract(), held.signed());
        open.values().removeIf(size -> size == 0);
        Instant at = Timeline.later(held.at(), since.get());
        if (!open.isEmpty() && from == null) {
          from = at;
        } else if (open.isEmpty() && from != null) {
          exposed(account, from, at, bound, "a position stood", found);
          from = null;
        }
      }
    }
    if (from != null) {
      Instant begin = Timeline.later(from, since.get());
      exposed(account, begin, World.now(), bound, "a position stands", found);
    }
  }

  private void exposed(
      long account, Instant from, Instant to, Duration bound, String what, List<String> found) {
    if (Duration.between(from, to).compareTo(bound) > 0) {
      Duration clear = timeline.clear(from, to);
      if (clear.compareTo(bound) > 0) {
        found.add(
            what
                + " in locked account "
                + account
                + " from "
                + from
                + " to "
                + to
                + ", for "
                + clear.toMillis()
                + " ms of it with nothing in the way");
      }
    }
  }

  /** Orders of a locked account go after its positions. */
  private void orders(long account, List<String> found) {
    Optional<Instant> since = ledger.lockedSince(account);
    if (since.isEmpty()) {
      return;
    }
    Map<Long, Instant> working = new HashMap<>();
    for (Row row : ledger.rows()) {
      if (row instanceof Row.Ordered order && order.account() == account) {
        if (order.isWorking()) {
          working.putIfAbsent(order.id(), Timeline.later(order.at(), since.get()));
        } else {
          Instant from = working.remove(order.id());
          if (from != null) {
            exposed(
                account,
                from,
                order.at(),
                bound.plus(BETWEEN_LOOKS),
                "order " + order.id() + " worked",
                found);
          }
        }
      }
    }
    working.forEach(
        (id, from) ->
            exposed(
                account,
                from,
                World.now(),
                bound.plus(BETWEEN_LOOKS),
                "order " + id + " works",
                found));
  }

  /** What the engine said of locks that last for the day, against the ledger. */
  private void said(List<String> found) {
    Map<Long, Instant> shown = new HashMap<>();
    Map<Integer, Instant> began = new HashMap<>();
    for (Timeline.Sample sample : timeline.samples()) {
      began.putIfAbsent(sample.run(), sample.asked());
      StatusView status = sample.status();
      if (status == null) {
        continue;
      }
      for (long account : watched) {
        Optional<AccountView> view =
            status.accounts().stream().filter(a -> a.accountId() == account).findFirst();
        boolean locked =
            view.isPresent()
                && view.get().lockouts().stream().anyMatch(l -> l.ruleId().equals("RULE-003"));
        Optional<Instant> since = ledger.lockedSince(account);
        if (locked && (since.isEmpty() || since.get().isAfter(sample.answered()))) {
          found.add("locked without a breach: account " + account + " at " + sample.answered());
          return;
        }
        if (locked) {
          shown.putIfAbsent(account, sample.answered());
        } else if (shown.containsKey(account) && view.isPresent()) {
          found.add(
              "the lockout of account "
                  + account
                  + " was gone at "
                  + sample.answered()
                  + ", shown since "
                  + shown.get(account));
          return;
        } else if (since.isPresent()
            && sample.isHealthy()
            && (since.get().isBefore(Objects.requireNonNull(began.get(sample.run())))
                || timeline.clear(since.get(), sample.asked()).compareTo(bound) > 0)) {
          found.add(
              "account "
                  + account
                  + " is not locked at "
                  + sample.answered()
                  + " though it has lost too much since "
                  + since.get()
                  + "; the engine says "
                  + status.engine().state());
          return;
        }
      }
    }
  }

  /** A pause is as long as a trade and the rules make it, by true time. */
  private void pauses(List<String> found) {
    Map<Long, Instant> ends = new TreeMap<>();
    for (Timeline.Sample sample : timeline.samples()) {
      StatusView status = sample.status();
      if (status == null) {
        continue;
      }
      for (AccountView view : status.accounts()) {
        Map<Long, Instant> here = new TreeMap<>();
        for (LockoutView lockout : view.lockouts()) {
          if (lockout.ruleId().equals("RULE-006")) {
            Instant end = Objects.requireNonNull(lockout.expiresAt());
            here.put(lockout.id(), end);
            pause(view.accountId(), end, sample, found);
          }
        }
        if (paused.contains(view.accountId())) {
          ends.forEach(
              (id, end) -> {
                boolean early = sample.answered().plus(SLACK).isBefore(end);
                if (early && (!here.containsKey(id) || here.get(id).isBefore(end))) {
                  found.add(
                      "pause "
                          + id
                          + " of account "
                          + view.accountId()
                          + " until "
                          + end
                          + " was over at "
                          + sample.answered());
                }
              });
          ends.putAll(here);
        }
      }
    }
  }

  private void pause(long account, Instant end, Timeline.Sample sample, List<String> found) {
    boolean known =
        ledger.pauses(account).stream()
            .map(t -> Duration.between(t.plus(Ledger.PAUSE), end).abs())
            .anyMatch(off -> off.compareTo(Duration.ofMillis(2)) < 0);
    if (!known) {
      found.add("a pause of account " + account + " ends at " + end + ", which no trade explains");
    }
    if (sample.isHealthy() && timeline.clear(end, sample.asked()).compareTo(LATE) > 0) {
      found.add("a pause of account " + account + " until " + end + " is on at " + sample.asked());
    }
  }
}
