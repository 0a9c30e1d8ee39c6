package dev.riskmanager.daemon.config;

/**
 * A text that must not be printed: a key, a password, an address that carries a token.
 *
 * @param value the text itself; only what sends it may read it
 */
public record Secret(String value) {
  private static final int SHOWN = 4;

  /** The last four characters, and only when they are a small part of the whole. */
  @Override
  public String toString() {
    return value.length() < 3 * SHOWN ? "****" : "****" + value.substring(value.length() - SHOWN);
  }
}
