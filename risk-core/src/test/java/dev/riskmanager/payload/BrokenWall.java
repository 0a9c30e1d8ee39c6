package dev.riskmanager.payload;

import dev.riskmanager.recording.RecordingFormat;

/** Breaks a wall on purpose, so that {@code ArchitectureTest} can be seen to go red. */
final class BrokenWall {
  private BrokenWall() {}

  static String uses(RecordingFormat other) {
    return String.valueOf(other);
  }
}
