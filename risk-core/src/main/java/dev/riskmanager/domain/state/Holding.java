package dev.riskmanager.domain.state;

import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.model.Trade;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an account holds of one contract: the position the venue last reported, and the fills that
 * it does not show yet. The venue usually sends a trade before its position, but promises no order.
 *
 * @param position as last reported; empty when flat
 * @param pending fills received and not yet reflected in the position, oldest first
 * @param shown changes of the position whose fill has not arrived, oldest first
 * @param lastIncrease when a fill last made it larger: its execution, or the arrival of a position
 *     event that shows it before it has come; the position's opening when neither was seen
 */
public record Holding(
    ContractId contract,
    Optional<Position> position,
    List<Unseen> pending,
    List<Shown> shown,
    Instant lastIncrease) {

  /**
   * By how much two clocks may differ when a fill is matched to its position: the venue's and ours,
   * or those of the venue's parts.
   */
  private static final Duration SKEW = Duration.ofMillis(250);

  /**
   * A fill, or a position event, that comes later than that after the other was lost, or the
   * position was never made by fills we see.
   */
  private static final Duration KEPT = Duration.ofMinutes(1);

  /**
   * A fill that no position event has shown.
   *
   * @param signedSize what it changes
   * @param executedAt the venue's time
   * @param at when it arrived
   */
  public record Unseen(long signedSize, Instant executedAt, Instant at) {
    /** Whether every position event that arrives at {@code t} must show it. */
    private boolean isOverdue(Instant t) {
      return at.plus(KEPT).isBefore(t);
    }

    /** Whether that position was opened after it, and so tells of other fills. */
    private boolean isBefore(Position position) {
      return executedAt.isBefore(position.openedAt().minus(SKEW));
    }
  }

  /**
   * A change of the position before its fill arrived.
   *
   * @param at when the position event arrived
   */
  public record Shown(long signedSize, Instant at) {
    /** Whether the position event showed that fill: it was executed before the event arrived. */
    boolean explainedBy(long signedFill, Instant executedAt) {
      return Long.signum(signedSize) == Long.signum(signedFill)
          && Math.abs(signedFill) <= Math.abs(signedSize)
          && !executedAt.isAfter(at.plus(SKEW));
    }
  }

  public static Holding none(ContractId contract) {
    return new Holding(contract, Optional.empty(), List.of(), List.of(), Instant.MIN);
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
    for (Unseen fill : pending) {
      sum += fill.signedSize();
    }
    return sum;
  }

  /**
   * Signed contracts of the position that the fills seen so far leave of it: never more than the
   * last position event shows. Between a closing fill and its position event, what is closed has
   * turned into realized P&amp;L and must not count twice.
   */
  public long held() {
    return pending.isEmpty() ? signedSize() : Baseline.tighter(implied(), signedSize());
  }

  public boolean isFlat() {
    return position.isEmpty();
  }

  /** Whether nothing at all needs to be remembered of it. */
  public boolean isEmpty() {
    return position.isEmpty() && pending.isEmpty() && shown.isEmpty();
  }

  public Optional<Side> side() {
    return position.map(Position::side);
  }

  /** Signed change of the position, from {@code since} on, whose fills have not arrived. */
  public long unexplained(Instant since) {
    long sum = 0;
    for (Shown change : shown) {
      sum += change.at().isBefore(since) ? 0 : change.signedSize();
    }
    return sum;
  }

  /**
   * When the position event that shows this fill arrived; empty when none did.
   *
   * @param arrivedAt when the fill arrived
   */
  public Optional<Instant> shownAt(Trade fill, Instant arrivedAt) {
    int index = indexOf(fill, arrivedAt);
    return index < 0 ? Optional.empty() : Optional.of(shown.get(index).at());
  }

  /** The change of exactly its size, else the first that it fits into; −1 when there is none. */
  private int indexOf(Trade fill, Instant arrivedAt) {
    // A fill that says it was executed after it arrived shows a clock of the venue ahead of ours.
    Instant executedAt = earlier(fill.executedAt(), arrivedAt);
    int first = -1;
    for (int i = 0; i < shown.size(); i++) {
      Shown change = shown.get(i);
      if (change.explainedBy(fill.signedSize(), executedAt)) {
        if (change.signedSize() == fill.signedSize()) {
          return i;
        }
        first = first < 0 ? i : first;
      }
    }
    return first;
  }

  /**
   * After a fill.
   *
   * @param arrivedAt when it arrived; {@link Instant#MAX} when it was read, not sent
   */
  Holding filled(Trade fill, Instant arrivedAt) {
    long before = implied();
    long after = before + fill.signedSize();
    // What closes increases nothing, also when the position has shown it already.
    boolean increases =
        fill.profitAndLoss().isEmpty()
            && (Math.abs(after) > Math.abs(before) || Long.signum(after) != Long.signum(before));
    Instant increased =
        increases && fill.executedAt().isAfter(lastIncrease) ? fill.executedAt() : lastIncrease;
    int index = indexOf(fill, arrivedAt);
    if (index >= 0) {
      return new Holding(contract, position, pending, without(index, fill), increased);
    }
    // A fill with a P&L closes: it never opens the other side. What it closes beyond what is known
    // here was opened before anybody looked, and the next position event tells what is left.
    long effect = fill.signedSize();
    if (fill.profitAndLoss().isPresent()) {
      effect =
          Long.signum(before) == -Long.signum(effect)
              ? Long.signum(effect) * Math.min(Math.abs(effect), Math.abs(before))
              : 0;
    }
    if (effect == 0) {
      return this;
    }
    List<Unseen> longer = new ArrayList<>(pending);
    Instant at = arrivedAt.equals(Instant.MAX) ? fill.executedAt() : arrivedAt;
    longer.add(new Unseen(effect, fill.executedAt(), at));
    return new Holding(contract, position, List.copyOf(longer), shown, increased);
  }

  private List<Shown> without(int index, Trade fill) {
    List<Shown> rest = new ArrayList<>(shown);
    Shown change = rest.remove(index);
    long left = change.signedSize() - fill.signedSize();
    if (left != 0) {
      rest.add(index, new Shown(left, change.at()));
    }
    return List.copyOf(rest);
  }

  /**
   * After a position event that came over the hub.
   *
   * @param at when it arrived
   */
  Holding reported(Optional<Position> now, Instant at) {
    long delta = now.map(Position::signedSize).orElse(0L) - signedSize();
    Instant increased = now.isPresent() ? lastIncreaseWith(now.get()) : Instant.MIN;
    List<Shown> recent = shown.stream().filter(c -> !c.at().plus(KEPT).isBefore(at)).toList();
    long sum = 0;
    for (int seen = 0; seen <= pending.size(); seen++) {
      List<Unseen> rest = pending.subList(seen, pending.size());
      if (sum == delta && !isAnyHistory(rest, now, at)) {
        return new Holding(contract, now, List.copyOf(rest), recent, increased);
      }
      sum += rest.isEmpty() ? 0 : rest.getFirst().signedSize();
    }
    // It does not add up to any run of the fills seen: the position is the authority, and what it
    // shows beyond them is a fill still to come.
    List<Shown> longer = new ArrayList<>(recent);
    longer.add(new Shown(delta - sum, at));
    return new Holding(
        contract,
        now,
        List.of(),
        List.copyOf(longer),
        grows(now) ? later(increased, at) : increased);
  }

  /**
   * Whether that position event tells nothing new: the position is known, and no fill is overdue.
   */
  boolean knows(Optional<Position> now, Instant at) {
    return position.equals(now) && !isAnyHistory(pending, now, at);
  }

  /**
   * Whether a close that was decided for what was held says nothing of the position that is
   * reported: it is another one, opened later.
   */
  boolean isSucceededBy(Optional<Position> now) {
    return now.isPresent()
        && (position.isPresent()
            ? isAnother(now.get())
            : pending.stream().anyMatch(fill -> fill.isBefore(now.get())));
  }

  /** Whether a fill among those is none that the position now reported has yet to show. */
  private boolean isAnyHistory(List<Unseen> fills, Optional<Position> now, Instant at) {
    boolean opened = now.filter(p -> position.isEmpty() || isAnother(p)).isPresent();
    for (Unseen fill : fills) {
      if (fill.isOverdue(at) || (opened && fill.isBefore(now.orElseThrow()))) {
        return true;
      }
    }
    return false;
  }

  /** The venue numbers each position anew. */
  private boolean isAnother(Position reported) {
    return position
        .filter(p -> p.id() != reported.id() && p.openedAt().isBefore(reported.openedAt()))
        .isPresent();
  }

  /** After a REST snapshot: it is the whole truth, nothing is pending. */
  Holding snapshot(Optional<Position> now) {
    return new Holding(
        contract,
        now,
        List.of(),
        List.of(),
        now.isPresent() ? lastIncreaseWith(now.get()) : Instant.MIN);
  }

  /** Whether the position becomes larger or turns. */
  private boolean grows(Optional<Position> now) {
    long before = signedSize();
    long after = now.map(Position::signedSize).orElse(0L);
    return before != 0 && after != 0 && !Baseline.permits(before, after);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** With a fill at that time that made it larger. */
  Holding increasedAt(Instant t) {
    return t.isAfter(lastIncrease) ? new Holding(contract, position, pending, shown, t) : this;
  }

  private Instant lastIncreaseWith(Position now) {
    return later(lastIncrease, now.openedAt());
  }
}
