package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.engine.EngineState;

/** Breaks a wall on purpose, so that {@code ArchitectureTest} can be seen to go red. */
final class BrokenWall {
  private BrokenWall() {}

  static String uses(EngineState above) {
    return String.valueOf(above);
  }
}
