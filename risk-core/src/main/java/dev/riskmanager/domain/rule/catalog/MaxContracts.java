package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.Table;
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
import dev.riskmanager.domain.state.Episode;
import dev.riskmanager.domain.state.Holding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * RULE-001: no more contracts than the limit, over the whole account.
 *
 * @param limit contracts that may be held, ≥ 0; the limit itself is allowed
 * @param net whether longs and shorts of one symbol offset each other; otherwise sizes are summed
 * @param response close all (wins), reduce to the limit, or an alert
 */
public record MaxContracts(RulePolicy policy, long limit, boolean net, Response response)
    implements RiskRule {
  public static final RuleId ID = new RuleId(1, "max_contracts");

  private static final long MOST = 1_000_000;

  /**
   * Reads {@code limit}, {@code count_type}, {@code close_all} and {@code reduce_to_limit}; {@code
   * close_all} is the default unless {@code reduce_to_limit} is asked for.
   */
  public static RiskRule read(Settings section) {
    RulePolicy policy = RulePolicy.read(section, true);
    section.require("limit");
    long limit = section.whole("limit", 0, 0, MOST);
    boolean net = section.choice("count_type", "net", List.of("net", "gross")).equals("net");
    boolean reduce = section.flag("reduce_to_limit", false);
    // Who asks for a reduction alone does not mean to lose everything.
    boolean closeAll = section.flag("close_all", !reduce);
    if (closeAll && reduce) {
      section.warning(
          "reduce_to_limit",
          "has no effect beside close_all: true; to reduce, write close_all: false");
    }
    Response own =
        closeAll
            ? Response.flatten(Response.Lock.NONE)
            : reduce
                ? new Response(Response.Action.REDUCE, false, Response.Lock.NONE)
                : Response.ALERT;
    return new MaxContracts(policy, limit, net, policy.apply(own));
  }

  @Override
  public RuleId id() {
    return ID;
  }

  @Override
  public Strictness strictness() {
    return Strictness.of(policy, response).lower("limit", limit).yes("gross", !net);
  }

  @Override
  public Set<Trigger> triggers() {
    return Triggers.POSITIONS;
  }

  @Override
  public Episode.Ends episodeEnds() {
    return Episode.Ends.WHEN_CLEARED;
  }

  @Override
  public Verdict evaluate(RuleInput input) {
    long held = held(input);
    if (held <= limit) {
      return Verdict.NONE;
    }
    Violation violation =
        Violation.of(
            Violation.Scope.ACCOUNT,
            held,
            "Contracts: " + held,
            Long.toString(limit),
            "Max contracts exceeded: " + held + " (limit: " + limit + ")",
            response);
    return Verdict.of(
        response.action() == Response.Action.REDUCE
            ? violation.withTargets(
                net ? Reduction.net(input, held - limit) : Reduction.gross(input, held - limit))
            : violation);
  }

  @Override
  public Basis basis(RuleInput input, Decision.ViolationFound found) {
    Table<ContractId, Holding> holdings = input.account().holdings();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < holdings.size(); i++) {
      long size = net ? Math.abs(netFrom(input, i)) : Math.abs(holdings.valueAt(i).signedSize());
      if (size != 0) {
        parts.add(input.symbol(holdings.keyAt(i)) + " " + size);
      }
    }
    return Basis.of()
        .input("counted", net ? "net of each symbol" : "gross")
        .formula(String.join(" + ", parts) + " = " + held(input) + " > " + found.limit());
  }

  @Override
  public Reading read(RuleInput input) {
    long held = held(input);
    return Reading.of(
        Long.toString(held), Long.toString(limit), limit == 0 ? held * 1000 : held * 1000 / limit);
  }

  private long held(RuleInput input) {
    Table<ContractId, Holding> holdings = input.account().holdings();
    long sum = 0;
    for (int i = 0; i < holdings.size(); i++) {
      long size = holdings.valueAt(i).signedSize();
      sum += net ? Math.abs(netFrom(input, i)) : Math.abs(size);
    }
    return sum;
  }

  /** The net of a symbol at the first of its contracts, 0 at the others. */
  private static long netFrom(RuleInput input, int index) {
    Table<ContractId, Holding> holdings = input.account().holdings();
    if (holdings.size() == 1) {
      return holdings.valueAt(index).signedSize();
    }
    String symbol = input.symbol(holdings.keyAt(index));
    long sum = 0;
    for (int i = 0; i < holdings.size(); i++) {
      if (i == index || input.symbol(holdings.keyAt(i)).equals(symbol)) {
        if (i < index) {
          return 0;
        }
        sum += holdings.valueAt(i).signedSize();
      }
    }
    return sum;
  }
}
