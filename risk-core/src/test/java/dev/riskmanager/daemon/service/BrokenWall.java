package dev.riskmanager.daemon.service;

import dev.riskmanager.daemon.loop.EngineLoop;

/** Breaks a wall on purpose, so that {@code ArchitectureTest} can be seen to go red. */
final class BrokenWall {
  private BrokenWall() {}

  static String uses(EngineLoop other) {
    return String.valueOf(other);
  }
}
