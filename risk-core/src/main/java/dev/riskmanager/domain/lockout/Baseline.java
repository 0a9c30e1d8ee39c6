package dev.riskmanager.domain.lockout;

import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.persistent.Table;

/**
 * The exposure that may stay while a lockout lasts: signed contracts by contract, zero where none
 * is named. It only ratchets down, except for fills that belong to the time before the lockout.
 *
 * @param allowed signed sizes other than zero
 * @param fixed the lockout closes everything: nothing may stay, and no late fill changes that
 */
public record Baseline(Table<ContractId, Long> allowed, boolean fixed) {

  /** Nothing may stay: the baseline of a close-all. */
  public static final Baseline ZERO = new Baseline(Table.empty(), true);

  /** A baseline that late fills of the time before the lockout may still adjust. */
  public static Baseline of(Table<ContractId, Long> allowed) {
    return new Baseline(allowed.where(size -> size != 0), false);
  }

  /** Signed contracts that may stay in that contract; 0 when none may. */
  public long of(ContractId contract) {
    return allowed.getOrDefault(contract, 0L);
  }

  public boolean isZero() {
    return allowed.isEmpty();
  }

  private Baseline with(ContractId contract, long signedSize) {
    if (of(contract) == signedSize) {
      return this;
    }
    return new Baseline(
        signedSize == 0 ? allowed.without(contract) : allowed.with(contract, signedSize), fixed);
  }

  /**
   * This baseline lowered to a position that has shrunk: never raised, and zero once the position
   * is flat or on the other side.
   */
  public Baseline ratchet(ContractId contract, long signedPosition) {
    return with(contract, tighter(of(contract), signedPosition));
  }

  /** After the arrival of a fill that was executed before the lockout began. */
  public Baseline adjustedBy(ContractId contract, long signedFill) {
    return fixed ? this : with(contract, of(contract) + signedFill);
  }

  /** The part of {@code signedPosition} that {@code allowed} lets stay: same side, smaller size. */
  public static long tighter(long allowed, long signedPosition) {
    if (Long.signum(allowed) != Long.signum(signedPosition)) {
      return 0;
    }
    return Math.abs(signedPosition) < Math.abs(allowed) ? signedPosition : allowed;
  }

  /** Whether a signed position is flat, or on the side of {@code allowed} and not larger. */
  public static boolean permits(long allowed, long signedPosition) {
    return tighter(allowed, signedPosition) == signedPosition;
  }

  /**
   * A text that {@link #parse} reads back: {@code fixed}, or {@code
   * CON.F.US.EP.U26=-1;CON.F.US.MNQ.U26=2}.
   */
  public String text() {
    return fixed ? "fixed" : SignedSizes.text(allowed);
  }

  /**
   * The baseline of a {@link #text}.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static Baseline parse(String text) {
    return text.equals("fixed") ? ZERO : of(SignedSizes.parse(text));
  }
}
