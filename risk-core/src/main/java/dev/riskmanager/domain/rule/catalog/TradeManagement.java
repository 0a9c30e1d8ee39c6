package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.decision.Cause;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.Mark;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.rule.Response;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.RulePolicy;
import dev.riskmanager.domain.rule.Strictness;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.rule.Verdict;
import dev.riskmanager.domain.settings.Settings;
import dev.riskmanager.domain.state.Episode;
import dev.riskmanager.domain.state.Holding;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * RULE-012: protective orders that place and tighten themselves; never a violation.
 *
 * @param breakeven moves the stop to the entry once there is enough profit
 * @param trailing keeps the stop behind the best mark
 * @param stopTicks distance of the stop placed at a fill
 * @param targetTicks distance of the target placed at a fill
 */
public record TradeManagement(
    RulePolicy policy,
    Optional<Breakeven> breakeven,
    Optional<Trailing> trailing,
    Optional<Long> stopTicks,
    Optional<Long> targetTicks)
    implements RiskRule {
  public static final RuleId ID = new RuleId(12, "trade_management");

  private static final Set<Trigger> TRIGGERS =
      Triggers.of(Trigger.QUOTE, Trigger.POSITION, Trigger.ORDER, Trigger.TIMER, Trigger.REVIEW);

  private static final long MOST_TICKS = 1_000_000;

  /** From this many ticks of profit the stop goes to the entry, plus the offset in its favour. */
  public record Breakeven(long triggerTicks, long offsetTicks) {}

  /** From this many ticks of profit the stop stays that distance behind the best mark. */
  public record Trailing(long activationTicks, long distanceTicks) {}

  /**
   * Reads {@code auto_breakeven}, {@code trailing_stop}, {@code auto_stop_loss} and {@code
   * auto_take_profit}.
   */
  public static RiskRule read(Settings section) {
    RulePolicy policy = RulePolicy.read(section, false);
    Optional<Breakeven> breakeven =
        section
            .section("auto_breakeven")
            .flatMap(
                part ->
                    TradeManagement.<Breakeven>part(
                        part,
                        new Breakeven(
                            ticks(part, "profit_trigger_ticks", 1),
                            ticks(part, "offset_ticks", 0))));
    Optional<Trailing> trailing =
        section
            .section("trailing_stop")
            .flatMap(
                part ->
                    TradeManagement.<Trailing>part(
                        part,
                        new Trailing(
                            ticks(part, "activation_ticks", 0),
                            ticks(part, "trail_distance_ticks", 1))));
    Optional<Long> stop =
        section.section("auto_stop_loss").flatMap(p -> part(p, ticks(p, "ticks", 1)));
    Optional<Long> target =
        section.section("auto_take_profit").flatMap(p -> part(p, ticks(p, "ticks", 1)));
    if (breakeven.filter(b -> b.offsetTicks() >= b.triggerTicks()).isPresent()) {
      section.error(
          "auto_breakeven",
          "offset_ticks must be below profit_trigger_ticks: the stop would stand"
              + " beyond the market");
    }
    if (breakeven.isEmpty() && trailing.isEmpty() && stop.isEmpty() && target.isEmpty()) {
      section.warning("enabled", "nothing is enabled in it: it does nothing");
    }
    return new TradeManagement(policy, breakeven, trailing, stop, target);
  }

  private static long ticks(Settings part, String key, long min) {
    part.require(key);
    return part.whole(key, Math.max(1, min), min, MOST_TICKS);
  }

  private static <T> Optional<T> part(Settings part, T value) {
    boolean enabled = part.flag("enabled", true);
    part.finish();
    return enabled ? Optional.of(value) : Optional.empty();
  }

  @Override
  public RuleId id() {
    return ID;
  }

  @Override
  public Strictness strictness() {
    Strictness strictness = Strictness.of(policy, policy.apply(Response.ALERT));
    if (breakeven.isPresent()) {
      strictness =
          strictness
              .lower("profit_trigger_ticks", breakeven.get().triggerTicks())
              .higher("offset_ticks", breakeven.get().offsetTicks());
    }
    if (trailing.isPresent()) {
      strictness =
          strictness
              .lower("activation_ticks", trailing.get().activationTicks())
              .lower("trail_distance_ticks", trailing.get().distanceTicks());
    }
    if (stopTicks.isPresent()) {
      strictness = strictness.lower("auto_stop_loss", stopTicks.get());
    }
    return targetTicks.isPresent()
        ? strictness.lower("auto_take_profit", targetTicks.get())
        : strictness;
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
  public boolean gatedBySymbolLockout() {
    return true;
  }

  @Override
  public Verdict evaluate(RuleInput input) {
    Verdict.Builder verdict = new Verdict.Builder();
    for (Holding holding : input.account().holdings()) {
      boolean asked = input.quoted().isEmpty() || input.quoted().get().equals(holding.contract());
      Position position = holding.position().orElse(null);
      Contract contract = input.market().contract(holding.contract()).orElse(null);
      if (asked && position != null && contract != null) {
        new Manager(input, position, contract, verdict).manage();
      }
    }
    if (input.trigger() != Trigger.QUOTE) {
      tidy(input, verdict);
      StopNotes.forgetGone(input, verdict);
    }
    return verdict.build();
  }

  /** Orders this engine placed are cancelled when their position is flat or has flipped. */
  private static void tidy(RuleInput input, Verdict.Builder verdict) {
    for (LongMap.Entry<Order> entry : input.account().orders()) {
      Order order = entry.value();
      boolean ours =
          order.isPlacedByEngine()
              && order.status() != OrderStatus.PENDING_CANCELLATION
              && !StopNotes.isCancelled(input, order.id());
      Side side = input.account().holding(order.contract()).side().orElse(null);
      if (ours && (side == null || order.side().increases(side))) {
        StopNotes.cancelled(order.id(), verdict);
        verdict.automate(
            new Decision.CancelOrder(
                cause(input, "its position is gone"),
                input.symbol(order.contract()),
                order.contract(),
                order.id(),
                order.side(),
                order.size()));
      }
    }
  }

  private static Cause cause(RuleInput input, String reason) {
    return new Cause(
        input.now(), input.account().id(), Optional.of(ID), input.locked(), false, reason);
  }

  @Override
  public Reading read(RuleInput input) {
    for (Holding holding : input.account().holdings()) {
      if (!holding.isFlat() && input.freshMark(holding.contract()).isEmpty()) {
        return Reading.degraded("", "no fresh price for " + input.symbol(holding.contract()));
      }
    }
    return Reading.of("active", "", 0);
  }

  /** Manages one position at one event. */
  private final class Manager {
    private final RuleInput input;
    private final Position position;
    private final Contract contract;
    private final Verdict.Builder verdict;
    private final @Nullable Price mark;
    private final boolean isLong;

    Manager(RuleInput input, Position position, Contract contract, Verdict.Builder verdict) {
      this.input = input;
      this.position = position;
      this.contract = contract;
      this.verdict = verdict;
      this.mark = input.freshMark(position.contract()).map(Mark::price).orElse(null);
      this.isLong = position.side() == Side.LONG;
    }

    void manage() {
      StopNotes.Position known = StopNotes.of(input, position);
      long grown = position.size() - known.size();
      Price best = grown > 0 || known.best() == null ? mark : better(known.best(), mark);
      StopNotes.remember(input, position, position.size(), best, verdict);
      if (grown > 0 && input.trigger() == Trigger.POSITION && !input.locked()) {
        placeAtFill(grown);
      }
      if (best != null && mark != null) {
        Price level = level(best);
        if (level != null && isOnTheRightSide(level, mark)) {
          tighten(level);
        }
      }
    }

    private @Nullable Price better(Price known, @Nullable Price other) {
      return other == null || (isLong ? known.isAtLeast(other) : known.isAtMost(other))
          ? known
          : other;
    }

    /** Where the stop belongs by now, on a tick; null when nothing has been reached. */
    private @Nullable Price level(Price best) {
      Price entry = position.averagePrice();
      Price gained = isLong ? best.minus(entry) : entry.minus(best);
      Price level = null;
      if (breakeven.isPresent() && gained.isAtLeast(ticks(breakeven.get().triggerTicks()))) {
        level = ahead(entry, breakeven.get().offsetTicks());
      }
      if (trailing.isPresent() && gained.isAtLeast(ticks(trailing.get().activationTicks()))) {
        Price trail = ahead(best, -trailing.get().distanceTicks());
        level = level == null ? trail : better(level, trail);
      }
      return level == null ? null : tighter(level);
    }

    private Price ticks(long count) {
      return contract.tickSize().times(count);
    }

    /** That many ticks in the position's favour. */
    private Price ahead(Price price, long count) {
      return price.plus(ticks(isLong ? count : -count));
    }

    /** The next tick that leaves less to lose. */
    private Price tighter(Price price) {
      return isLong ? price.ceilingTo(contract.tickSize()) : price.floorTo(contract.tickSize());
    }

    /** A stop stands behind the market: a long's below it. */
    private boolean isOnTheRightSide(Price stop, Price market) {
      return isLong ? stop.compareTo(market) < 0 : stop.compareTo(market) > 0;
    }

    private void tighten(Price level) {
      for (LongMap.Entry<Order> entry : input.account().orders()) {
        Order order = entry.value();
        boolean movable =
            order.type() == OrderType.STOP
                && order.status() == OrderStatus.OPEN
                && Cover.protects(input.account(), order, position);
        if (movable && order.stopPrice().isPresent()) {
          StopNotes.Asked asked = StopNotes.asked(input, order);
          if (isTighter(level, asked.standing())) {
            modify(order, level, asked);
          }
        }
      }
    }

    private boolean isTighter(Price level, Price standing) {
      return isLong ? level.compareTo(standing) > 0 : level.compareTo(standing) < 0;
    }

    /** At most one a second for each order, and only the newest. */
    private void modify(Order order, Price level, StopNotes.Asked asked) {
      if (asked.notBefore().isAfter(input.now())) {
        StopNotes.wake(order, asked.notBefore(), verdict);
        return;
      }
      StopNotes.ask(input, order, level, verdict);
      verdict.automate(
          new Decision.ModifyStop(
              cause(input, "stop follows the market"),
              contract.symbol(),
              order.contract(),
              order.id(),
              order.side(),
              order.size(),
              level));
    }

    private void placeAtFill(long grown) {
      OrderSide side = OrderSide.closing(position.side());
      if (stopTicks.isPresent()) {
        long open = position.size() - Cover.byStops(input.account(), position);
        long size = Math.min(grown, open);
        if (size > 0) {
          Price price = behindMarket(tighter(ahead(position.averagePrice(), -stopTicks.get())));
          verdict.automate(
              new Decision.PlaceStop(
                  cause(input, "stop at the fill"),
                  contract.symbol(),
                  position.contract(),
                  side,
                  size,
                  price));
        }
      }
      if (targetTicks.isPresent()) {
        long open = position.size() - Cover.byLimits(input.account(), position);
        long size = Math.min(grown, open);
        if (size > 0) {
          verdict.automate(
              new Decision.PlaceTarget(
                  cause(input, "target at the fill"),
                  contract.symbol(),
                  position.contract(),
                  side,
                  size,
                  beyondMarket(target())));
        }
      }
    }

    /** The target, on the tick nearer to the entry. */
    private Price target() {
      Price target = ahead(position.averagePrice(), targetTicks.orElseThrow());
      return isLong ? target.floorTo(contract.tickSize()) : target.ceilingTo(contract.tickSize());
    }

    /** That stop, or the nearest tick behind the market when the market has passed it. */
    private Price behindMarket(Price stop) {
      return mark == null || isOnTheRightSide(stop, mark) ? stop : nextTick(mark, !isLong);
    }

    /** That target, or the nearest tick ahead of the market when the market has passed it. */
    private Price beyondMarket(Price target) {
      boolean ahead =
          mark == null || (isLong ? target.compareTo(mark) > 0 : target.compareTo(mark) < 0);
      return ahead || mark == null ? target : nextTick(mark, isLong);
    }

    private Price nextTick(Price price, boolean up) {
      Price one = new Price(1);
      return up
          ? price.plus(one).ceilingTo(contract.tickSize())
          : price.minus(one).floorTo(contract.tickSize());
    }
  }
}
