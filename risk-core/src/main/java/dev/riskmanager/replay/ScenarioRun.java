package dev.riskmanager.replay;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.recording.DecisionLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of a scenario.
 *
 * @param decided every decision, in order
 * @param rows what was expected beside it
 * @param complaints what the engine had to leave out and was not expected to, with its place
 */
record ScenarioRun(
    Scenario scenario,
    List<ObjectNode> decided,
    List<Comparison.Row> rows,
    List<String> complaints) {

  /** Plays it. */
  static ScenarioRun of(Scenario scenario) {
    List<ObjectNode> decided = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    List<String> atThisLine = new ArrayList<>();
    Playback playback =
        new Playback(
            Optional.of(scenario.rules()), Optional.of(scenario.book()), false, atThisLine::add);
    for (Scenario.Happening happening : scenario.lines()) {
      for (Decision decision : playback.take(happening.line())) {
        decided.add(DecisionLine.tree(decision));
      }
      if (!happening.skipped()) {
        atThisLine.forEach(text -> complaints.add(happening.place() + ": " + text));
      } else if (atThisLine.isEmpty()) {
        complaints.add(happening.place() + ": was to be left out, but was taken");
      }
      atThisLine.clear();
    }
    return new ScenarioRun(
        scenario,
        List.copyOf(decided),
        Comparison.of(scenario.expected(), decided),
        List.copyOf(complaints));
  }

  boolean green() {
    return complaints.isEmpty() && rows.stream().allMatch(Comparison.Same.class::isInstance);
  }
}
