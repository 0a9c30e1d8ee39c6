package dev.riskmanager.replay;

import dev.riskmanager.daemon.store.SqliteStore;

/** Breaks a wall on purpose, so that {@code ArchitectureTest} can be seen to go red. */
final class BrokenWall {
  private BrokenWall() {}

  static String uses(SqliteStore other) {
    return String.valueOf(other);
  }
}
