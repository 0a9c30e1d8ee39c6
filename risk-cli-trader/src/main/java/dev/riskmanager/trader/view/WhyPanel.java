package dev.riskmanager.trader.view;

import dev.riskmanager.wire.ReceiptView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The receipt of an enforcement: what was seen, what was decided, what was sent, what came of it.
 *
 * <pre>
 *   RULE-003 daily_realized_loss
 *     Daily loss limit exceeded: $-170.50 (limit: $-5.00)
 *   What the rule saw
 *     realized   -170.50
 *     formula    -150.00 - 20.50 = -170.50 &lt;= -5.00
 *   What happened
 *     decided    12:21:19.150
 *     committed  +2 ms
 *     requested  +3 ms
 *     flat       +184 ms
 * </pre>
 */
public final class WhyPanel {
  private WhyPanel() {}

  /**
   * Draws it.
   *
   * @param receipt the receipt
   * @param times the zone
   * @param columns the width
   * @return the lines
   */
  public static List<Line> lines(ReceiptView receipt, Times times, int columns) {
    int longest = receipt.inputs().stream().mapToInt(fact -> Width.of(fact.name())).max().orElse(0);
    Fields fields = new Fields(Math.min(24, Math.max(14, longest + 2)), columns);
    fields.title(receipt.ruleId() + " " + receipt.rule());
    Instant day = receipt.decidedAt();
    fields.text(times.in(receipt.reason(), day), Style.STRONG);
    fields.add("receipt", receipt.id());
    String symbol = receipt.symbol();
    fields.add("account", receipt.accountId() + (symbol == null ? "" : ", " + symbol + " only"));
    fields.add("outcome", receipt.outcome(), Style.STRONG);
    if (receipt.endedAt() == null && receipt.provenFlatAt() == null) {
      // Another decision of the same fight may have been proven long ago.
      fields.add("", "not proven flat since this decision: the venue is read until it is");
    }
    if (receipt.pastLimit() != null) {
      fields.add("past limit", receipt.pastLimit());
    }
    fields.title("What the rule saw");
    receipt.inputs().forEach(fact -> fields.add(fact.name(), times.in(fact.value(), day)));
    if (receipt.formula() != null) {
      fields.add("formula", times.in(receipt.formula(), day), Style.STRONG);
    }
    if (receipt.quoteAgeMs() != null) {
      fields.add("quote age", receipt.quoteAgeMs() + " ms");
    }
    timeline(fields, receipt, times);
    list(
        fields,
        "What was decided",
        receipt.decisions().stream().map(text -> times.in(text, day)).toList());
    list(
        fields,
        "What was sent, and what came back (" + times.place() + ")",
        receipt.requests().stream().map(text -> times.inMillis(text, day)).toList());
    return fields.lines();
  }

  private static void timeline(Fields fields, ReceiptView receipt, Times times) {
    Instant decided = receipt.decidedAt();
    fields.title("When");
    fields.add("decided", times.full(decided) + "." + Times.millis(decided) + " " + times.place());
    after(fields, "committed", decided, receipt.committedAt());
    after(fields, "first request", decided, receipt.firstRequestAt());
    after(fields, "proven flat", decided, receipt.provenFlatAt());
    after(fields, "ended", decided, receipt.endedAt());
  }

  private static void after(Fields fields, String name, Instant from, @Nullable Instant at) {
    if (at != null) {
      fields.add(name, "+" + Duration.between(from, at).toMillis() + " ms");
    }
  }

  private static void list(Fields fields, String title, List<String> texts) {
    if (texts.isEmpty()) {
      return;
    }
    fields.title(title);
    for (String text : texts) {
      fields.text(text, Style.NORMAL);
    }
  }
}
