package dev.riskmanager.domain.event;

import dev.riskmanager.domain.state.AccountState;

/** Breaks a wall on purpose, so that {@code ArchitectureTest} can be seen to go red. */
final class BrokenWall {
  private BrokenWall() {}

  static String uses(AccountState above) {
    return String.valueOf(above);
  }
}
