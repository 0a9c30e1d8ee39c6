package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.rule.RiskRule;

/** Breaks a wall on purpose, so that {@code ArchitectureTest} can be seen to go red. */
abstract class BrokenRule implements RiskRule {
  static String uses(MaxContracts other) {
    return String.valueOf(other);
  }
}
