package dev.riskmanager.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spoils valid input, the same for the same seed: values, structure, or bytes. */
public final class Mutator {
  private static final Pattern VALUE =
      Pattern.compile(
          "\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?|true|false|null");

  /** What has broken programs before, as JSON or YAML writes it. */
  private static final List<String> NASTY =
      List.of(
          "null",
          "true",
          "\"\"",
          "\" \"",
          "NaN",
          "\"NaN\"",
          "Infinity",
          "-Infinity",
          "-0",
          "0",
          "-1",
          "1e400",
          "1e-400",
          "1E+1000000000",
          "-1E-1000000000",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "-9223372036854775809",
          "2147483648",
          "0.00000000000000000001",
          "123456789012345678901234567890.12345",
          "1.7976931348623157e308",
          "[]",
          "{}",
          "[null]",
          "[[[[[[[[]]]]]]]]",
          "{\"action\":1,\"data\":{\"action\":1,\"data\":null}}",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"2025-13-45T99:99:99Z\"",
          "\"+999999999-12-31T23:59:59Z\"",
          "\"-999999999-01-01T00:00:00Z\"",
          "\"0001-01-01T00:00:00+00:00\"",
          "\"9999-12-31T23:59:59.9999999+00:00\"",
          "\"CON.F.US.\"",
          "\"../../../etc/passwd\"",
          "\"${HOME}\"",
          "\"%s%n%d\"",
          "\"'; DROP TABLE lockouts; --\"",
          "99999999999999999999h",
          "*a",
          "&a [*a, *a]",
          "!!java.lang.Object {}",
          "~");

  private final SplittableRandom random;

  public Mutator(long seed) {
    random = new SplittableRandom(seed);
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  public <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** Spoils a text that is JSON or YAML in one to three ways. */
  public String text(String valid) {
    String text = valid;
    for (int i = random.nextInt(3); i >= 0; i--) {
      text = once(text);
    }
    return text;
  }

  /** The same down to bytes, which need be no text at all. */
  public byte[] bytes(String valid) {
    byte[] bytes = text(valid).getBytes(StandardCharsets.UTF_8);
    return random.nextInt(3) == 0 ? spoiled(bytes) : bytes;
  }

  private String once(String text) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2, 3 -> otherValue(text, oneOf(NASTY));
      case 4 -> otherValue(text, huge());
      case 5 -> text.substring(0, random.nextInt(text.length() + 1));
      case 6 -> withoutLineOrMember(text);
      default -> doubled(text);
    };
  }

  private String huge() {
    return switch (random.nextInt(5)) {
      case 0 -> "\"" + "x".repeat(100_000) + "\"";
      case 1 -> "[" + "0,".repeat(20_000) + "0]";
      case 2 -> "[".repeat(3_000) + "]".repeat(3_000);
      case 3 -> "{\"a\":".repeat(900) + "1" + "}".repeat(900);
      default -> "9".repeat(900);
    };
  }

  private String otherValue(String text, String value) {
    List<int[]> places = new ArrayList<>();
    Matcher matcher = VALUE.matcher(text);
    while (matcher.find() && places.size() < 2_000) {
      places.add(new int[] {matcher.start(), matcher.end()});
    }
    if (places.isEmpty()) {
      return value;
    }
    int[] place = oneOf(places);
    return text.substring(0, place[0]) + value + text.substring(place[1]);
  }

  private String withoutLineOrMember(String text) {
    List<String> parts = new ArrayList<>(Arrays.asList(text.split("(?<=[,\\n])", 3_000)));
    parts.remove(random.nextInt(parts.size()));
    return String.join("", parts);
  }

  private String doubled(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int from = random.nextInt(text.length());
    int to = from + random.nextInt(text.length() - from + 1);
    return text.substring(0, to) + text.substring(from);
  }

  private byte[] spoiled(byte[] bytes) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    byte[] spoiled = bytes.clone();
    for (int i = random.nextInt(8); i >= 0; i--) {
      int[] values = {0, 9, 10, 13, 0x1e, 0x7f, 0x80, 0xc0, 0xed, 0xff, random.nextInt(256)};
      spoiled[random.nextInt(spoiled.length)] = (byte) values[random.nextInt(values.length)];
    }
    return random.nextInt(4) == 0
        ? Arrays.copyOf(spoiled, random.nextInt(spoiled.length + 1))
        : spoiled;
  }
}
