package dev.riskmanager.domain.persistent;

import dev.riskmanager.domain.model.Money;

/** Breaks a wall on purpose, so that {@code ArchitectureTest} can be seen to go red. */
final class BrokenWall {
  private BrokenWall() {}

  static String uses(Money above) {
    return String.valueOf(above);
  }
}
