package dev.riskmanager.domain.lockout;

import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.persistent.Table;

/**
 * The exposure that may stay while a lockout lasts: signed contracts by contract, zero where none
 * is named. It only ratchets down, except for fills that belong to the time before the lockout.
 *
 * @param allowed signed sizes other than zero
 * @param kind what may change it
 */
public record Baseline(Table<ContractId, Long> allowed, Kind kind) {

  /** What may change a baseline. */
  public enum Kind {
    /** Fills and positions, downwards; late fills of the time before, both ways. */
    LIVE,
    /** Nothing: the lockout closes everything, nothing may stay, and no late fill changes that. */
    FIXED,
    /** The first reading of the positions, which it is taken from. */
    UNREAD
  }

  /** Nothing may stay: the baseline of a close-all. */
  public static final Baseline ZERO = new Baseline(Table.empty(), Kind.FIXED);

  /** What is held is not known yet: nothing is beyond it until the positions have been read. */
  public static final Baseline UNREAD = new Baseline(Table.empty(), Kind.UNREAD);

  /** A baseline that late fills of the time before the lockout may still adjust. */
  public static Baseline of(Table<ContractId, Long> allowed) {
    return new Baseline(allowed.where(size -> size != 0), Kind.LIVE);
  }

  /** Whether the lockout closes everything. */
  public boolean fixed() {
    return kind == Kind.FIXED;
  }

  public boolean unread() {
    return kind == Kind.UNREAD;
  }

  /** Signed contracts that may stay in that contract; 0 when none may. */
  public long of(ContractId contract) {
    return allowed.getOrDefault(contract, 0L);
  }

  public boolean isZero() {
    return allowed.isEmpty() && !unread();
  }

  private Baseline with(ContractId contract, long signedSize) {
    if (of(contract) == signedSize) {
      return this;
    }
    return new Baseline(
        signedSize == 0 ? allowed.without(contract) : allowed.with(contract, signedSize), kind);
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
    return kind != Kind.LIVE ? this : with(contract, of(contract) + signedFill);
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
   * A text that {@link #parse} reads back: {@code fixed}, {@code unread}, or {@code
   * CON.F.US.EP.U26=-1;CON.F.US.MNQ.U26=2}.
   */
  public String text() {
    return switch (kind) {
      case LIVE -> SignedSizes.text(allowed);
      case FIXED -> "fixed";
      case UNREAD -> "unread";
    };
  }

  /**
   * The baseline of a {@link #text}.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static Baseline parse(String text) {
    return switch (text) {
      case "fixed" -> ZERO;
      case "unread" -> UNREAD;
      default -> of(SignedSizes.parse(text));
    };
  }
}
