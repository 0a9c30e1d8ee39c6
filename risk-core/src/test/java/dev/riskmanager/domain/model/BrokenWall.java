package dev.riskmanager.domain.model;

import dev.riskmanager.domain.calendar.ResetTime;

/** Breaks a wall on purpose, so that {@code ArchitectureTest} can be seen to go red. */
final class BrokenWall {
  private BrokenWall() {}

  static String uses(ResetTime above) {
    return String.valueOf(above);
  }
}
