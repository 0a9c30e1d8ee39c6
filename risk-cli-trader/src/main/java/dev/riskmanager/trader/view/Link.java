package dev.riskmanager.trader.view;

import java.time.Duration;

/**
 * The way from this screen to the engine.
 *
 * @param state whether there is one
 * @param message why there is none, for a person; empty while there is
 * @param where the socket
 * @param age time since the engine last said anything
 */
public record Link(State state, String message, String where, Duration age) {
  /** Older data is marked. */
  public static final Duration STALE_AFTER = Duration.ofSeconds(5);

  /** Older data counts as none. */
  public static final Duration NO_DATA_AFTER = Duration.ofSeconds(30);

  /** Whether there is a connection. */
  public enum State {
    /** The first connection is being made. */
    CONNECTING,
    /** The engine answers. */
    LIVE,
    /** The engine is not there, or not for us. */
    GONE
  }

  /** How far the picture can be trusted. */
  public enum Freshness {
    FRESH,
    STALE,
    NO_DATA
  }

  /**
   * How far something of an age can be trusted.
   *
   * @param age the age
   * @return fresh up to 5 s, stale up to 30 s
   */
  public static Freshness freshness(Duration age) {
    if (age.compareTo(NO_DATA_AFTER) > 0) {
      return Freshness.NO_DATA;
    }
    return age.compareTo(STALE_AFTER) > 0 ? Freshness.STALE : Freshness.FRESH;
  }
}
