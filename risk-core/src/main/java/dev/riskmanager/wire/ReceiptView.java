package dev.riskmanager.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one enforcement was about and what became of it: the answer of {@code receipt}.
 *
 * @param id its id
 * @param accountId the account
 * @param ruleId the lowest rule number that asked for it
 * @param rule that rule's key
 * @param symbol the symbol it was limited to, or null
 * @param reason the violation, for a person
 * @param inputs what the rule looked at: name and value
 * @param formula the computation with its numbers, null when there is none
 * @param quoteAgeMs age of the quote it rests on, null when it needs none
 * @param decidedAt when it was decided
 * @param committedAt when the decision was durable, null when nothing had to be or it is not yet
 * @param firstRequestAt when the first request left, null before that
 * @param provenFlatAt when flat was proven, null when it has not been or need not be
 * @param endedAt when the plan ended, null while it runs
 * @param outcome what came of it, for a person
 * @param decisions what was decided, in order, one line each
 * @param requests what was sent to the venue, in order, one line each with its reply and time
 * @param pastLimit money by which the limit was exceeded in the end, null when not known
 */
public record ReceiptView(
    String id,
    long accountId,
    String ruleId,
    String rule,
    @Nullable String symbol,
    String reason,
    List<Fact> inputs,
    @Nullable String formula,
    @Nullable Long quoteAgeMs,
    Instant decidedAt,
    @Nullable Instant committedAt,
    @Nullable Instant firstRequestAt,
    @Nullable Instant provenFlatAt,
    @Nullable Instant endedAt,
    String outcome,
    List<String> decisions,
    List<String> requests,
    @Nullable String pastLimit) {

  public ReceiptView {
    inputs = Lists.copy(inputs);
    decisions = Lists.copy(decisions);
    requests = Lists.copy(requests);
  }

  /**
   * An input of a rule.
   *
   * @param name what it is
   * @param value what it was
   */
  public record Fact(String name, String value) {}
}
