package dev.riskmanager.sim.knob;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Knobs of orders, fills, positions, money, hours and the market. */
public final class TradingKnobs {
  public static final Knob<PerAccount<Boolean>> CAN_TRADE =
      Knob.flagPerAccount(
          "can_trade",
          true,
          "false locks an account; {\"accountId\":N,\"value\":false} one of them");
  public static final Knob<Long> CAN_TRADE_CODE =
      Knob.number("can_trade_code", 4, 4, 10, "errorCode of orders on a locked account: 4 or 10");
  public static final Knob<Boolean> CLOSES_WHEN_LOCKED =
      Knob.flag("closes_when_locked", true, "a locked account may still close positions");
  public static final Knob<PerAccount<AccountKind>> ACCOUNT_KIND =
      Knob.choicePerAccount(
          "account_kind",
          AccountKind.NORMAL,
          "normal; follower, live: the API refuses to place, modify, cancel and close on it");
  public static final Knob<Set<String>> HIDDEN_ACCOUNTS =
      Knob.names(
          "hidden_accounts",
          List.of(),
          "account ids, as texts, that Account/search leaves out; true for all");
  public static final Knob<Set<String>> HALT =
      Knob.names(
          "halt",
          List.of(),
          "true, or symbols whose orders are rejected and not filled; \"\" ends");
  public static final Knob<PerAccount<BracketMode>> BRACKET_MODE =
      Knob.choicePerAccount(
          "bracket_mode",
          BracketMode.AUTO_OCO,
          "auto_oco, or position: bracket orders are refused");
  public static final Knob<Long> FILL_MS =
      Knob.number("fill_ms", 3, 0, 600_000, "from an order's arrival to its fill or to Open");
  public static final Knob<Long> BRACKET_MS =
      Knob.number("bracket_ms", 18, 0, 600_000, "from an entry's fill to its brackets working");
  public static final Knob<Long> OCO_MS =
      Knob.number("oco_ms", 12, 0, 600_000, "from a leg's fill to the other leg's cancel");
  public static final Knob<Long> REJECT_MS =
      Knob.number("reject_ms", 2, 0, 600_000, "from a rejection to its order event");
  public static final Knob<Long> SPREAD_TICKS =
      Knob.number(
          "spread_ticks", 1, 0, 1_000, "best ask above best bid; the bid is the last price");
  public static final Knob<Long> SLIP_TICKS =
      Knob.number("slip_ticks", 0, 0, 10_000, "market and stop orders fill this much worse");
  public static final Knob<Long> PARTIAL_FILLS =
      Knob.number("partial_fills", 0, 0, 1_000_000, "contracts one fill takes at most; 0 for all");
  public static final Knob<Rejections> REJECT_ORDERS =
      new Knob<>(
          "reject_orders",
          Rejections.NONE,
          "reject new orders: a text, or {\"text\":TEXT,\"times\":N}",
          (v, was) -> Rejections.parse(v));
  public static final Knob<Boolean> STOP_LIMIT =
      Knob.flag("stop_limit", true, "whether orders of type 3 are taken");
  public static final Knob<Long> PRICE_BAND_PERCENT =
      Knob.number(
          "price_band_percent", 50, 0, 100, "how far from the market a price may be; 0 any");
  public static final Knob<Long> MAX_POSITION =
      Knob.number("max_position", 0, 0, 1_000_000, "contracts an account may hold; 0 for no limit");
  public static final Knob<Boolean> REJECT_INACTIVE =
      Knob.flag("reject_inactive", false, "orders for other months than the listed: code 9");
  public static final Knob<Long> BRACKET_ID_GAP =
      Knob.number("bracket_id_gap", 0, 0, 100, "ids skipped between an entry and its brackets");
  public static final Knob<BracketFailure> BRACKET_FAILURE =
      Knob.choice(
          "bracket_failure",
          BracketFailure.NONE,
          "none; activation: legs are rejected; missing_stop, missing_target: never created");
  public static final Knob<Boolean> UPDATE_ON_FILL =
      Knob.flag("update_on_fill", false, "a fill moves updateTimestamp");
  public static final Knob<FlatEvent> FLAT_EVENT =
      Knob.choice("flat_event", FlatEvent.NORMAL, "event of a flat position: normal, none, late");
  public static final Knob<Boolean> REVERSAL_FLAT_EVENT =
      Knob.flag("reversal_flat_event", false, "a reversal sends the flat position in between");
  public static final Knob<PnlMethod> PNL =
      Knob.choice("pnl", PnlMethod.AVERAGE, "realized against the average price, or fifo");
  public static final Knob<Map<String, BigDecimal>> FEES =
      Knob.amounts("fees", "fee per side and contract by symbol, such as {\"MNQ\":0.37}");
  public static final Knob<BigDecimal> COMMISSION =
      Knob.decimal("commission", "0", "commission per side and contract, besides the fee");
  public static final Knob<Boolean> CLOSE_CANCELS_BRACKETS =
      Knob.flag("close_cancels_brackets", false, "closeContract cancels the contract's orders");
  public static final Knob<Long> CLOSE_ATTEMPTS =
      Knob.number("close_attempts", 1, 1, 1_000, "closes of a contract until one is accepted");
  public static final Knob<Boolean> CLOSE_CAN_FLIP =
      Knob.flag(
          "close_can_flip", false, "two closes at once both sell: the size is fixed on arrival");
  public static final Knob<Long> CANCEL_FINISHED_CODE =
      Knob.number("cancel_finished_code", 2, 2, 5, "errorCode of cancelling a finished order");
  public static final Knob<Boolean> SESSIONS =
      Knob.flag("sessions", false, "orders only from 17:00 to 15:10 Chicago, flattened from 15:08");
  public static final Knob<Set<String>> HOLIDAYS =
      new Knob<>(
          "holidays",
          Set.of(),
          "trading days without a session, such as [\"2025-12-25\"]",
          (v, was) ->
              Knob.nameSet("holidays", List.of(), v).stream()
                  .map(TradingKnobs::date)
                  .collect(Collectors.toUnmodifiableSet()));
  public static final Knob<Long> SESSION_CODE =
      Knob.number("session_code", 2, 2, 5, "errorCode of an order outside hours: 2 or 5");
  public static final Knob<Path> PRICE_PATH =
      Knob.choice(
          "price_path", Path.MANUAL, "manual: only /sim/price moves it; recorded bars; walk");
  public static final Knob<Long> SEED =
      Knob.number("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE, "of the walk");
  public static final Knob<Long> TICK_MS =
      Knob.number("tick_ms", 250, 1, 600_000, "between two prices of the path");

  static final List<Knob<?>> ALL =
      List.of(
          CAN_TRADE,
          CAN_TRADE_CODE,
          CLOSES_WHEN_LOCKED,
          ACCOUNT_KIND,
          HIDDEN_ACCOUNTS,
          HALT,
          BRACKET_MODE,
          FILL_MS,
          BRACKET_MS,
          OCO_MS,
          REJECT_MS,
          SPREAD_TICKS,
          SLIP_TICKS,
          PARTIAL_FILLS,
          REJECT_ORDERS,
          STOP_LIMIT,
          PRICE_BAND_PERCENT,
          MAX_POSITION,
          REJECT_INACTIVE,
          BRACKET_ID_GAP,
          BRACKET_FAILURE,
          UPDATE_ON_FILL,
          FLAT_EVENT,
          REVERSAL_FLAT_EVENT,
          PNL,
          FEES,
          COMMISSION,
          CLOSE_CANCELS_BRACKETS,
          CLOSE_ATTEMPTS,
          CLOSE_CAN_FLIP,
          CANCEL_FINISHED_CODE,
          SESSIONS,
          HOLIDAYS,
          SESSION_CODE,
          PRICE_PATH,
          SEED,
          TICK_MS);

  private TradingKnobs() {}

  /** What an account is, as far as its owner's API requests are refused for it. */
  public enum AccountKind {
    NORMAL,
    FOLLOWER,
    LIVE
  }

  /** The account's setting on the platform. */
  public enum BracketMode {
    AUTO_OCO,
    POSITION
  }

  /** What goes wrong with brackets. */
  public enum BracketFailure {
    NONE,
    ACTIVATION,
    MISSING_STOP,
    MISSING_TARGET
  }

  /** The event of a position that became flat. */
  public enum FlatEvent {
    NORMAL,
    NONE,
    LATE
  }

  /** Against what realized P&amp;L is measured. */
  public enum PnlMethod {
    AVERAGE,
    FIFO
  }

  /** Where prices come from. */
  public enum Path {
    MANUAL,
    RECORDED,
    WALK
  }

  private static String date(String text) {
    try {
      return LocalDate.parse(text).toString();
    } catch (DateTimeParseException e) {
      throw new KnobException("knob holidays cannot hold " + text + "; allowed: 2025-12-25");
    }
  }
}
