package dev.riskmanager.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), by which the programs tell one content from another. */
public final class Sha256 {
  private Sha256() {}

  /**
   * The hash of a content.
   *
   * @return 64 hexadecimal digits, in lower case
   */
  public static String hex(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
