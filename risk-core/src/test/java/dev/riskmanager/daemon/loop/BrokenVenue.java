package dev.riskmanager.daemon.loop;

import dev.riskmanager.daemon.port.Venue;

/** Breaks a wall on purpose, so that {@code ArchitectureTest} can be seen to go red. */
final class BrokenVenue {
  private BrokenVenue() {}

  static String uses(Venue venue) {
    return String.valueOf(venue);
  }
}
