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
   * @param stay contracts that may stay
   */
  private record Target(Side side, long stay) {}

  private final ContractId contract;
  private final TreeMap<Long, Target> targets = new TreeMap<>();
  private Optional<Target> unnumbered = Optional.empty();
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
    targets.merge(
        position.id(),
        new Target(position.side(), stay),
        (old, wished) -> old.side() == wished.side() && old.stay() < wished.stay() ? old : wished);
    proven = false;
  }

  /** The same for a position whose number nobody has told yet. */
  void limitUnnumbered(Side side, long stay) {
    unnumbered = Optional.of(new Target(side, stay));
    proven = false;
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
    if (!proven
        && unnumbered.isPresent()
        && unnumbered.get().side() == position.side()
        && !targets.containsKey(position.id())) {
      targets.put(position.id(), unnumbered.get());
    }
  }

  /** Contracts of this position that may stay; {@code Long.MAX_VALUE} when it is not meant. */
  long stay(Position position) {
    Target target = targets.get(position.id());
    return target != null && target.side() == position.side() ? target.stay() : Long.MAX_VALUE;
  }

  /** Whether it is about closing, not only about reducing. */
  boolean closes() {
    return urgent
        || unnumbered.filter(t -> t.stay() == 0).isPresent()
        || targets.values().stream().anyMatch(t -> t.stay() == 0);
  }

  /** The side held when it began, while nothing newer is known. */
  Optional<Side> side() {
    return unnumbered
        .map(Target::side)
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
