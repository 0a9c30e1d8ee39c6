package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.Basis;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.rule.Response;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.RulePolicy;
import dev.riskmanager.domain.rule.Strictness;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.rule.Verdict;
import dev.riskmanager.domain.rule.Violation;
import dev.riskmanager.domain.settings.Settings;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Episode;
import java.time.Duration;
import java.util.Set;

/**
 * RULE-010: the venue no longer lets the account trade, or does not list it any more.
 *
 * @param checkInterval how often whoever feeds the core asks the venue for the account
 * @param response flatten and lock until the venue allows trading, unless told otherwise
 */
public record AuthLossGuard(RulePolicy policy, Duration checkInterval, Response response)
    implements RiskRule {
  public static final RuleId ID = new RuleId(10, "auth_loss_guard");

  /** When the venue first said so, in seconds, for as long as it does. */
  private static final String SINCE = "since";

  private static final Set<Trigger> TRIGGERS = Triggers.of(Trigger.ACCOUNT, Trigger.REVIEW);

  /** Reads {@code check_interval_seconds}. */
  public static RiskRule read(Settings section) {
    RulePolicy policy = RulePolicy.read(section, false);
    Duration interval = section.positiveDuration("check_interval_seconds", Duration.ofSeconds(30));
    return new AuthLossGuard(
        policy, interval, policy.apply(Response.flatten(Response.Lock.UNTIL_CONDITION)));
  }

  @Override
  public RuleId id() {
    return ID;
  }

  @Override
  public Strictness strictness() {
    return Strictness.of(policy, response).shorter("check_interval_seconds", checkInterval);
  }

  @Override
  public Set<Trigger> triggers() {
    return TRIGGERS;
  }

  @Override
  public Episode.Ends episodeEnds() {
    return Episode.Ends.WHEN_CLEARED;
  }

  @Override
  public boolean guardsBaseline() {
    return true;
  }

  @Override
  public Verdict evaluate(RuleInput input) {
    Long since = input.remembered(ID + "/" + SINCE);
    if (input.account().canTrade()) {
      return since == null ? Verdict.NONE : new Verdict.Builder().forget(SINCE).build();
    }
    long lost = since == null ? input.now().getEpochSecond() : since;
    return new Verdict.Builder()
        .remember(SINCE, lost)
        .add(
            Violation.of(
                Violation.Scope.ACCOUNT,
                // Another loss is another breach: an unlock acknowledges the one that it ends
                // alone.
                lost,
                state(input.account()),
                "allowed",
                why(input.account()),
                response))
        .build();
  }

  @Override
  public Basis basis(RuleInput input, Decision.ViolationFound found) {
    AccountState account = input.account();
    String told = account.row().map(row -> Boolean.toString(row.canTrade())).orElse("not told");
    return Basis.of()
        .input("canTrade", told)
        .input("listed by the venue", account.missing() ? "no" : "yes")
        .formula(
            account.missing()
                ? "the account is not on the venue's list"
                : "canTrade " + told + ", must be true");
  }

  @Override
  public Reading read(RuleInput input) {
    AccountState account = input.account();
    if (account.row().isEmpty() && !account.missing()) {
      return Reading.degraded("allowed", "the venue has not reported the account yet");
    }
    return Reading.of(state(account), "allowed", account.canTrade() ? 0 : 1000);
  }

  private static String state(AccountState account) {
    return account.missing() ? "not listed" : account.canTrade() ? "allowed" : "not allowed";
  }

  private static String why(AccountState account) {
    return account.missing()
        ? "The venue does not list the account any more"
        : "The venue does not let the account trade (canTrade: false)";
  }
}
