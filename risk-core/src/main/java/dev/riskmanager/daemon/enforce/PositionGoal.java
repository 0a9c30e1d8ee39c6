package dev.riskmanager.daemon.enforce;

import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Side;

/**
 * What is wanted of one position. As long as a lockout or a decision limits it, so many contracts
 * may stay. When nothing limits it any more, what was beyond the limit then is still owed, and no
 * more than that: what is added from then on may stay.
 */
final class PositionGoal {
  private final Side side;

  /** While it is limited; {@code Long.MAX_VALUE} from then on. */
  private long stay = Long.MAX_VALUE;

  /** Contracts that were beyond the limit when it ended, and were not seen to go since. */
  private long owed;

  /** Contracts held, as last told or read. */
  private long size;

  /** Contracts that requests of ours may have taken, which no read has shown yet. */
  private long unseen;

  private boolean closes;

  PositionGoal(Side side) {
    this.side = side;
  }

  Side side() {
    return side;
  }

  /** Lets at most so many stand; a later, looser wish is ignored. */
  void limit(long wished) {
    stay = Math.min(stay, wished);
    closes |= wished == 0;
  }

  /** So many are held. Whoever made them fewer, so many fewer are owed. */
  void told(long held) {
    long shrunk = Math.max(0, size - held);
    unseen = Math.max(0, unseen - shrunk);
    owed = Math.max(0, owed - shrunk);
    size = held;
  }

  /** A request for part of it left. */
  void taking(long contracts) {
    unseen += contracts;
  }

  /** It certainly came to nothing. */
  void notTaken(long contracts) {
    unseen = Math.max(0, unseen - contracts);
  }

  /**
   * A read that was sent after the answer has been told of: what it did not show to have gone has
   * not. Only of what the venue said to be done, after the limit, that is in doubt: something may
   * have been added meanwhile.
   */
  void settled(Outcome outcome) {
    if (stay < Long.MAX_VALUE || outcome != Outcome.DONE) {
      unseen = 0;
    }
  }

  /** Nothing limits it any more. */
  void release() {
    if (stay < size) {
      owed = Math.max(owed, size - stay);
    }
    stay = Long.MAX_VALUE;
  }

  /** Contracts of the position that may stay; {@code Long.MAX_VALUE} when it is not meant. */
  long stay(Position position) {
    if (position.side() != side) {
      return Long.MAX_VALUE;
    }
    // In doubt they stay: a request that left without a trace is not made twice.
    long due = owed - unseen;
    return due <= 0 ? stay : Math.min(stay, Math.max(0, position.size() - due));
  }

  /** Whether it was to go as a whole. */
  boolean closes() {
    return closes;
  }
}
