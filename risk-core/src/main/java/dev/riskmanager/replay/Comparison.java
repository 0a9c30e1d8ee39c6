package dev.riskmanager.replay;

import dev.riskmanager.replay.Scenario.Expected;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What was decided beside what was expected, as a person would lay the two lists out. */
final class Comparison {
  private static final String PRECHECK = "precheck_blocked";

  private Comparison() {}

  /** One row of the two lists. */
  sealed interface Row {}

  /** Decided as expected. */
  record Same(ObjectNode decided) implements Row {}

  /**
   * The same decision with other members.
   *
   * @param differences one text for each member
   */
  record Different(ObjectNode decided, List<String> differences) implements Row {}

  record Missing(Expected expected) implements Row {}

  record Unexpected(ObjectNode decided) implements Row {}

  /** The rows, one to one and in order; what a pre-check blocked only where it is named. */
  static List<Row> of(List<Expected> expected, List<ObjectNode> decided) {
    boolean prechecks =
        expected.stream().anyMatch(e -> e.members().path("decision").asString("").equals(PRECHECK));
    List<ObjectNode> counted =
        decided.stream()
            .filter(line -> prechecks || !line.path("decision").asString("").equals(PRECHECK))
            .toList();
    return align(expected, counted);
  }

  /** Keeps the longest common part in place and sets what lies between side by side. */
  private static List<Row> align(List<Expected> expected, List<ObjectNode> decided) {
    int[][] longest = new int[expected.size() + 1][decided.size() + 1];
    for (int i = expected.size() - 1; i >= 0; i--) {
      for (int j = decided.size() - 1; j >= 0; j--) {
        longest[i][j] =
            differences(expected.get(i), decided.get(j)).isEmpty()
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    List<Row> rows = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < expected.size() || j < decided.size()) {
      boolean both = i < expected.size() && j < decided.size();
      if (both && differences(expected.get(i), decided.get(j)).isEmpty()) {
        rows.add(new Same(decided.get(j++)));
        i++;
      } else if (both && isOther(longest, i, j) && kind(expected.get(i)).equals(kind(decided, j))) {
        rows.add(new Different(decided.get(j), differences(expected.get(i), decided.get(j))));
        i++;
        j++;
      } else if (j >= decided.size() || (both && longest[i + 1][j] >= longest[i][j + 1])) {
        rows.add(new Missing(expected.get(i++)));
      } else {
        rows.add(new Unexpected(decided.get(j++)));
      }
    }
    return rows;
  }

  /** Whether pairing the two costs no match further on. */
  private static boolean isOther(int[][] longest, int i, int j) {
    return longest[i + 1][j + 1] == longest[i][j];
  }

  private static String kind(Expected expected) {
    return expected.members().path("decision").asString("");
  }

  private static String kind(List<ObjectNode> decided, int j) {
    return decided.get(j).path("decision").asString("");
  }

  /** One text for each named member that is not as expected. */
  private static List<String> differences(Expected expected, ObjectNode decided) {
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : expected.members().properties()) {
      JsonNode wanted = member.getValue();
      JsonNode is = decided.get(member.getKey());
      if (!same(wanted, is)) {
        differences.add(
            member.getKey()
                + ": expected "
                + (wanted.isNull() ? "none" : wanted.asString())
                + ", decided "
                + (is == null ? "none" : is.asString()));
      }
    }
    return differences;
  }

  private static boolean same(JsonNode wanted, @org.jspecify.annotations.Nullable JsonNode is) {
    if (is == null) {
      return wanted.isNull() || (wanted.isBoolean() && !wanted.booleanValue());
    }
    if (wanted.isNumber()) {
      // 20980 is the price 20980.00.
      return number(is).filter(n -> n.compareTo(wanted.decimalValue()) == 0).isPresent();
    }
    return !wanted.isNull() && wanted.asString().equals(is.asString());
  }

  private static Optional<BigDecimal> number(JsonNode node) {
    try {
      return Optional.of(new BigDecimal(node.asString()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
