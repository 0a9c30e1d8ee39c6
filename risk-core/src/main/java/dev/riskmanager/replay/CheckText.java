package dev.riskmanager.replay;

import dev.riskmanager.replay.Comparison.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The result of a scenario for people:
 *
 * <pre>
 * red    the third losing trade ends the day (limits.yaml:1)
 *          = violation RULE-003 …
 *          ! lockout_set RULE-003 …
 *              until: expected 2025-10-31T21:00:00Z, decided 2025-10-31T22:00:00Z
 *          - cancel_all_orders                                expected, not decided
 *          + close_position RULE-004 …                        decided, not expected
 * </pre>
 */
final class CheckText {
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String PLAIN = "\u001b[0m";

  private final boolean color;
  private final boolean decisions;

  /**
   * How to print.
   *
   * @param decisions whether a green one shows what was decided, too
   */
  CheckText(boolean color, boolean decisions) {
    this.color = color;
    this.decisions = decisions;
  }

  List<String> lines(ScenarioRun run) {
    List<String> lines = new ArrayList<>();
    boolean green = run.green();
    Scenario scenario = run.scenario();
    lines.add(
        paint(green, green ? "green" : "red")
            + (green ? "  " : "    ")
            + scenario.name()
            + (green ? "" : " (" + scenario.place().file() + ":" + scenario.place().line() + ")"));
    if (!green || decisions) {
      run.rows().forEach(row -> row(lines, row));
    }
    run.complaints().forEach(text -> lines.add("         " + paint(false, "? " + text)));
    return lines;
  }

  private void row(List<String> lines, Row row) {
    switch (row) {
      case Comparison.Same same -> lines.add("         = " + brief(same.decided()));
      case Comparison.Different other -> {
        lines.add("         " + paint(false, "! " + brief(other.decided())));
        other.differences().forEach(text -> lines.add("             " + text));
      }
      case Comparison.Missing missing ->
          lines.add(
              "         "
                  + paint(false, "- " + brief(missing.expected().members()))
                  + "   (expected, not decided; line "
                  + missing.expected().place().line()
                  + ")");
      case Comparison.Unexpected unexpected ->
          lines.add(
              "         "
                  + paint(false, "+ " + unexpected.decided())
                  + "   (decided, not expected)");
    }
  }

  private String paint(boolean good, String text) {
    return color ? (good ? GREEN : RED) + text + PLAIN : text;
  }

  /** The decision, and its members as {@code name=value}. */
  private static String brief(ObjectNode line) {
    StringBuilder text = new StringBuilder(line.path("decision").asString(""));
    for (Map.Entry<String, JsonNode> member : line.properties()) {
      String name = member.getKey();
      String value = member.getValue().asString("");
      switch (name) {
        case "decision", "rule", "account", "tradingDay" -> {}
        case "ruleId" -> text.append(' ').append(value);
        case "reason" -> text.append(" \"").append(value).append('"');
        default -> text.append(' ').append(name).append('=').append(value);
      }
    }
    return text.toString();
  }
}
