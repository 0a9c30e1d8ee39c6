package dev.riskmanager.wire;

import dev.riskmanager.domain.model.Money;

/** Breaks a wall on purpose, so that {@code ArchitectureTest} can be seen to go red. */
final class BrokenWall {
  private BrokenWall() {}

  static String uses(Money money) {
    return String.valueOf(money);
  }
}
