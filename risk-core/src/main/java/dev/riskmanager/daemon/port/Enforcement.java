package dev.riskmanager.daemon.port;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.RuleId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out committed decisions at the venue, off the event thread, until they are proven done.
 * The only code that changes anything at the venue.
 */
public interface Enforcement extends AutoCloseable {

  /**
   * What one step decided for one account. Several orders of one account are merged into its
   * running plan; never blocks.
   *
   * @param actions in the order decided; none where nothing has to be sent, such as a lockout that
   *     closes nothing: then only a receipt is left
   * @param reason of the first decision, for the log
   * @param known the account's positions as the core has them at {@code decidedAt}, all of them:
   *     the first close requests leave on their word, without waiting for a read
   * @param filling contracts in which a market order works, as the core has it: perhaps a close of
   *     ours, also from before a restart, so nothing is closed there, and no order of that kind
   *     cancelled, without a read
   * @param grounds for the receipt
   * @param committedAt when the lockout of this decision was on the disk; empty when it sets none,
   *     or when the disk did not answer in time
   */
  record Order(
      AccountId account,
      RuleId rule,
      String reason,
      Instant decidedAt,
      List<Decision.Action> actions,
      List<Position> known,
      Set<ContractId> filling,
      Grounds grounds,
      Optional<Instant> committedAt) {}

  /**
   * What was decided on.
   *
   * @param symbol the decision is about; empty when about the account
   * @param inputs of the rules
   * @param formula with the numbers; empty when there is none
   * @param quoteAge of the oldest price in it
   * @param decided what was found and which lockouts were set, as people read it
   * @param found by the rule that the order names; empty when no rule found anything
   */
  record Grounds(
      Optional<String> symbol,
      List<Fact> inputs,
      String formula,
      Optional<Duration> quoteAge,
      List<String> decided,
      Optional<Decision.ViolationFound> found) {
    public static final Grounds NONE =
        new Grounds(Optional.empty(), List.of(), "", Optional.empty(), List.of(), Optional.empty());
  }

  /** One input of a rule, e.g. {@code fees} and {@code $2.5}. */
  record Fact(String name, String value) {}

  /** Begins, or adds to the account's running plan. Returns at once. */
  void carryOut(Order order);

  /**
   * The exposure that may stay while the account is locked; tells the executor what is beyond it.
   * Empty: not locked, so a running plan is limited to the positions it began with. Called at each
   * change.
   *
   * @param symbols for symbol lockouts: contracts that must be flat, whatever the account may hold
   */
  void allow(AccountId account, Optional<Baseline> locked, Set<ContractId> symbols);

  /**
   * The hub told of a position or an order of the account: a watched plan looks again at once.
   *
   * @param open whether it told of something held or working; false when of something that is over
   */
  void observed(AccountId account, boolean open);

  /** Stops taking work and waits a moment for what is under way. */
  @Override
  void close();

  /** What happens on the way, told on the executor's threads; listeners must not block. */
  interface Listener {
    /** A request left, was answered, or was given up; one line of the receipt and of the log. */
    void request(
        AccountId account, String operation, String detail, Instant sentAt, VenueReply<?> reply);

    /** The first re-read without a position or a working order. */
    void provenFlat(AccountId account, Instant began, Instant provenAt);

    /**
     * The account is not done and the quick retries are over. Stays until {@link #alarmCleared};
     * told again whenever what is wrong changes, the number of tries included.
     *
     * @param what all that is wrong now, with the venue's words
     * @param notProtected the venue refuses for what the account is: nothing we send can help
     */
    void alarm(AccountId account, String what, boolean notProtected);

    void alarmCleared(AccountId account);

    /** A plan goes on, and that is its story so far; {@code ended} is empty. */
    void progress(Receipt soFar);

    /** A plan came to its end. */
    void finished(Receipt receipt);

    /** What was decided needed nothing to be sent. */
    void recorded(Receipt receipt);
  }

  /**
   * The story of one decision: what it rests on, and what came of it. Decisions that are carried
   * out together have each its own.
   *
   * @param id unique, from {@code began}
   * @param requests each request with its outcome and time, as text
   * @param provenAt empty when the plan needed no proof of flat, or has none yet
   * @param ended empty while the plan goes on
   * @param grounds of the decision
   * @param committedAt when its lockout was on the disk
   */
  record Receipt(
      String id,
      AccountId account,
      RuleId rule,
      String reason,
      Instant decidedAt,
      Instant began,
      Optional<Instant> firstRequestAt,
      Optional<Instant> provenAt,
      Optional<Instant> ended,
      String outcome,
      List<String> decisions,
      List<String> requests,
      Grounds grounds,
      Optional<Instant> committedAt) {}
}
