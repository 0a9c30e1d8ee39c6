package dev.riskmanager.replay;

import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.settings.ConfigNode.Place;
import dev.riskmanager.recording.RecordingFormat;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * One scenario, completed: what happens under which rules, and what must be decided.
 *
 * @param place where it begins
 * @param lines the given snapshot, then what happens
 * @param expected the decisions, in order
 */
record Scenario(
    String name,
    Place place,
    Rules rules,
    RuleBook book,
    List<Happening> lines,
    List<Expected> expected) {

  /**
   * Something that happens.
   *
   * @param skipped whether the engine must leave it out
   */
  record Happening(Place place, RecordingFormat.Line line, boolean skipped) {}

  /**
   * A decision that must be made.
   *
   * @param members those to compare; null demands that a member is not there
   */
  record Expected(Place place, ObjectNode members) {}
}
