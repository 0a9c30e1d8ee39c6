package dev.riskmanager.replay;

import dev.riskmanager.recording.RecordingFormat.Line;
import java.time.Instant;

/** Feeds a lane with the lines of files, one after the other, within a span of time. */
final class ReplayRun {
  private final Instant from;
  private final Instant to;
  private final Messages messages;
  private boolean over;
  private long lines;

  ReplayRun(Instant from, Instant to, Messages messages) {
    this.from = from;
    this.to = to;
    this.messages = messages;
  }

  /** Whether what is decided then is to be told. */
  boolean isAsked(Instant at) {
    return !at.isBefore(from);
  }

  long lines() {
    return lines;
  }

  /** Plays a file to its end, or to the end of the span. */
  void play(LineSource source, Lane lane) throws LineSource.Broken {
    messages.reading(source);
    while (!over) {
      Line line = source.next();
      if (line == null) {
        return;
      }
      over = !line.t().isBefore(to);
      if (!over) {
        lines++;
        messages.progress(lines);
        over = !lane.take(line);
      }
    }
  }
}
