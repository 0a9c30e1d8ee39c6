package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.RuleId;
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
import dev.riskmanager.domain.state.Episode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * RULE-004: the open loss of a position, or of the account.
 *
 * @param limit below zero, in dollars, gross; equality is a violation
 * @param total whether the open P&amp;L of all positions is summed
 * @param confirmation what must come together before it acts
 * @param response close that position (total: flatten), unless told otherwise
 */
public record DailyUnrealizedLoss(
    RulePolicy policy, Money limit, boolean total, Confirmation confirmation, Response response)
    implements RiskRule {
  public static final RuleId ID = new RuleId(4, "daily_unrealized_loss");

  private static final String ACCOUNT = "account";
  private static final Set<Trigger> TRIGGERS =
      Triggers.of(Trigger.QUOTE, Trigger.POSITION, Trigger.TIMER, Trigger.REVIEW);

  /** Reads {@code limit}, {@code scope} and {@code confirm_ms}. */
  public static RiskRule read(Settings section) {
    RulePolicy policy = RulePolicy.read(section, false);
    section.require("limit");
    Money limit = section.negativeMoney("limit", Money.of("-1"));
    boolean total =
        section.choice("scope", "per_position", List.of("per_position", "total")).equals("total");
    Confirmation confirmation = new Confirmation(ID, Triggers.confirmMillis(section));
    Response own = total ? Response.flatten(Response.Lock.NONE) : Response.CLOSE_POSITION;
    return new DailyUnrealizedLoss(policy, limit, total, confirmation, policy.apply(own));
  }

  @Override
  public RuleId id() {
    return ID;
  }

  @Override
  public Strictness strictness() {
    return Strictness.of(policy, response)
        .higher("limit", limit.units())
        .neither("scope", total)
        .shorter("confirm_ms", confirmation.patience());
  }

  @Override
  public Set<Trigger> triggers() {
    return TRIGGERS;
  }

  @Override
  public Episode.Ends episodeEnds() {
    return Episode.Ends.WITH_POSITION;
  }

  @Override
  public boolean guardsBaseline() {
    return true;
  }

  @Override
  public boolean gatedBySymbolLockout() {
    return true;
  }

  @Override
  public Verdict evaluate(RuleInput input) {
    return total ? evaluateTotal(input) : perPosition().evaluate(input);
  }

  private Verdict evaluateTotal(RuleInput input) {
    Verdict.Builder verdict = new Verdict.Builder();
    Optional<Money> open = input.openProfit();
    if (input.account().isFlat() || open.isEmpty() || !open.get().isAtMost(limit)) {
      confirmation.clear(input, ACCOUNT, verdict);
    } else if (confirmation.confirms(input, ACCOUNT, true, verdict)) {
      verdict.add(
          Violation.of(
              Violation.Scope.ACCOUNT,
              open.get().negate().units(),
              "Open P&L: $" + open.get(),
              "$" + limit,
              "Open loss limit exceeded: $" + open.get() + " (limit: $" + limit + ")",
              response));
    }
    return verdict.build();
  }

  @Override
  public Reading read(RuleInput input) {
    if (!total) {
      return perPosition().read(input);
    }
    Optional<Money> open = input.openProfit();
    return open.isEmpty()
        ? Reading.degraded(limit.toString(), "no fresh price for an open position")
        : Reading.of(open.get().toString(), limit.toString(), open.get().thousandthsOf(limit));
  }

  private OpenPositions perPosition() {
    return new OpenPositions(
        confirmation, limit, false, "Open loss limit exceeded", "limit", response);
  }
}
