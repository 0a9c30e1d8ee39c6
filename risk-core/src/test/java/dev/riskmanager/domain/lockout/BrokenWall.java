package dev.riskmanager.domain.lockout;

import dev.riskmanager.domain.event.RiskEvent;

/** Breaks a wall on purpose, so that {@code ArchitectureTest} can be seen to go red. */
final class BrokenWall {
  private BrokenWall() {}

  static String uses(RiskEvent above) {
    return String.valueOf(above);
  }
}
