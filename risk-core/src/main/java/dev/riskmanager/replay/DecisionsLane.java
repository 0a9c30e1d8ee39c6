package dev.riskmanager.replay;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.recording.DecisionLine;
import dev.riskmanager.recording.RecordingFormat.Line;
import java.io.PrintWriter;
import java.util.List;

/** Prints each decision as a line, as soon as it is made. */
final class DecisionsLane implements Lane {
  private final Playback playback;
  private final PrintWriter out;
  private final ReplayRun run;
  private long printed;

  DecisionsLane(Playback playback, PrintWriter out, ReplayRun run) {
    this.playback = playback;
    this.out = out;
    this.run = run;
  }

  @Override
  public boolean take(Line line) {
    List<Decision> decisions = playback.take(line);
    for (Decision decision : decisions) {
      if (run.isAsked(decision.cause().at())) {
        // One character on every machine: the same recording gives the same bytes.
        out.write(DecisionLine.of(decision));
        out.write('\n');
        printed++;
      }
    }
    // Who reads it at the other end of a pipe sees it now; when nobody does any more, it ends.
    return decisions.isEmpty() || !out.checkError();
  }

  @Override
  public long decisions() {
    return printed;
  }
}
