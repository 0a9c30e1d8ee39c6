package dev.riskmanager.daemon.store;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key of the rows' hashes: 32 random bytes. Never shown, not even in part. */
final class SealKey {
  private static final int BYTES = 32;
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  /** For books that no home vouches for: tests and tools, where nothing is ever checked. */
  static final SealKey NONE = new SealKey(new byte[BYTES]);

  private final byte[] bytes;

  private SealKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A new one. */
  static SealKey random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new SealKey(bytes);
  }

  /** What {@link #text} wrote; empty when it is something else. */
  static Optional<SealKey> parse(String text) {
    String stripped = text.strip();
    return HEX.matcher(stripped).matches()
        ? Optional.of(new SealKey(HexFormat.of().parseHex(stripped)))
        : Optional.empty();
  }

  /** For its file, and for nothing else. */
  String text() {
    return HexFormat.of().formatHex(bytes);
  }

  /** HMAC-SHA-256 with this key; for one thread. */
  Mac mac() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java runtime has HMAC-SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "SealKey[…]";
  }
}
