package dev.riskmanager.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one enforcement was about and what became of it: the answer of {@code receipt}.
 *
 * @param id its number
 * @param accountId the account
 * @param ruleId the lowest rule number that asked for it
 * @param rule that rule's key
 * @param symbol the symbol it was limited to, or null
 * @param reason the violation, for a person
 * @param inputs what the rule looked at: name and value
 * @param formula the computation with its numbers
 * @param quoteAgeMs age of the quote it rests on, null when it needs none
 * @param eventAt when the event that caused it arrived
 * @param decidedAt when it was decided
 * @param committedAt when the decision was durable, null when nothing had to be or it is not yet
 * @param decisions what was decided, in order, one line each
 * @param requests what was sent to the venue, in order
 * @param state how far it is
 * @param flatAt when flat was proven, null when it has not been
 * @param proof what proved it, or null
 * @param pastLimit money by which the limit was exceeded in the end, null when not known
 */
public record ReceiptView(
    long id,
    long accountId,
    String ruleId,
    String rule,
    @Nullable String symbol,
    String reason,
    List<Fact> inputs,
    String formula,
    @Nullable Long quoteAgeMs,
    Instant eventAt,
    Instant decidedAt,
    @Nullable Instant committedAt,
    List<String> decisions,
    List<VenueRequest> requests,
    State state,
    @Nullable Instant flatAt,
    @Nullable String proof,
    @Nullable String pastLimit) {

  public ReceiptView {
    inputs = Lists.copy(inputs);
    decisions = Lists.copy(decisions);
    requests = Lists.copy(requests);
  }

  /** How far an enforcement is. */
  public enum State {
    /** Requests are being sent or their effect is awaited. */
    RUNNING,
    /** Done, and shown to be done by a re-read. */
    PROVEN,
    /** Not achieved; a person is needed. */
    ALARM,
    /** A value this version does not know; only ever read, never sent. */
    @JsonEnumDefaultValue
    UNKNOWN
  }

  /**
   * An input of a rule.
   *
   * @param name what it is
   * @param value what it was
   */
  public record Fact(String name, String value) {}

  /**
   * A request to the venue.
   *
   * @param sentAt when its first byte left
   * @param operation such as {@code Position/closeContract}
   * @param target the contract or order it was about
   * @param tookMs milliseconds to the answer, null when there was none
   * @param outcome what came of it, for a person
   */
  public record VenueRequest(
      Instant sentAt, String operation, String target, @Nullable Long tookMs, String outcome) {}
}
