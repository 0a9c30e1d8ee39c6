package dev.riskmanager.daemon.store;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What is said of all sealed rows together: the sum of their hashes, by which a row that is missing
 * or was put back is noticed, and the newest record of the audit with which they belong together.
 *
 * @param sum modulo 2^256
 * @param rows how many
 */
record Seal(BigInteger sum, long rows, AuditHead head) {
  /** Its name in {@code store_state}. */
  static final String KEY = "seal";

  static final Seal EMPTY = new Seal(BigInteger.ZERO, 0, AuditHead.NONE);

  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);
  private static final int HEX = 16;
  private static final int PARTS = 5;

  /** With one row more. */
  Seal plus(String hash) {
    return new Seal(sum.add(number(hash)).mod(MODULUS), rows + 1, head);
  }

  /** With one row less. */
  Seal minus(String hash) {
    return new Seal(sum.subtract(number(hash)).mod(MODULUS), rows - 1, head);
  }

  Seal at(AuditHead newHead) {
    return new Seal(sum, rows, newHead);
  }

  private static BigInteger number(String hash) {
    try {
      return new BigInteger(hash, HEX).mod(MODULUS);
    } catch (NumberFormatException _) {
      return BigInteger.ZERO; // Not a hash of ours; the sum will not fit, as it should not.
    }
  }

  /** As it is stored, with a keyed hash of its own. */
  String text(RowHash hash) {
    return sum.toString(HEX)
        + " "
        + rows
        + " "
        + head.seq()
        + " "
        + (head.isNone() ? "-" : head.hash())
        + " "
        + hashed(hash);
  }

  private String hashed(RowHash hash) {
    return hash.of(KEY, sum.toString(HEX), rows, head.seq(), head.hash());
  }

  /** What {@link #text} wrote; empty when its hash does not fit. */
  static Optional<Seal> parse(String text, RowHash hash) {
    String[] parts = text.split(" ", -1);
    if (parts.length != PARTS) {
      return Optional.empty();
    }
    try {
      long seq = Long.parseLong(parts[2]);
      AuditHead head = parts[3].equals("-") ? AuditHead.NONE : new AuditHead(seq, parts[3]);
      Seal found = new Seal(new BigInteger(parts[0], HEX), Long.parseLong(parts[1]), head);
      return equal(found.hashed(hash), parts[4]) ? Optional.of(found) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static boolean equal(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
