package dev.riskmanager.admin.drill;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a drill found.
 *
 * @param passed whether everything happened, in the order it must
 * @param home whose rules were drilled
 * @param accountId whose
 * @param ruleId which rule answered
 * @param rule its key
 * @param limit its limit or target, in dollars
 * @param breach the realized P&amp;L of the fake trade, in dollars
 * @param substituted whether the home has no rule that can be drilled, so that one stood in
 * @param steps what happened, in order
 * @param failures why it did not pass
 */
public record DrillReport(
    boolean passed,
    String home,
    long accountId,
    String ruleId,
    String rule,
    BigDecimal limit,
    BigDecimal breach,
    boolean substituted,
    List<Step> steps,
    List<String> failures) {

  /** The name of the step that proves the account flat. */
  static final String FLAT = "flat";

  public DrillReport {
    steps = List.copyOf(steps);
    failures = List.copyOf(failures);
  }

  /** From where a step's time counts. */
  public enum Since {
    /** The fake trade. */
    BREACH,
    /** Its own beginning. */
    ITSELF
  }

  /**
   * Something that had to happen.
   *
   * @param name for programs
   * @param text for people
   * @param since from where the time counts
   * @param millis null when it did not happen
   */
  public record Step(String name, String text, Since since, @Nullable BigDecimal millis) {}

  /** The same, failed when flat was proven later than that. */
  public DrillReport within(BigDecimal most) {
    List<String> more = new ArrayList<>(failures);
    for (Step step : steps) {
      BigDecimal millis = step.millis();
      if (step.name().equals(FLAT) && millis != null && millis.compareTo(most) > 0) {
        more.add("flat was proven after " + millis + " ms, not within " + most);
      }
    }
    return new DrillReport(
        more.isEmpty(), home, accountId, ruleId, rule, limit, breach, substituted, steps, more);
  }
}
