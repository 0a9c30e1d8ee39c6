package dev.riskmanager.recording;

import dev.riskmanager.daemon.gateway.Recorder;

/** Breaks a wall on purpose, so that {@code ArchitectureTest} can be seen to go red. */
final class BrokenWall {
  private BrokenWall() {}

  static String uses(Recorder other) {
    return String.valueOf(other);
  }
}
