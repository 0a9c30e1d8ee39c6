package dev.riskmanager.domain.rule.change;

import dev.riskmanager.domain.engine.RuleBook;

/** Breaks the wall on purpose, so that the check is seen to go red: never used. */
@SuppressWarnings("UnusedVariable")
final class BrokenWall {
  private final RuleBook above;

  BrokenWall(RuleBook above) {
    this.above = above;
  }

  RuleBook above() {
    return above;
  }
}
