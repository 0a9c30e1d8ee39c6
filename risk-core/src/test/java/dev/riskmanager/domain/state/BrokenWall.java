package dev.riskmanager.domain.state;

import dev.riskmanager.domain.rule.RuleSet;

/** Breaks a wall on purpose, so that {@code ArchitectureTest} can be seen to go red. */
final class BrokenWall {
  private BrokenWall() {}

  static String uses(RuleSet above) {
    return String.valueOf(above);
  }
}
