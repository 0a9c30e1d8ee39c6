package dev.riskmanager.domain.engine;

import dev.riskmanager.daemon.port.Store;

/** Breaks a wall on purpose, so that {@code ArchitectureTest} can be seen to go red. */
final class BrokenWall {
  private BrokenWall() {}

  static String uses(Store above) {
    return String.valueOf(above);
  }
}
