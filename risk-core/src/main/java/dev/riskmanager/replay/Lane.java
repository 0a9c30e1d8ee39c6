package dev.riskmanager.replay;

import dev.riskmanager.recording.RecordingFormat.Line;

/** Whatever is done with the lines of a recording. */
interface Lane {
  /**
   * Takes a line.
   *
   * @return whether it wants more
   */
  boolean take(Line line);

  /** How many decisions it has told. */
  long decisions();
}
