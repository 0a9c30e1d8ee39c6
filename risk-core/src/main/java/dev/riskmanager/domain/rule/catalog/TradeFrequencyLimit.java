package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Trade;
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
import dev.riskmanager.domain.state.DayLedger;
import dev.riskmanager.domain.state.Episode;
import dev.riskmanager.domain.state.TimeIndex;
import dev.riskmanager.domain.state.TradeBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * RULE-006: too many trades in a minute, an hour or a trading day; the Nth starts a cooldown.
 *
 * @param count what a trade is
 * @param windows those with a limit, the shortest first
 */
public record TradeFrequencyLimit(RulePolicy policy, Count count, List<Window> windows)
    implements RiskRule {
  public static final RuleId ID = new RuleId(6, "trade_frequency_limit");

  private static final Set<Trigger> TRIGGERS = Triggers.of(Trigger.TRADE);

  /** What counts as one trade. */
  public enum Count {
    /** An order, once, at its first fill, opening and closing alike. */
    ORDERS,
    /** Each fill. */
    FILLS,
    /** An order that closes: one with a P&amp;L, at its first such fill. */
    ROUND_TURNS
  }

  /**
   * One limit.
   *
   * @param name its key, e.g. {@code per_minute}
   * @param span how far it looks back; empty looks back to the account's reset
   * @param limit the trade that reaches it is the one too many, ≥ 1
   */
  public record Window(String name, Optional<Duration> span, long limit, Response response) {}

  /** Reads {@code count}, {@code limits} and {@code cooldown_on_breach}. */
  public static RiskRule read(Settings section) {
    RulePolicy policy = RulePolicy.read(section, false);
    Count count =
        switch (section.choice("count", "orders", List.of("orders", "fills", "round_turns"))) {
          case "fills" -> Count.FILLS;
          case "round_turns" -> Count.ROUND_TURNS;
          default -> Count.ORDERS;
        };
    section.require("limits");
    Settings limits = section.section("limits").orElse(null);
    Settings cooldown = section.section("cooldown_on_breach").orElse(null);
    boolean cools = cooldown == null || cooldown.flag("enabled", true);
    List<Window> windows = new ArrayList<>();
    for (Shape shape : Shape.values()) {
      Duration lasts =
          cooldown == null
              ? shape.cooldown
              : cooldown.positiveDuration(shape.key + "_breach", shape.cooldown);
      long limit = limits == null ? 0 : limits.whole(shape.key, 0, 1, 1_000_000);
      if (limit > 0) {
        Response own =
            new Response(
                Response.Action.NONE, false, cools ? Response.Lock.of(lasts) : Response.Lock.NONE);
        windows.add(new Window(shape.key, shape.span, limit, policy.apply(own)));
      }
    }
    if (limits != null) {
      limits.finish();
      check(limits, windows);
      if (windows.isEmpty()) {
        section.warning("limits", "has no limit: the rule can never fire");
      }
    }
    if (cooldown != null) {
      cooldown.finish();
    }
    return new TradeFrequencyLimit(policy, count, List.copyOf(windows));
  }

  private enum Shape {
    MINUTE("per_minute", Optional.of(Duration.ofSeconds(60)), Duration.ofSeconds(60)),
    HOUR("per_hour", Optional.of(Duration.ofSeconds(3600)), Duration.ofSeconds(1800)),
    SESSION("per_session", Optional.empty(), Duration.ofSeconds(3600));

    private final String key;
    private final Optional<Duration> span;
    private final Duration cooldown;

    Shape(String key, Optional<Duration> span, Duration cooldown) {
      this.key = key;
      this.span = span;
      this.cooldown = cooldown;
    }
  }

  /** A shorter stretch that allows more than a longer one could never be reached. */
  private static void check(Settings limits, List<Window> windows) {
    for (int i = 1; i < windows.size(); i++) {
      Window shorter = windows.get(i - 1);
      Window longer = windows.get(i);
      if (shorter.limit() > longer.limit()) {
        limits.error(
            shorter.name(),
            "must not be above " + longer.name() + ": " + shorter.limit() + " > " + longer.limit());
      }
    }
  }

  @Override
  public RuleId id() {
    return ID;
  }

  @Override
  public Strictness strictness() {
    // Every closing order is an order, and every order has a fill.
    Strictness strictness =
        Strictness.of(policy)
            .higher(
                "count",
                switch (count) {
                  case ROUND_TURNS -> 0;
                  case ORDERS -> 1;
                  case FILLS -> 2;
                });
    for (Window window : windows) {
      strictness =
          strictness
              .lower(window.name(), window.limit())
              .response(window.name() + "/", window.response());
    }
    return strictness;
  }

  @Override
  public Set<Trigger> triggers() {
    return TRIGGERS;
  }

  @Override
  public Episode.Ends episodeEnds() {
    return Episode.Ends.AT_ONCE;
  }

  /**
   * Of the windows that this trade fills up, the one whose cooldown ends last. Asked without a
   * trade it tells each window that is full now.
   */
  @Override
  public Verdict evaluate(RuleInput input) {
    if (input.trade().isEmpty()) {
      return Verdict.of(fullNow(input));
    }
    Trade trade = input.trade().get();
    if (!counts(input.account().trades(), trade)) {
      return Verdict.NONE;
    }
    Violation longest = null;
    Instant end = Instant.MIN;
    for (Window window : windows) {
      for (Instant t : ends(input, window, trade.executedAt())) {
        long counted = counted(input, window, t);
        Instant until = t.plus(window.response().lock().duration().orElse(Duration.ZERO));
        boolean longer = !until.isBefore(end) && counted >= window.limit();
        if (longer && isWorse(input, window, counted)) {
          longest = violation(window, counted).since(t, trade.orderId());
          end = until;
        }
      }
    }
    return longest == null ? Verdict.NONE : Verdict.of(longest);
  }

  /**
   * The ends of the stretches of time that this trade may have filled: its own time, and when it
   * comes out of turn, those of the later trades that have it within their reach.
   */
  private List<Instant> ends(RuleInput input, Window window, Instant t) {
    Instant reach = window.span().map(t::plus).orElseGet(() -> input.general().reset().next(t));
    List<Instant> ends = new ArrayList<>(1);
    ends.add(t);
    ends.addAll(times(input).between(t, reach));
    return ends;
  }

  /** Whether it is more than an admin acknowledged by an unlock. */
  private static boolean isWorse(RuleInput input, Window window, long counted) {
    Long known = input.account().acknowledged().find(new Episode.Key(ID, window.name()));
    return known == null || counted > known;
  }

  /** Whether the trade is one more: the first of its order, or of its order's closing fills. */
  private boolean counts(TradeBook book, Trade trade) {
    TradeBook.OrderFills fills = book.fills().find(trade.orderId());
    return fills != null
        && switch (count) {
          case ORDERS -> fills.fills() == 1;
          case FILLS -> true;
          case ROUND_TURNS -> trade.profitAndLoss().isPresent() && fills.closings() == 1;
        };
  }

  private List<Violation> fullNow(RuleInput input) {
    List<Violation> violations = new ArrayList<>(0);
    for (Window window : windows) {
      long counted = counted(input, window, input.now());
      if (counted >= window.limit()) {
        violations.add(violation(window, counted));
      }
    }
    return violations;
  }

  private static Violation violation(Window window, long counted) {
    return Violation.of(
            Violation.Scope.ACCOUNT,
            counted,
            counted + " trades " + spoken(window),
            Long.toString(window.limit()),
            "Trade frequency limit reached: "
                + counted
                + "/"
                + window.limit()
                + " trades "
                + spoken(window),
            window.response())
        .ofFacet(window.name());
  }

  /** How many there were in the stretch that ends with {@code t}. */
  private long counted(RuleInput input, Window window, Instant t) {
    TimeIndex times = times(input);
    if (window.span().isPresent()) {
      return times.within(t.minus(window.span().get()), t);
    }
    ResetTime reset = input.general().reset();
    DayLedger today = input.account().trades().day(reset);
    return times.from(t.isBefore(today.start()) ? reset.last(t) : today.start(), t);
  }

  private TimeIndex times(RuleInput input) {
    TradeBook book = input.account().trades();
    return switch (count) {
      case ORDERS -> book.orderTimes();
      case FILLS -> book.fillTimes();
      case ROUND_TURNS -> book.roundTurnTimes();
    };
  }

  private static String spoken(Window window) {
    return switch (window.name()) {
      case "per_minute" -> "in a minute";
      case "per_hour" -> "in an hour";
      default -> "in the trading day";
    };
  }

  @Override
  public Basis basis(RuleInput input, Decision.ViolationFound found) {
    Basis.Builder basis =
        Basis.of().input("counted", count.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    for (Window window : windows) {
      basis.input(spoken(window), counted(input, window, input.now()) + " of " + window.limit());
    }
    found
        .orderId()
        .flatMap(order -> input.account().trades().fills().get(order))
        .ifPresent(fills -> basis.input("first fill of it", fills.firstAt().toString()));
    return basis.formula(found.observed() + " >= " + found.limit());
  }

  @Override
  public Reading read(RuleInput input) {
    Reading nearest = Reading.of("0", "", 0);
    for (Window window : windows) {
      long counted = counted(input, window, input.now());
      long used = counted * 1000 / window.limit();
      if (nearest.limit().isEmpty() || used > nearest.usedThousandths()) {
        nearest =
            Reading.of(counted + " " + spoken(window), window.limit() + " " + spoken(window), used);
      }
    }
    return nearest;
  }
}
