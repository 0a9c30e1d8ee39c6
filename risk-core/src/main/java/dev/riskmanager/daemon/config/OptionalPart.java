package dev.riskmanager.daemon.config;

import java.util.Locale;

/**
 * A part of the engine that does nothing unless configured. A key that nothing reads at run time is
 * an error at start, not a silent wish, so the composition root says which of these it has wired.
 */
public enum OptionalPart {
  RECORDING,
  METRICS,
  NOTIFICATIONS;

  /** Its section in {@code engine.yaml}. */
  public String section() {
    return name().toLowerCase(Locale.ROOT);
  }
}
