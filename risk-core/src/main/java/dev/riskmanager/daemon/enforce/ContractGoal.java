package dev.riskmanager.daemon.enforce;

import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Side;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is wanted of the positions of one contract. It is about certain positions, by the venue's
 * number and side: one that was opened later, or the other way round, is not meant by it.
 */
final class ContractGoal {
  /**
   * A position whose number nobody has told yet.
   *
   * @param until one opened later is not meant
   */
  private record Unnumbered(Side side, long stay, Instant until) {}

  private final ContractId contract;
  private final TreeMap<Long, PositionGoal> targets = new TreeMap<>();
  private Optional<Unnumbered> unnumbered = Optional.empty();
  private Instant newestOpenedAt = Instant.MIN;
  private boolean urgent;
  private boolean proven;

  ContractGoal(ContractId contract) {
    this.contract = contract;
  }

  ContractId contract() {
    return contract;
  }

  /**
   * Lets at most {@code stay} contracts of this position stand; a later, looser wish is ignored.
   */
  void limit(Position position, long stay) {
    if (position.id() >= newestPosition()) {
      newestOpenedAt = position.openedAt();
    }
    PositionGoal goal =
        targets.compute(
            position.id(),
            (id, known) ->
                known == null || known.side() != position.side()
                    ? new PositionGoal(position.side())
                    : known);
    goal.told(position.size());
    goal.limit(stay);
    proven = false;
  }

  /**
   * The same for a position whose number nobody has told yet.
   *
   * @param until one opened later is not meant
   */
  void limitUnnumbered(Side side, long stay, Instant until) {
    unnumbered = Optional.of(new Unnumbered(side, stay, until));
    proven = false;
  }

  /**
   * Nothing limits the contract any more, or not as much: what was beyond the limit until then
   * still goes, after a look, and no more than that.
   *
   * @param until what was opened later is not meant
   */
  void release(Instant until) {
    urgent = false;
    targets.values().forEach(PositionGoal::release);
    unnumbered =
        unnumbered.map(
            u -> new Unnumbered(u.side(), u.stay(), until.isBefore(u.until()) ? until : u.until()));
  }

  /** The next close leaves at once, without a read. */
  void hurry() {
    urgent = true;
  }

  /** Takes the hurry: true once. */
  boolean isUrgent() {
    return urgent;
  }

  void hurried() {
    urgent = false;
  }

  /** A re-read shows this position: if it is the one that had no number, it has one now. */
  void seen(Position position) {
    PositionGoal known = targets.get(position.id());
    if (known != null && known.side() == position.side()) {
      known.told(position.size());
    } else if (known == null
        && !proven
        && unnumbered
            .filter(u -> u.side() == position.side() && !position.openedAt().isAfter(u.until()))
            .isPresent()) {
      PositionGoal found = new PositionGoal(position.side());
      found.told(position.size());
      found.limit(unnumbered.get().stay());
      targets.put(position.id(), found);
    }
  }

  /** A request for so many contracts of that position left. */
  void taking(long position, long contracts) {
    PositionGoal known = targets.get(position);
    if (known != null) {
      known.taking(contracts);
    }
  }

  /** It certainly came to nothing. */
  void notTaken(long position, long contracts) {
    PositionGoal known = targets.get(position);
    if (known != null) {
      known.notTaken(contracts);
    }
  }

  /** A read tells what came of the request. */
  void settled(long position, Outcome outcome) {
    PositionGoal known = targets.get(position);
    if (known != null) {
      known.settled(outcome);
    }
  }

  /** Contracts of this position that may stay; {@code Long.MAX_VALUE} when it is not meant. */
  long stay(Position position) {
    PositionGoal known = targets.get(position.id());
    return known == null ? Long.MAX_VALUE : known.stay(position);
  }

  /** Whether it was meant once, also where all of it may stay by now. */
  boolean isDecided(Position position) {
    PositionGoal known = targets.get(position.id());
    return known != null && known.side() == position.side();
  }

  /** Whether it is about closing, not only about reducing. */
  boolean closes() {
    return urgent
        || unnumbered.filter(u -> u.stay() == 0).isPresent()
        || targets.values().stream().anyMatch(PositionGoal::closes);
  }

  /** The side held when it began, while nothing newer is known. */
  Optional<Side> side() {
    return unnumbered
        .map(Unnumbered::side)
        .or(() -> Optional.ofNullable(targets.lastEntry()).map(last -> last.getValue().side()));
  }

  /** The number of the position last told of; 0 when none has been. */
  long newestPosition() {
    return targets.isEmpty() ? 0 : targets.lastKey();
  }

  /** When that one was opened, by the venue's clock. */
  Instant newestOpenedAt() {
    return newestOpenedAt;
  }

  /** A re-read after the last request showed that nothing is left of what was to go. */
  void prove() {
    proven = true;
    unnumbered = Optional.empty();
  }

  boolean isProven() {
    return proven;
  }
}
