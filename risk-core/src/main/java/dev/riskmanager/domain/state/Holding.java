package dev.riskmanager.domain.state;

import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an account holds of one contract: the position the venue last reported, and the fills that
 * it does not show yet. The venue usually sends a trade before its position, but promises no order.
 *
 * @param position as last reported; empty when flat
 * @param pending signed sizes of fills received and not yet reflected in the position, oldest first
 * @param unexplained signed change of the position whose fill has not arrived yet
 * @param lastIncrease when a fill last made it larger; the position's opening when no fill was seen
 */
public record Holding(
    ContractId contract,
    Optional<Position> position,
    List<Long> pending,
    long unexplained,
    Instant lastIncrease) {

  public static Holding none(ContractId contract) {
    return new Holding(contract, Optional.empty(), List.of(), 0, Instant.MIN);
  }

  /** Signed contracts of the last position event; 0 when flat. */
  public long signedSize() {
    return position.map(Position::signedSize).orElse(0L);
  }

  /**
   * Signed contracts implied by the fills: the last position event plus what it does not show yet.
   */
  public long implied() {
    long sum = signedSize();
    for (long fill : pending) {
      sum += fill;
    }
    return sum;
  }

  /**
   * Signed contracts of the position that the fills seen so far leave of it: never more than the
   * last position event shows. Between a closing fill and its position event, what is closed has
   * turned into realized P&amp;L and must not count twice.
   */
  public long held() {
    return Baseline.tighter(implied(), signedSize());
  }

  public boolean isFlat() {
    return position.isEmpty();
  }

  /** Whether nothing at all needs to be remembered of it. */
  public boolean isEmpty() {
    return position.isEmpty() && pending.isEmpty() && unexplained == 0;
  }

  public Optional<Side> side() {
    return position.map(Position::side);
  }

  /** After a fill. */
  Holding filled(long signedFill, Instant executedAt) {
    long before = implied();
    boolean increases =
        Math.abs(before + signedFill) > Math.abs(before)
            || Long.signum(before + signedFill) != Long.signum(before);
    Instant increased = increases && executedAt.isAfter(lastIncrease) ? executedAt : lastIncrease;
    long stillUnexplained = unexplained;
    List<Long> stillPending = pending;
    boolean alreadyShown =
        Long.signum(unexplained) == Long.signum(signedFill)
            && Math.abs(signedFill) <= Math.abs(unexplained);
    if (alreadyShown) {
      stillUnexplained -= signedFill;
    } else {
      List<Long> longer = new ArrayList<>(pending);
      longer.add(signedFill);
      stillPending = List.copyOf(longer);
    }
    return new Holding(contract, position, stillPending, stillUnexplained, increased);
  }

  /** After a position event that came over the hub. */
  Holding reported(Optional<Position> now) {
    long delta = now.map(Position::signedSize).orElse(0L) - signedSize();
    Instant increased = now.isPresent() ? lastIncreaseWith(now.get()) : Instant.MIN;
    if (delta == 0) {
      return new Holding(contract, now, pending, unexplained, increased);
    }
    long sum = 0;
    for (int i = 0; i < pending.size(); i++) {
      sum += pending.get(i);
      if (sum == delta) {
        List<Long> rest = List.copyOf(pending.subList(i + 1, pending.size()));
        return new Holding(contract, now, rest, unexplained, increased);
      }
    }
    // It does not add up to any run of the fills seen: the position is the authority, and what it
    // shows beyond them is a fill still to come.
    return new Holding(contract, now, List.of(), unexplained + delta - sum, increased);
  }

  /** After a REST snapshot: it is the whole truth, nothing is pending. */
  Holding snapshot(Optional<Position> now) {
    return new Holding(
        contract, now, List.of(), 0, now.isPresent() ? lastIncreaseWith(now.get()) : Instant.MIN);
  }

  private Instant lastIncreaseWith(Position now) {
    return lastIncrease.isAfter(now.openedAt()) ? lastIncrease : now.openedAt();
  }
}
