package dev.riskmanager.domain.timer;

import dev.riskmanager.domain.lockout.Lockout;

/** Breaks a wall on purpose, so that {@code ArchitectureTest} can be seen to go red. */
final class BrokenWall {
  private BrokenWall() {}

  static String uses(Lockout above) {
    return String.valueOf(above);
  }
}
