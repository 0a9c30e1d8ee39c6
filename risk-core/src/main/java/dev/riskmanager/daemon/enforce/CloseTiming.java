package dev.riskmanager.daemon.enforce;

import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Position;
import org.jspecify.annotations.Nullable;

/**
 * When a close of a contract may leave: never on top of one that may still fill, which would open
 * the other side, and not before a read has shown what came of the last, unless closing again can
 * hit no wrong position.
 */
final class CloseTiming {
  private final Goals goals;
  private final Book book;
  private final Reads reads;
  private final Fills fills;
  private long lastSlow = -Timing.NEVER;

  CloseTiming(Goals goals, Book book, Reads reads, Fills fills) {
    this.goals = goals;
    this.book = book;
    this.reads = reads;
    this.fills = fills;
  }

  /** A try that comes after many leaves. */
  void slowOneSent(Stamp stamp) {
    lastSlow = stamp.nanos();
  }

  /**
   * A close in a hurry on top of one that still fills would open the other side. Reads tell that
   * ours is over, or a position that was opened since: the one before it has gone with our close.
   */
  void calmDown(ContractId contract, CloseAttempt attempt, Moment now) {
    ContractGoal goal = goals.of(contract).orElse(null);
    if (goal != null
        && goal.isUrgent()
        && (attempt.tried.inFlight()
            || mayHaveHit(goal, attempt, now)
            || fills.isFilling(contract, now))) {
      goal.hurried();
    }
  }

  private boolean mayHaveHit(ContractGoal goal, CloseAttempt attempt, Moment now) {
    Try tried = attempt.tried;
    boolean meant =
        goal.newestPosition() == attempt.positionId
            || !goal.newestOpenedAt().isAfter(tried.maybeAt());
    return meant && (isUnseen(tried) || isUnseenAmongOrders(tried, now));
  }

  /**
   * A request may have been carried out, and no read of the orders has shown yet what came of it.
   */
  private boolean isUnseenAmongOrders(Try tried, Moment now) {
    return book.ordersSent().seq() <= tried.maybeSeq()
        && now.nanos() - tried.maybeNanos() <= Fills.PATIENCE;
  }

  /**
   * An amount comes from a fresh read; and where a position may be held, so does the knowledge that
   * it still is the one to close: the venue closes whatever there is.
   */
  boolean needsFreshRead(Position held) {
    return goals.stay(held) > 0 || !goals.lock().mustBeFlat(held.contract());
  }

  boolean mayTry(@Nullable CloseAttempt attempt, Position held, Moment now) {
    if (attempt == null || attempt.tried.attempts() == 0) {
      return !goals.mustLookFirst(held.contract(), book, now)
          && !fills.isFilling(held.contract(), now);
    }
    Try tried = attempt.tried;
    if (!isUnseen(tried) && book.positionsSent().nanos() >= tried.due()) {
      return now.nanos() >= slowUntil(tried) && !isFilling(tried, held, now);
    }
    return mayRepeatUnseen(tried, held.contract(), now);
  }

  /** The venue took a close of what is still held, and a read has not shown yet that it filled. */
  boolean awaitsFill(Try tried, Moment now) {
    return tried.attempts() > 0
        && !tried.inFlight()
        && !isUnseen(tried)
        && now.nanos() - tried.maybeNanos() <= Fills.PATIENCE;
  }

  /** No read has shown yet what came of the last request. */
  boolean isUnseen(Try tried) {
    return book.positionsSent().seq() <= tried.answeredSeq();
  }

  /**
   * Where nothing may be held, closing again can hit no wrong position: when the last request came
   * to nothing, or nothing lets us look, there is no need to wait for a read. But a close that may
   * have been carried out is given the time to fill: one more on top of it would open the other
   * side.
   */
  boolean mayRepeatUnseen(Try tried, ContractId contract, Moment now) {
    return now.nanos() >= tried.due()
        && now.nanos() >= slowUntil(tried)
        && now.nanos() - tried.maybeNanos() >= Fills.BLIND_PATIENCE
        && goals.lock().mustBeFlat(contract)
        && (tried.outcome().nothingHappened()
            || (reads.isBlind(now)
                && tried.outcome() != Outcome.GONE
                && !fills.isBusy(contract, now)));
  }

  private long slowUntil(Try tried) {
    return tried.exhausted() ? lastSlow + Timing.SLOW_SPACING : -Timing.NEVER;
  }

  /**
   * Our last close may be a market order that still works: a second one would open the other side.
   * So the orders are read too, unless all requests certainly came to nothing.
   */
  private boolean isFilling(Try tried, Position held, Moment now) {
    if (now.nanos() - tried.maybeNanos() > Fills.PATIENCE) {
      return false;
    }
    if (book.ordersSent().seq() <= tried.maybeSeq()) {
      return true;
    }
    boolean filling = fills.isFilling(held.contract(), now);
    if (filling) {
      tried.postpone(now.nanos() + fills.lookAgainAfter(held.contract(), now));
    }
    return filling;
  }

  /** When a close may leave that needs no read before it. */
  long wake(Iterable<CloseAttempt> attempts, Moment now) {
    long wake = Timing.NEVER;
    for (CloseAttempt attempt : attempts) {
      Try tried = attempt.tried;
      if (!tried.inFlight() && tried.attempts() > 0) {
        long next = Math.max(tried.due(), slowUntil(tried));
        long blind = Math.max(next, tried.maybeNanos() + Fills.BLIND_PATIENCE);
        if (next > now.nanos()) {
          wake = Math.min(wake, next);
        }
        if (blind > now.nanos()) {
          wake = Math.min(wake, blind);
        }
      }
    }
    return wake;
  }
}
