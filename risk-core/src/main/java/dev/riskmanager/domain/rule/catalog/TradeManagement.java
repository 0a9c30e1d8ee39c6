package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.RuleId;
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
import dev.riskmanager.domain.state.Locks;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * RULE-012: protective orders that place and tighten themselves; never a violation.
 *
 * <p>Of each position, a {@link ManagedPosition}, it remembers size and best mark in {@link
 * StopNotes}. {@link FillOrders} places stop and target when it has grown, {@link StopTightener}
 * moves its stops, and {@link OwnOrders} takes back what the engine placed and is too much.
 *
 * @param breakeven moves the stop to the entry once there is enough profit
 * @param trailing keeps the stop behind the best mark
 * @param stopTicks distance of the stop placed at a fill
 * @param targetTicks distance of the target placed at a fill
 */
public record TradeManagement(
    RulePolicy policy,
    Optional<StopTightener.Breakeven> breakeven,
    Optional<StopTightener.Trailing> trailing,
    Optional<Long> stopTicks,
    Optional<Long> targetTicks)
    implements RiskRule {
  public static final RuleId ID = ManagedPosition.RULE;

  private static final Set<Trigger> TRIGGERS =
      Triggers.of(Trigger.QUOTE, Trigger.POSITION, Trigger.ORDER, Trigger.TIMER, Trigger.REVIEW);

  private static final long MOST_TICKS = 1_000_000;

  /**
   * Reads {@code auto_breakeven}, {@code trailing_stop}, {@code auto_stop_loss} and {@code
   * auto_take_profit}.
   */
  public static RiskRule read(Settings section) {
    RulePolicy policy = RulePolicy.read(section, false);
    Optional<StopTightener.Breakeven> breakeven =
        section
            .section("auto_breakeven")
            .flatMap(
                part ->
                    TradeManagement.<StopTightener.Breakeven>part(
                        part,
                        new StopTightener.Breakeven(
                            ticks(part, "profit_trigger_ticks", 1),
                            ticks(part, "offset_ticks", 0))));
    Optional<StopTightener.Trailing> trailing =
        section
            .section("trailing_stop")
            .flatMap(
                part ->
                    TradeManagement.<StopTightener.Trailing>part(
                        part,
                        new StopTightener.Trailing(
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
    boolean quoted = input.trigger() == Trigger.QUOTE;
    if (!quoted) {
      StopNotes.forgetDone(input, verdict);
    }
    for (Holding holding : input.account().holdings()) {
      boolean asked = input.quoted().isEmpty() || input.quoted().get().equals(holding.contract());
      Position position = holding.position().orElse(null);
      Contract contract = input.market().contract(holding.contract()).orElse(null);
      if (asked && position != null && contract != null) {
        manage(input, ManagedPosition.of(input, position, contract), verdict);
      }
    }
    if (!quoted && !policy.shadow()) {
      OwnOrders.tidy(input, verdict);
    }
    return verdict.build();
  }

  private void manage(RuleInput input, ManagedPosition managed, Verdict.Builder verdict) {
    Position position = managed.position();
    StopNotes.Seen before = StopNotes.seen(input, position);
    long added = position.size() - before.size();
    Price best = best(managed, added > 0 ? null : before.best());
    StopNotes.remember(position, before, new StopNotes.Seen(position.size(), best), verdict);
    if (!mayAct(input, managed)) {
      return;
    }
    if (added > 0 && input.trigger() == Trigger.POSITION && !input.locked()) {
      new FillOrders(stopTicks, targetTicks).place(input, managed, added, verdict);
    }
    if (best != null && managed.mark() != null) {
      new StopTightener(breakeven, trailing).tighten(input, managed, best, verdict);
    }
  }

  /** The better of the mark and the best one so far. */
  private static @Nullable Price best(ManagedPosition managed, @Nullable Price known) {
    Price mark = managed.mark();
    return mark == null || (known != null && managed.isAtLeastAsGood(known, mark)) ? known : mark;
  }

  /** What is not carried out must not be remembered as asked for. */
  private boolean mayAct(RuleInput input, ManagedPosition managed) {
    String symbol = managed.contract().symbol();
    Locks locks = input.account().locks();
    return !policy.shadow()
        && !locks.symbolLocked(symbol)
        && (!input.locked() || locks.allowed(managed.id(), symbol) != 0);
  }

  @Override
  public Reading read(RuleInput input) {
    for (Holding holding : input.account().holdings()) {
      ContractId contract = holding.contract();
      if (!holding.isFlat() && input.market().contract(contract).isEmpty()) {
        return Reading.degraded("", "no tick size is known for " + input.symbol(contract));
      }
      if (!holding.isFlat() && input.freshMark(contract).isEmpty()) {
        return Reading.degraded("", "no fresh price for " + input.symbol(contract));
      }
    }
    return Reading.of("active", "", 0);
  }
}
