package dev.riskmanager.domain.lockout;

import dev.riskmanager.domain.model.ContractId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The exposure that may stay while a lockout lasts: signed contracts by contract, zero where none
 * is named. It only ratchets down.
 *
 * @param allowed signed sizes other than zero, in the order of contract ids
 */
public record Baseline(SortedMap<ContractId, Long> allowed) {
  /** Nothing may stay: the baseline of a close-all. */
  public static final Baseline ZERO = new Baseline(new TreeMap<>());

  public Baseline {
    TreeMap<ContractId, Long> copy = new TreeMap<>(allowed);
    copy.values().removeIf(size -> size == 0);
    allowed = Collections.unmodifiableSortedMap(copy);
  }

  /** Signed contracts that may stay in that contract; 0 when none may. */
  public long of(ContractId contract) {
    return allowed.getOrDefault(contract, 0L);
  }

  public boolean isZero() {
    return allowed.isEmpty();
  }

  /** This baseline with another signed size for one contract. */
  public Baseline with(ContractId contract, long signedSize) {
    if (of(contract) == signedSize) {
      return this;
    }
    TreeMap<ContractId, Long> changed = new TreeMap<>(allowed);
    changed.put(contract, signedSize);
    return new Baseline(changed);
  }

  /**
   * This baseline lowered to a position that has shrunk: never raised, and zero once the position
   * is flat or on the other side.
   */
  public Baseline ratchet(ContractId contract, long signedPosition) {
    return with(contract, tighter(of(contract), signedPosition));
  }

  /** The part of {@code signedPosition} that {@code allowed} lets stay: same side, smaller size. */
  public static long tighter(long allowed, long signedPosition) {
    if (Long.signum(allowed) != Long.signum(signedPosition)) {
      return 0;
    }
    return Math.abs(signedPosition) < Math.abs(allowed) ? signedPosition : allowed;
  }

  /** Whether a signed position is within this baseline: flat, or same side and not larger. */
  public boolean permits(ContractId contract, long signedPosition) {
    return tighter(signedPosition, of(contract)) == signedPosition;
  }
}
