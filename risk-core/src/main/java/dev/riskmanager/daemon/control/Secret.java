package dev.riskmanager.daemon.control;

import java.util.Arrays;

/** Characters that are overwritten when they have served. Never printed. */
final class Secret implements AutoCloseable {
  private final char[] chars;

  /** Takes the array over. */
  Secret(char[] chars) {
    this.chars = chars;
  }

  /** The characters themselves, not a copy. */
  char[] chars() {
    return chars;
  }

  @Override
  public void close() {
    Arrays.fill(chars, '\0');
  }

  @Override
  public String toString() {
    return "****";
  }
}
