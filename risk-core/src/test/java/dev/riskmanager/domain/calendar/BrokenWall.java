package dev.riskmanager.domain.calendar;

import dev.riskmanager.domain.timer.Timer;

/** Breaks a wall on purpose, so that {@code ArchitectureTest} can be seen to go red. */
final class BrokenWall {
  private BrokenWall() {}

  static String uses(Timer above) {
    return String.valueOf(above);
  }
}
