package dev.riskmanager.trader.view;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.EngineView;
import dev.riskmanager.wire.GatewayState;
import dev.riskmanager.wire.LockoutType;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.RuleView;
import dev.riskmanager.wire.StatusView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one thing the trader must know about an account: may I trade, and if not, why, what does that
 * mean and for how long.
 *
 * @param kind what it comes down to
 * @param word the same as a word, in capitals
 * @param what one short remark beside it
 * @param ends when it ends, null when no time is set
 * @param details reason and meaning, a sentence or two each
 */
public record Verdict(
    Kind kind, String word, String what, @Nullable Instant ends, List<String> details) {

  /** What it comes down to. */
  public enum Kind {
    /** Trading is allowed and guarded. */
    OK(Style.GOOD_BLOCK),
    /** Trading is allowed, but something is not as it should be. */
    CAUTION(Style.WARN_BLOCK),
    /** Locked out for a while. */
    COOLDOWN(Style.WARN_BLOCK),
    /** Locked out. */
    LOCKED(Style.BAD_BLOCK),
    /** Nobody guards the account, or nobody knows. */
    NOT_PROTECTED(Style.BAD_BLOCK),
    /** Nothing is known yet. */
    UNKNOWN(Style.QUIET_BLOCK);

    private final Style style;

    Kind(Style style) {
      this.style = style;
    }

    /** How it is drawn. */
    public Style style() {
      return style;
    }
  }

  public Verdict {
    details = List.copyOf(details);
  }

  /** How much it matters: more is worse. The kinds stand in the order of it, but for the last. */
  int severity() {
    return kind == Kind.UNKNOWN ? 0 : 1 + kind.ordinal();
  }

  /**
   * Judges an account.
   *
   * @param link the way to the engine
   * @param status the newest picture, null before the first
   * @param account the account, one of the picture's, or null when it has none
   * @param times the zone of the texts
   * @return the verdict
   */
  public static Verdict of(
      Link link, @Nullable StatusView status, @Nullable AccountView account, Times times) {
    if (link.state() == Link.State.GONE) {
      return gone(link, status, account, times);
    }
    if (status == null) {
      return new Verdict(
          Kind.UNKNOWN, "CONNECTING", "to the engine", null, List.of(link.where(), ""));
    }
    Verdict known = known(link, status, account, times);
    return switch (Link.freshness(link.age())) {
      case FRESH -> known;
      case STALE -> stale(known, link);
      case NO_DATA ->
          new Verdict(
              Kind.NOT_PROTECTED,
              "NO DATA",
              "the engine has said nothing for " + Times.age(link.age()),
              null,
              List.of(
                  "It may be stopped or hung: nothing shown here can be relied on.",
                  lastKnown(status, account, link, times)));
    };
  }

  private static Verdict gone(
      Link link, @Nullable StatusView status, @Nullable AccountView account, Times times) {
    String lock = lock(status, account, link, times);
    return new Verdict(
        Kind.NOT_PROTECTED,
        "NOT PROTECTED",
        "no connection to the engine" + (lock.isEmpty() ? "" : "; locked too"),
        null,
        List.of(withoutParentheses(link.message()), lastKnown(status, account, link, times)));
  }

  /** What to do must be seen even on a small screen; the page of the connections shows it all. */
  private static String withoutParentheses(String message) {
    int open = message.indexOf(" (");
    int close = message.indexOf(')', Math.max(0, open));
    return open < 0 || close < 0
        ? message
        : message.substring(0, open) + message.substring(close + 1);
  }

  /** A lockout is on disk: it lasts whatever becomes of the engine. */
  private static String lastKnown(
      @Nullable StatusView status, @Nullable AccountView account, Link link, Times times) {
    if (status == null) {
      return "No limit is enforced. This screen connects by itself as soon as it can.";
    }
    String lock = lock(status, account, link, times);
    return lock.isEmpty()
        ? "Last known: "
            + (account == null ? "not locked" : EntryVerdict.known(account, status.asOf(), times))
            + ". No limit is enforced until the engine is back."
        : lock;
  }

  /** What keeps the account locked, empty for nothing. */
  private static String lock(
      @Nullable StatusView status, @Nullable AccountView account, Link link, Times times) {
    return status == null || account == null
        ? ""
        : LockVerdict.stays(account, status.asOf().plus(link.age()), times);
  }

  private static Verdict stale(Verdict known, Link link) {
    String remark = "no news for " + Times.age(link.age());
    if (known.kind() == Kind.OK || known.kind() == Kind.CAUTION) {
      List<String> details = new ArrayList<>();
      details.add("The engine is connected and silent; last known: " + known.word() + ".");
      details.addAll(known.details());
      return new Verdict(Kind.CAUTION, "STALE", remark, null, details);
    }
    return new Verdict(
        known.kind(),
        known.word(),
        known.what() + " (stale: " + remark + ")",
        known.ends(),
        known.details());
  }

  private static Verdict known(
      Link link, StatusView status, @Nullable AccountView account, Times times) {
    EngineView engine = status.engine();
    String problems =
        times.in(String.join("; ", ownFirst(engine.problems(), account)), status.asOf());
    String lock = lock(status, account, link, times);
    return switch (engine.state()) {
      case STARTING ->
          unprotected(
              "STARTING",
              "the engine is not protecting yet",
              problems,
              lock.isEmpty() ? "Wait until it says OK TO TRADE." : lock);
      case STOPPING ->
          unprotected(
              "NOT PROTECTED",
              "the engine is stopping",
              problems,
              lock.isEmpty() ? "No limit is enforced until it runs again." : lock);
      case NOT_PROTECTED ->
          unprotected(
              "NOT PROTECTED",
              "the engine cannot enforce",
              problems,
              lock.isEmpty() ? "Do not count on any limit until this is solved." : lock);
      case PROTECTING, DEGRADED, UNKNOWN ->
          account != null && account.notProtected() != null
              ? unprotected(
                  "NOT PROTECTED",
                  "the engine cannot protect this account",
                  times.in(account.notProtected(), status.asOf()),
                  lock.isEmpty() ? "Do not count on any limit until this is solved." : lock)
              : judge(status, account, problems, times);
    };
  }

  private static Verdict unprotected(String word, String what, String problems, String meaning) {
    return new Verdict(Kind.NOT_PROTECTED, word, what, null, List.of(problems, meaning));
  }

  private static Verdict judge(
      StatusView status, @Nullable AccountView account, String problems, Times times) {
    if (account == null) {
      return new Verdict(
          Kind.UNKNOWN,
          "NO ACCOUNT",
          "the engine watches none",
          null,
          List.of("Add one with: risk-admin accounts add"));
    }
    List<LockoutView> locks = LockVerdict.ofAccount(account);
    if (!locks.isEmpty()) {
      return LockVerdict.of(
          locks,
          status.asOf(),
          times,
          problems.isEmpty() ? comesNext(account, LockVerdict.last(locks)) : problems);
    }
    if (account.locked()) {
      return new Verdict(
          Kind.LOCKED, "LOCKED OUT", "", null, List.of("The engine holds this account.", problems));
    }
    if (!account.canTrade()) {
      return new Verdict(
          Kind.LOCKED,
          "VENUE SAYS NO",
          "the venue does not allow trading",
          null,
          List.of("Orders of this account are refused by the venue itself.", problems));
    }
    EngineView engine = status.engine();
    boolean blind = status.gateway().state() == GatewayState.DISCONNECTED;
    if (blind || Boolean.FALSE.equals(account.booksRead())) {
      return new Verdict(
          Kind.NOT_PROTECTED,
          "NOT PROTECTED",
          "the engine does not see the venue",
          null,
          List.of(problems, "No limit can be enforced until it does; it tries again by itself."));
    }
    Verdict blocked = EntryVerdict.of(account, status.asOf(), times, problems);
    if (blocked != null) {
      return blocked;
    }
    String exceptions = EntryVerdict.exceptions(account, status.asOf(), times);
    if (engine.state() != EngineState.PROTECTING) {
      return new Verdict(
          Kind.CAUTION,
          engine.state() == EngineState.DEGRADED ? "DEGRADED" : "CAUTION",
          status.gateway().state() == GatewayState.CONNECTED
              ? "protected, with a handicap"
              : "reconnecting to the venue: not all is seen",
          null,
          List.of(problems, EntryVerdict.sentence(exceptions)));
    }
    String faults = NearestLimit.faults(account);
    RuleView nearest = NearestLimit.of(account);
    if (nearest != null && NearestLimit.isPast(nearest)) {
      return new Verdict(
          Kind.CAUTION,
          "CAUTION",
          "past " + nearest.rule() + ": worse acts again",
          null,
          List.of(
              NearestLimit.text(nearest, times, status.asOf()),
              "It was unlocked or waits for its answer; nothing is left of this limit.",
              EntryVerdict.sentence(exceptions),
              faults));
    }
    return new Verdict(
        faults.isEmpty() && !EntryVerdict.isForATime(account) ? Kind.OK : Kind.CAUTION,
        "OK TO TRADE",
        exceptions,
        null,
        List.of(NearestLimit.text(nearest, times, status.asOf()), faults));
  }

  /** Rules are silent during a lockout; its end asks them all. */
  private static String comesNext(AccountView account, LockoutView lock) {
    if (lock.type() != LockoutType.COOLDOWN) {
      return "";
    }
    RuleView next = NearestLimit.askedAfter(account, lock);
    return next != null && NearestLimit.isPast(next)
        ? next.rule() + " is past its limit too, and is judged when this ends."
        : "";
  }

  /** What is wrong with another account does not explain this one's state. */
  private static List<String> ownFirst(List<String> problems, @Nullable AccountView account) {
    if (account == null) {
      return problems;
    }
    List<String> sorted = new ArrayList<>(problems);
    // Those of the JDK can be written to a file, and for that reason are put together at first use.
    sorted.sort((a, b) -> Boolean.compare(isAnothers(a, account), isAnothers(b, account)));
    return sorted;
  }

  private static boolean isAnothers(String problem, AccountView account) {
    int at = problem.indexOf("account ");
    boolean own =
        problem.contains("account " + account.name() + ":")
            || problem.contains("account " + account.accountId() + ":")
            || problem.contains("account " + account.accountId() + " ");
    return at >= 0 && problem.indexOf(':', at) > 0 && !own;
  }
}
