package dev.riskmanager.domain.property;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Rule files at random: each of the thirteen is there, differs, or is missing. */
final class RuleTexts {
  private RuleTexts() {}

  /** Any rules. Limits are small, so that they are reached. */
  static Arbitrary<String> any() {
    return all(1);
  }

  /** All thirteen, always. */
  static Arbitrary<String> everything() {
    return all(-1);
  }

  /**
   * The rules about money, trades and permission, with their own responses: what else locks depends
   * on positions in between, which no reading tells of afterwards.
   */
  static Arbitrary<String> moneyAndTrades() {
    Arbitrary<String> loss =
        Combinators.combine(number(3, 60), one("17:00", "16:10"), one("", "", ", action: none"))
            .as(
                (limit, reset, action) ->
                    "daily_realized_loss: {limit: -"
                        + limit
                        + ", reset_time: \""
                        + reset
                        + "\", timezone: America/New_York"
                        + action
                        + "}\n");
    Arbitrary<String> frequency = frequency().map(own -> "trade_frequency_limit: {" + own + "}\n");
    Arbitrary<String> afterLoss =
        Combinators.combine(afterLoss(), one("", "", ", action: none"))
            .as((own, action) -> "cooldown_after_loss: {" + own + action + "}\n");
    Arbitrary<String> profit =
        realizedProfit().map(own -> "daily_realized_profit: {" + own + "}\n");
    return Combinators.combine(
            general(), maybe(loss), maybe(frequency), maybe(afterLoss), maybe(profit))
        .as(
            (general, a, b, c, d) ->
                general + a + b + c + "auth_loss_guard: {enabled: true}\n" + d);
  }

  private static Arbitrary<String> maybe(Arbitrary<String> section) {
    return Arbitraries.frequencyOf(Tuple.of(1, just("")), Tuple.of(2, section));
  }

  private static Arbitrary<String> all(int present) {
    List<Arbitrary<String>> sections =
        List.of(
            section(present, "max_contracts", maxContracts(), true),
            section(present, "max_contracts_per_instrument", perInstrument(), true),
            section(present, "daily_realized_loss", realizedLoss(), false),
            section(present, "daily_unrealized_loss", unrealizedLoss(), false),
            section(present, "max_unrealized_profit", unrealizedProfit(), false),
            section(present, "trade_frequency_limit", frequency(), false),
            section(present, "cooldown_after_loss", afterLoss(), false),
            section(present, "no_stop_loss_grace", grace(), false),
            section(present, "session_block_outside", session(), false),
            section(present, "auth_loss_guard", just("check_interval_seconds: 30"), false),
            section(present, "symbol_blocks", just("blocked_symbols: [RTY]"), false),
            section(present, "trade_management", management(), false),
            section(present, "daily_realized_profit", realizedProfit(), false));
    return Combinators.combine(general(), Combinators.combine(sections).as(t -> String.join("", t)))
        .as((general, rest) -> general + rest);
  }

  private static Arbitrary<String> general() {
    return Combinators.combine(one("true", "false"), one("2", "5", "60"))
        .as(
            (net, stale) ->
                "general: {net_of_fees: " + net + ", stale_quote_seconds: " + stale + "}\n");
  }

  /** One section, missing once in {@code present} + 1 times, never when that is below zero. */
  private static Arbitrary<String> section(
      int present, String key, Arbitrary<String> body, boolean reduces) {
    Arbitrary<String> text =
        Combinators.combine(body, policy(reduces))
            .as((own, policy) -> key + ": {" + own + policy + "}\n");
    return present < 0
        ? text
        : Arbitraries.frequencyOf(Tuple.of(1, just("")), Tuple.of(present, text));
  }

  /** Mostly none. */
  private static Arbitrary<String> policy(boolean reduces) {
    Arbitrary<String> action =
        reduces
            ? one("close_all", "close_position", "reduce", "none")
            : one("close_all", "close_position", "none");
    Arbitrary<String> some =
        Arbitraries.oneOf(
            List.of(
                just(", mode: shadow"),
                action.map(a -> ", action: " + a),
                one("until_reset", "15m", "40s", "none", "until_session_start")
                    .map(l -> ", lockout: " + l),
                one("forbidden", "20m", "5s").map(u -> ", admin_unlock: " + u),
                just(", cancel_orders: true"),
                just(", action: none, lockout: 10m"),
                just(", action: none, lockout: until_reset")));
    return Arbitraries.frequencyOf(Tuple.of(5, just("")), Tuple.of(3, some));
  }

  private static Arbitrary<String> maxContracts() {
    return Combinators.combine(
            number(0, 6), one("net", "gross"), one("true", "false"), one("false", "true"))
        .as(
            (limit, count, close, reduce) ->
                "limit: "
                    + limit
                    + ", count_type: "
                    + count
                    + ", close_all: "
                    + close
                    + ", reduce_to_limit: "
                    + reduce);
  }

  private static Arbitrary<String> perInstrument() {
    return Combinators.combine(
            number(0, 4),
            number(0, 3),
            one("reduce_to_limit", "close_all"),
            one("block", "allow", "\"allow_with_limit:2\""))
        .as(
            (mnq, es, how, unknown) ->
                "limits: {MNQ: "
                    + mnq
                    + ", ES: "
                    + es
                    + "}, enforcement: "
                    + how
                    + ", unknown_symbol_action: "
                    + unknown);
  }

  private static Arbitrary<String> realizedLoss() {
    return Combinators.combine(
            number(3, 60),
            one("17:00", "16:10"),
            one("false", "true"),
            one("close_all_and_lockout", "close_all", "lockout"))
        .as(
            (limit, reset, open, how) ->
                "limit: -"
                    + limit
                    + ", reset_time: \""
                    + reset
                    + "\", timezone: America/New_York, include_open: "
                    + open
                    + ", enforcement: "
                    + how);
  }

  private static Arbitrary<String> unrealizedLoss() {
    return Combinators.combine(number(3, 80), one("per_position", "total"), one("0", "0", "900"))
        .as((limit, scope, ms) -> "limit: -" + limit + ", scope: " + scope + ", confirm_ms: " + ms);
  }

  private static Arbitrary<String> unrealizedProfit() {
    return Combinators.combine(number(3, 80), one("0", "0", "900"))
        .as((target, ms) -> "target: " + target + ", confirm_ms: " + ms);
  }

  private static Arbitrary<String> frequency() {
    return Combinators.combine(
            one("orders", "fills", "round_turns"),
            number(1, 4),
            number(4, 9),
            number(9, 20),
            one("true", "false"))
        .as(
            (count, minute, hour, session, cools) ->
                "count: "
                    + count
                    + ", limits: {per_minute: "
                    + minute
                    + ", per_hour: "
                    + hour
                    + ", per_session: "
                    + session
                    + "}, cooldown_on_breach: {enabled: "
                    + cools
                    + ", per_minute_breach: 60, per_hour_breach: 1800, per_session_breach: 3600}");
  }

  private static Arbitrary<String> afterLoss() {
    return Combinators.combine(number(1, 10), number(11, 60))
        .as(
            (small, large) ->
                "loss_thresholds: [{loss_amount: -"
                    + small
                    + ", cooldown_duration: 45}, {loss_amount: -"
                    + large
                    + ", cooldown_duration: 900}]");
  }

  private static Arbitrary<String> grace() {
    return one("0", "3", "10", "60").map(seconds -> "grace_period_seconds: " + seconds);
  }

  private static Arbitrary<String> session() {
    String global =
        "global_session: {start: \"09:30\", end: \"16:00\", timezone: America/New_York}, ";
    String own =
        "per_instrument_sessions: {sessions: {ES: {start: \"18:00\", end: \"17:00\","
            + " timezone: America/Chicago}, RTY: {start: \"11:00\", end: \"12:00\", timezone:"
            + " America/New_York}}}, ";
    return Combinators.combine(
            one(global, global + own, own), one("true", "false"), one("true", "false"))
        .as(
            (sessions, closes, locks) ->
                sessions
                    + "close_positions_at_session_end: "
                    + closes
                    + ", lockout_outside_session: "
                    + locks);
  }

  private static Arbitrary<String> management() {
    return Combinators.combine(number(2, 10), number(5, 25), one("true", "false"))
        .as(
            (breakeven, trail, places) ->
                "auto_breakeven: {profit_trigger_ticks: "
                    + breakeven
                    + ", offset_ticks: 1},"
                    + " trailing_stop: {activation_ticks: "
                    + trail
                    + ", trail_distance_ticks: 8},"
                    + " auto_stop_loss: {enabled: "
                    + places
                    + ", ticks: 40},"
                    + " auto_take_profit: {enabled: "
                    + places
                    + ", ticks: 80}");
  }

  private static Arbitrary<String> realizedProfit() {
    return Combinators.combine(number(3, 60), one("17:00", "16:10"))
        .as(
            (target, reset) ->
                "target: " + target + ", reset_time: \"" + reset + "\", timezone: America/Chicago");
  }

  private static Arbitrary<Integer> number(int from, int to) {
    return Arbitraries.integers().between(from, to);
  }

  private static Arbitrary<String> one(String... texts) {
    return Arbitraries.of(texts);
  }

  private static Arbitrary<String> just(String text) {
    return Arbitraries.just(text);
  }
}
