package dev.riskmanager.daemon.control;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A hashed password with everything needed to check one against it, written as a PHC string: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>}.
 *
 * <p>The cost is the one OWASP's Password Storage Cheat Sheet gives as the least for Argon2id (19
 * MiB, two passes, one lane), with one pass more.
 */
final class PasswordHash {
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 3;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** What we are ready to compute for a file we did not write. */
  private static final int MOST_MEMORY_KIB = 256 * 1024;

  private static final int MOST_PASSES = 16;
  private static final int MOST_LANES = 8;

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})"
              + "\\$([A-Za-z0-9+/]{11,88})\\$([A-Za-z0-9+/]{22,88})");

  private final int memoryKib;
  private final int passes;
  private final int lanes;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(int memoryKib, int passes, int lanes, byte[] salt, byte[] hash) {
    this.memoryKib = memoryKib;
    this.passes = passes;
    this.lanes = lanes;
    this.salt = salt;
    this.hash = hash;
  }

  /** Hashes a new password; takes about a tenth of a second of a processor. The caller wipes it. */
  static PasswordHash of(char[] password, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] hash = compute(password, MEMORY_KIB, PASSES, LANES, salt, HASH_BYTES);
    return new PasswordHash(MEMORY_KIB, PASSES, LANES, salt, hash);
  }

  /** Reads a PHC string; empty if it is none, or asks for more than we are ready to compute. */
  static Optional<PasswordHash> parse(String phc) {
    Matcher matcher = PHC.matcher(phc);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int memoryKib = Integer.parseInt(matcher.group(1));
    int passes = Integer.parseInt(matcher.group(2));
    int lanes = Integer.parseInt(matcher.group(3));
    if (memoryKib < 8 * Math.max(1, lanes) || memoryKib > MOST_MEMORY_KIB) {
      return Optional.empty();
    }
    if (passes < 1 || passes > MOST_PASSES || lanes < 1 || lanes > MOST_LANES) {
      return Optional.empty();
    }
    try {
      byte[] salt = Base64.getDecoder().decode(matcher.group(4));
      byte[] hash = Base64.getDecoder().decode(matcher.group(5));
      return Optional.of(new PasswordHash(memoryKib, passes, lanes, salt, hash));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether it is that password; the time taken does not depend on how much of it is right. */
  boolean matches(char[] password) {
    byte[] other = compute(password, memoryKib, passes, lanes, salt, hash.length);
    try {
      return MessageDigest.isEqual(hash, other);
    } finally {
      Arrays.fill(other, (byte) 0);
    }
  }

  /** The PHC string. */
  String phc() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m="
        + memoryKib
        + ",t="
        + passes
        + ",p="
        + lanes
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(hash);
  }

  private static byte[] compute(
      char[] password, int memoryKib, int passes, int lanes, byte[] salt, int length) {
    byte[] bytes = encode(password);
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(memoryKib)
              .withIterations(passes)
              .withParallelism(lanes)
              .withSalt(salt)
              .build());
      byte[] out = new byte[length];
      generator.generateBytes(bytes, out);
      return out;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static byte[] encode(char[] password) {
    ByteBuffer encoded;
    try {
      encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password));
    } catch (CharacterCodingException e) {
      // Half a surrogate pair: no password that was ever set, so an empty one stands for "wrong".
      return new byte[0];
    }
    byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
    Arrays.fill(encoded.array(), (byte) 0);
    return bytes;
  }

  @Override
  public String toString() {
    return "argon2id, " + memoryKib + " KiB, " + passes + " passes, " + lanes + " lane(s)";
  }
}
