package dev.riskmanager.domain.rule;

import dev.riskmanager.domain.rule.catalog.RuleCatalog;

/** Breaks a wall on purpose, so that {@code ArchitectureTest} can be seen to go red. */
final class BrokenWall {
  private BrokenWall() {}

  static String uses(RuleCatalog above) {
    return String.valueOf(above);
  }
}
