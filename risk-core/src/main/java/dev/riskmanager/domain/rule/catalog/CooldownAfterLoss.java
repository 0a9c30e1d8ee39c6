package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.LongMap;
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
import dev.riskmanager.domain.state.TradeBook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * RULE-007: a pause after a losing trade.
 *
 * @param tiers the smallest loss first
 */
public record CooldownAfterLoss(RulePolicy policy, List<Tier> tiers) implements RiskRule {
  public static final RuleId ID = new RuleId(7, "cooldown_after_loss");

  private static final Set<Trigger> TRIGGERS = Triggers.of(Trigger.TRADE);

  /** The tier an order was answered for, in billionths of a dollar; with its id behind. */
  private static final String TIER = "tier/";

  /** The order that was answered last, and its loss in billionths of a dollar. */
  private static final String ORDER = "order";

  private static final String LOSS = "loss";

  /**
   * A loss and what it costs.
   *
   * @param loss below zero, in dollars, gross; equality reaches it
   * @param response close all and cool down, unless told otherwise
   */
  public record Tier(Money loss, Response response) {}

  /** Which lockout each loss leads to: that of the deepest tier reached. */
  private record Steps(List<Tier> tiers) implements Strictness.Aspect {
    @Override
    public boolean isAtLeast(Strictness.Aspect other) {
      if (!(other instanceof Steps steps)) {
        return false;
      }
      List<Tier> both = new ArrayList<>(tiers);
      both.addAll(steps.tiers);
      return both.stream()
          .allMatch(tier -> Strictness.lastsAtLeast(at(tier.loss()), steps.at(tier.loss())));
    }

    private Response.Lock at(Money loss) {
      Response.Lock lock = Response.Lock.NONE;
      for (Tier tier : tiers) {
        lock = loss.isAtMost(tier.loss()) ? tier.response().lock() : lock;
      }
      return lock;
    }
  }

  /** Reads {@code loss_thresholds}. */
  public static RiskRule read(Settings section) {
    RulePolicy policy = RulePolicy.read(section, false);
    section.require("loss_thresholds");
    List<Tier> tiers = new ArrayList<>();
    for (Settings row : section.sections("loss_thresholds")) {
      row.require("loss_amount");
      row.require("cooldown_duration");
      Money loss = row.negativeMoney("loss_amount", Money.of("-1"));
      Duration lasts = row.positiveDuration("cooldown_duration", Duration.ofSeconds(1));
      row.finish();
      if (tiers.stream().anyMatch(tier -> tier.loss().equals(loss))) {
        row.error("loss_amount", "is there twice: " + loss);
      }
      tiers.add(new Tier(loss, policy.apply(Response.flatten(Response.Lock.of(lasts)))));
    }
    if (section.has("loss_thresholds") && tiers.isEmpty()) {
      section.warning("loss_thresholds", "is empty: the rule can never fire");
    }
    tiers.sort(Comparator.comparing(Tier::loss).reversed());
    for (int i = 1; i < tiers.size(); i++) {
      if (lasts(tiers.get(i)).compareTo(lasts(tiers.get(i - 1))) < 0) {
        section.warning(
            "loss_thresholds",
            "a loss of " + tiers.get(i).loss() + " cools down shorter than a smaller one");
      }
    }
    return new CooldownAfterLoss(policy, List.copyOf(tiers));
  }

  private static Duration lasts(Tier tier) {
    return tier.response().lock().duration().orElse(Duration.ZERO);
  }

  @Override
  public RuleId id() {
    return ID;
  }

  @Override
  public Strictness strictness() {
    Strictness strictness = Strictness.of(policy).with("loss_thresholds", new Steps(tiers));
    if (tiers.isEmpty()) {
      return strictness;
    }
    Response first = tiers.get(0).response();
    return strictness.response(
        "", first.with(first.action(), first.cancelOrders(), Response.Lock.NONE));
  }

  @Override
  public Set<Trigger> triggers() {
    return TRIGGERS;
  }

  @Override
  public Episode.Ends episodeEnds() {
    return Episode.Ends.AT_ONCE;
  }

  @Override
  public boolean guardsBaseline() {
    return true;
  }

  @Override
  public boolean followsTrades() {
    return true;
  }

  /** Asked without a trade it tells how bad it is what was answered last. */
  @Override
  public Verdict evaluate(RuleInput input) {
    if (input.trade().isEmpty()) {
      Long answered = remembered(input, LOSS);
      // Without tiers nothing is bad any more, also not what one of them answered.
      return answered == null || tiers.isEmpty()
          ? Verdict.NONE
          : Verdict.of(violation(worse(new Money(answered), lastOrder(input)), tiers.getFirst()));
    }
    Trade trade = input.trade().get();
    TradeBook.OrderFills fills = input.account().trades().fills().find(trade.orderId());
    if (trade.profitAndLoss().isEmpty() || fills == null) {
      return Verdict.NONE;
    }
    Money loss = fills.profitAndLoss();
    int tier = reached(loss);
    if (tier < 0 || !isNews(input, trade.orderId(), loss, tiers.get(tier))) {
      return Verdict.NONE;
    }
    Verdict.Builder verdict = new Verdict.Builder();
    forgetGone(input, verdict);
    return verdict
        .remember(TIER + trade.orderId(), tiers.get(tier).loss().units())
        .remember(ORDER, trade.orderId())
        .remember(LOSS, loss.units())
        .add(violation(loss, tiers.get(tier)).since(trade.executedAt(), trade.orderId()))
        .build();
  }

  /** An order whose fills are no longer kept is forgotten with them. */
  private static void forgetGone(RuleInput input, Verdict.Builder verdict) {
    String prefix = ID + "/" + TIER;
    for (String note : input.account().memory().keysFrom(prefix)) {
      if (!note.startsWith(prefix)) {
        return;
      }
      String order = note.substring(prefix.length());
      if (!input.account().trades().fills().containsKey(Long.parseLong(order))) {
        verdict.forget(TIER + order);
      }
    }
  }

  /**
   * Of an order that was answered only a worse tier is news, or after an unlock whatever is worse
   * than it was then; of others, only what comes when free.
   */
  private static boolean isNews(RuleInput input, long order, Money loss, Tier tier) {
    Long known = remembered(input, TIER + order);
    Long unlocked =
        input.locked() ? null : input.account().acknowledged().find(new Episode.Key(ID, ""));
    if (unlocked != null && badness(loss) <= unlocked) {
      return false;
    }
    return known == null
        ? !input.locked()
        : tier.loss().units() < known
            || (unlocked != null && badness(new Money(answered(input))) <= unlocked);
  }

  private static long answered(RuleInput input) {
    Long loss = remembered(input, LOSS);
    return loss == null ? 0 : loss;
  }

  /** The fills of the order that was answered last, or none. */
  private static Optional<TradeBook.OrderFills> lastOrder(RuleInput input) {
    Long order = remembered(input, ORDER);
    return order == null ? Optional.empty() : input.account().trades().fills().get(order);
  }

  private static Money worse(Money answered, Optional<TradeBook.OrderFills> since) {
    return since
        .map(TradeBook.OrderFills::profitAndLoss)
        .filter(now -> now.isAtMost(answered))
        .orElse(answered);
  }

  private static @org.jspecify.annotations.Nullable Long remembered(RuleInput input, String note) {
    return input.remembered(ID + "/" + note);
  }

  /** The worst tier that a loss reaches; −1 when it reaches none. */
  private int reached(Money loss) {
    int worst = -1;
    for (int i = 0; i < tiers.size(); i++) {
      worst = loss.isAtMost(tiers.get(i).loss()) ? i : worst;
    }
    return worst;
  }

  /**
   * What losses worse than one that was acknowledged lead to, the smallest first.
   *
   * @param acknowledged in dollars, below zero; the first tier may be the one it has reached itself
   */
  public List<Tier> beyond(Money acknowledged) {
    return tiers.subList(Math.min(tiers.size(), Math.max(0, reached(acknowledged))), tiers.size());
  }

  private static Violation violation(Money loss, Tier tier) {
    return Violation.of(
        Violation.Scope.ACCOUNT,
        badness(loss),
        "Trade P&L: $" + loss,
        "$" + tier.loss(),
        "Losing trade: $" + loss + " (limit: $" + tier.loss() + ")",
        tier.response());
  }

  @Override
  public Basis basis(RuleInput input, Decision.ViolationFound found) {
    Basis.Builder basis = Basis.of();
    List<String> fills = new ArrayList<>();
    for (LongMap.Entry<Trade> entry : input.account().trades().trades()) {
      Trade trade = entry.value();
      boolean closes = !trade.voided() && trade.profitAndLoss().isPresent();
      if (closes && found.orderId().filter(order -> order == trade.orderId()).isPresent()) {
        basis.input("fill " + trade.id(), "$" + trade.gross() + " at " + trade.executedAt());
        fills.add("$" + trade.gross());
      }
    }
    String sum = lossOf(input, found).map(loss -> "$" + loss).orElseGet(found::observed);
    String text = fills.size() > 1 ? String.join(" + ", fills) + " = " + sum : sum;
    return basis.formula(text + " <= " + found.limit());
  }

  @Override
  public Optional<Money> pastLimit(RuleInput input, Decision.ViolationFound found) {
    Money loss = lossOf(input, found).orElse(Money.ZERO);
    int tier = reached(loss);
    return tier < 0 ? Optional.empty() : Formulas.past(loss, tiers.get(tier).loss());
  }

  private static Optional<Money> lossOf(RuleInput input, Decision.ViolationFound found) {
    return found
        .orderId()
        .flatMap(order -> input.account().trades().fills().get(order))
        .map(TradeBook.OrderFills::profitAndLoss);
  }

  private static long badness(Money loss) {
    return loss.negate().units();
  }

  @Override
  public Reading read(RuleInput input) {
    String first = tiers.isEmpty() ? "" : tiers.getFirst().loss().toString();
    Money loss = lastOrder(input).map(TradeBook.OrderFills::profitAndLoss).orElse(Money.ZERO);
    return Reading.of(
        loss.toString(), first, tiers.isEmpty() ? 0 : loss.thousandthsOf(tiers.getFirst().loss()));
  }
}
