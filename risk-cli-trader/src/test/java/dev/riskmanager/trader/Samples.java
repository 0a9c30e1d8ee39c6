package dev.riskmanager.trader;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.BlindWindowView;
import dev.riskmanager.wire.ClockView;
import dev.riskmanager.wire.CurveView;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.EngineView;
import dev.riskmanager.wire.EntriesState;
import dev.riskmanager.wire.EntriesView;
import dev.riskmanager.wire.EntryBlockView;
import dev.riskmanager.wire.GatewayState;
import dev.riskmanager.wire.GatewayView;
import dev.riskmanager.wire.HoursView;
import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.LockoutType;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.LockoutsView;
import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.LogKind;
import dev.riskmanager.wire.OrderSide;
import dev.riskmanager.wire.OrderStatus;
import dev.riskmanager.wire.OrderType;
import dev.riskmanager.wire.OrderView;
import dev.riskmanager.wire.PnlView;
import dev.riskmanager.wire.PositionSide;
import dev.riskmanager.wire.PositionView;
import dev.riskmanager.wire.ReceiptView;
import dev.riskmanager.wire.ReceiptsView;
import dev.riskmanager.wire.RuleMode;
import dev.riskmanager.wire.RuleState;
import dev.riskmanager.wire.RuleView;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.SymbolPnlView;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One trading day of one trader, at several moments. */
public final class Samples {
  public static final Instant NOW = Instant.parse("2025-10-31T17:21:19.412Z");
  public static final LocalDate DAY = LocalDate.parse("2025-10-31");
  public static final long MAIN = 13298777;
  public static final long SECOND = 20202020;

  private Samples() {}

  public static ClockView clock(Instant now) {
    Instant reset = Instant.parse("2025-10-31T22:00:00Z");
    return new ClockView(
        "America/Chicago", "17:00", DAY, reset, Duration.between(now, reset).toSeconds());
  }

  public static EngineView engine(EngineState state, String... problems) {
    return new EngineView(
        state, List.of(problems), 4711, "1.0.0", Instant.parse("2025-10-31T16:21:19.300Z"), 3600);
  }

  public static GatewayView gateway() {
    return new GatewayView(
        GatewayState.CONNECTED,
        120L,
        1,
        List.of(
            new BlindWindowView(
                Instant.parse("2025-10-31T16:50:00Z"),
                Instant.parse("2025-10-31T16:50:07Z"),
                "the user hub was silent for 20 s",
                List.of("one fill of MNQ"),
                List.of())));
  }

  public static List<LogEntry> actions() {
    return List.of(
        entry(1, "17:00:00", LogKind.RESET, null, "Trading day 2025-10-31 began"),
        entry(
            2,
            "17:21:19",
            LogKind.VIOLATION,
            "RULE-003",
            "DailyRealizedLoss - Daily loss limit exceeded: $-170.50 (limit: $-5.00)"),
        entry(
            3,
            "17:21:19",
            LogKind.LOCKOUT_SET,
            "RULE-003",
            "Account 13298777 locked until 2025-10-31T22:00:00Z: Daily loss limit exceeded"),
        entry(
            4,
            "17:21:19",
            LogKind.ENFORCEMENT,
            "RULE-003",
            "CLOSE_ALL_POSITIONS: account=13298777, count=1"),
        entry(5, "17:21:19", LogKind.ENFORCEMENT, "RULE-003", "FLAT: proven after 184 ms"));
  }

  public static LogEntry entry(
      long seq, String time, LogKind kind, @Nullable String ruleId, String text) {
    return new LogEntry(
        seq,
        Instant.parse("2025-10-31T" + time + "Z"),
        kind,
        MAIN,
        ruleId,
        ruleId == null ? null : "daily_realized_loss",
        null,
        text,
        ruleId == null ? null : "r-" + (seq + 5));
  }

  public static LockoutView hard() {
    return new LockoutView(
        7,
        "RULE-003",
        "daily_realized_loss",
        LockoutType.HARD,
        null,
        "Daily loss limit exceeded: $-170.50 (limit: $-5.00)",
        Instant.parse("2025-10-31T17:21:19.150Z"),
        Instant.parse("2025-10-31T22:00:00Z"),
        16720L,
        "at the daily reset");
  }

  public static LockoutView cooldown(Instant ends) {
    return new LockoutView(
        8,
        "RULE-007",
        "cooldown_after_loss",
        LockoutType.COOLDOWN,
        null,
        "Loss of $-120.00 reached the tier $-100.00",
        NOW.minusSeconds(60),
        ends,
        Duration.between(NOW, ends).toSeconds(),
        "when the cooldown is over");
  }

  public static LockoutView symbol(String symbol) {
    return new LockoutView(
        9,
        "RULE-011",
        "symbol_blocks",
        LockoutType.SYMBOL,
        symbol,
        symbol + " is blocked",
        NOW.minusSeconds(600),
        null,
        null,
        "when the symbol leaves the configuration");
  }

  public static PnlView pnl(String realized, String open, String total) {
    return new PnlView(
        DAY,
        realized,
        open,
        "2.22",
        total,
        12,
        List.of(
            new SymbolPnlView("ES", "-50.50", null, "1.11", 4),
            new SymbolPnlView("MNQ", "-120.00", open, "1.11", 8)));
  }

  public static PositionView position(String symbol, PositionSide side, boolean covered) {
    return new PositionView(
        "CON.F.US." + symbol + ".Z25",
        symbol,
        side,
        1,
        "21000.25",
        "20994.00",
        "-12.50",
        covered,
        NOW.minusSeconds(78));
  }

  public static OrderView order() {
    return new OrderView(
        1,
        "CON.F.US.MNQ.Z25",
        "MNQ",
        OrderType.STOP,
        OrderSide.SELL,
        1,
        0,
        "20980.00",
        OrderStatus.OPEN);
  }

  public static RuleView rule(
      int number,
      String key,
      RuleState state,
      @Nullable String value,
      @Nullable String limit,
      @Nullable String used,
      @Nullable String detail) {
    return new RuleView(
        number < 10 ? "RULE-00" + number : "RULE-0" + number,
        key,
        state == RuleState.SHADOW ? RuleMode.SHADOW : RuleMode.ENFORCE,
        state,
        value,
        limit,
        used == null ? null : new BigDecimal(used),
        detail);
  }

  /** The thirteen rules; the third one as given. */
  public static List<RuleView> rules(RuleState third, String value, String used) {
    List<RuleView> rules = new ArrayList<>();
    rules.add(rule(1, "max_contracts", RuleState.OK, "1", "5", "0.2", null));
    rules.add(rule(2, "max_contracts_per_instrument", RuleState.OK, "MNQ 1", "MNQ 2", "0.5", null));
    rules.add(rule(3, "daily_realized_loss", third, value, "-500.00", used, null));
    rules.add(
        rule(4, "daily_unrealized_loss", RuleState.NEAR, "-255.00", "-300.00", "0.85", "MNQ"));
    rules.add(rule(5, "max_unrealized_profit", RuleState.OK, "-12.50", "500.00", "0", null));
    rules.add(
        rule(
            6,
            "trade_frequency_limit",
            RuleState.OK,
            "2 in a minute",
            "3 in a minute",
            "0.666",
            null));
    rules.add(rule(7, "cooldown_after_loss", RuleState.OK, null, "-100.00", null, null));
    rules.add(rule(8, "no_stop_loss_grace", RuleState.OK, "0 s", "10 s", "0", null));
    rules.add(
        rule(
            9,
            "session_block_outside",
            RuleState.OK,
            "open until 2025-10-31T20:00:00Z",
            "09:30-16:00 America/New_York",
            "0",
            null));
    rules.add(rule(10, "auth_loss_guard", RuleState.OK, "allowed", "allowed", "0", null));
    rules.add(rule(11, "symbol_blocks", RuleState.SHADOW, "none", "RTY, BTC", "0", null));
    rules.add(rule(12, "trade_management", RuleState.DISABLED, null, null, null, "not configured"));
    rules.add(rule(13, "daily_realized_profit", RuleState.OK, "-170.50", "1000.00", "0", null));
    return rules;
  }

  public static AccountView account(
      boolean locked,
      List<LockoutView> lockouts,
      PnlView pnl,
      List<PositionView> positions,
      List<OrderView> orders,
      List<RuleView> rules) {
    return new AccountView(
        MAIN,
        "Main Trading Account",
        true,
        locked,
        lockouts,
        pnl,
        positions,
        orders,
        rules,
        true,
        "49829.50");
  }

  /** Free to trade, with a covered position. */
  public static AccountView free() {
    return account(
        false,
        List.of(),
        pnl("-310.00", "-12.50", "-322.50"),
        List.of(position("MNQ", PositionSide.LONG, true)),
        List.of(order()),
        rules(RuleState.OK, "-310.00", "0.62"));
  }

  /** Locked by the daily loss, flat. */
  public static AccountView lockedOut() {
    return account(
        true,
        List.of(hard()),
        pnl("-570.50", "0.00", "-570.50"),
        List.of(),
        List.of(),
        rules(RuleState.BREACHED, "-570.50", "1.141"));
  }

  /** In a cooldown of five minutes, holding an uncovered short. */
  public static AccountView cooling() {
    return account(
        true,
        List.of(cooldown(NOW.plusSeconds(240)), symbol("RTY")),
        pnl("-120.00", "35.00", "-85.00"),
        List.of(position("ES", PositionSide.SHORT, false)),
        List.of(),
        rules(RuleState.OK, "-120.00", "0.24"));
  }

  /** The books cannot be trusted. */
  public static AccountView held() {
    return account(
        true,
        List.of(
            new LockoutView(
                10,
                "BOOKS",
                "books",
                LockoutType.CONDITION,
                null,
                "The database is older than the audit: 2 lockouts were rebuilt from it",
                NOW.minusSeconds(30),
                null,
                null,
                "when the admin has looked and unlocks it")),
        pnl("-120.00", "0.00", "-120.00"),
        List.of(),
        List.of(),
        rules(RuleState.OK, "-120.00", "0.24"));
  }

  /** The same account, and what would become of an entry. */
  public static AccountView with(
      AccountView a, EntriesState state, List<String> open, EntryBlockView... blocked) {
    return a.withBooksRead(true).withEntries(new EntriesView(state, open, List.of(blocked)));
  }

  public static EntryBlockView undone(
      @Nullable String symbol, int rule, String key, @Nullable String until) {
    return new EntryBlockView(
        symbol,
        rule < 10 ? "RULE-00" + rule : "RULE-0" + rule,
        key,
        until == null ? null : Instant.parse(until),
        "one contract more: too much of " + (symbol == null ? "it" : symbol));
  }

  /** Outside the session of every symbol. */
  public static AccountView outside() {
    return with(
        free(),
        EntriesState.BLOCKED,
        List.of(),
        undone("ES", 9, "session_block_outside", "2025-11-02T23:00:00Z"),
        undone("MNQ", 9, "session_block_outside", "2025-11-03T14:30:00Z"),
        undone(null, 2, "max_contracts_per_instrument", null));
  }

  /** Outside the session of most symbols. */
  public static AccountView onlyOne() {
    return with(
        free(),
        EntriesState.PARTLY,
        List.of("ES"),
        undone("MNQ", 9, "session_block_outside", "2025-10-31T18:30:00Z"),
        undone(null, 9, "session_block_outside", "2025-11-03T14:30:00Z"));
  }

  /** Before the venue was read. */
  public static AccountView unread() {
    return new AccountView(
            MAIN,
            "Main Trading Account",
            true,
            false,
            List.of(),
            new PnlView(DAY, "0.00", null, "0.00", null, 0, List.of()),
            List.of(),
            List.of(),
            rules(RuleState.OK, "0.00", "0"),
            null,
            null)
        .withBooksRead(false);
  }

  public static AccountView second() {
    AccountView free = free();
    return new AccountView(
        SECOND,
        "日本語の口座",
        true,
        false,
        List.of(symbol("RTY")),
        pnl("12.00", "0.00", "12.00"),
        List.of(),
        List.of(),
        free.rules(),
        false,
        null);
  }

  public static StatusView status(EngineView engine, AccountView... accounts) {
    return new StatusView(NOW, engine, gateway(), List.of(accounts), clock(NOW), actions());
  }

  public static StatusView status(AccountView... accounts) {
    return status(engine(EngineState.PROTECTING), accounts);
  }

  /** The same picture at another time. */
  public static StatusView at(Instant now, StatusView status) {
    return new StatusView(
        now,
        status.engine(),
        status.gateway(),
        status.accounts(),
        clock(now),
        status.lastActions());
  }

  private static List<HoursView.SessionView> sessions() {
    return List.of(
        new HoursView.SessionView(
            null,
            "America/New_York",
            "09:30",
            "16:00",
            true,
            Instant.parse("2025-10-31T20:00:00Z")),
        new HoursView.SessionView(
            "ES",
            "America/Chicago",
            "18:00",
            "17:00",
            false,
            Instant.parse("2025-11-02T23:00:00Z")));
  }

  /** The day of the main account, from a gain to a loss. */
  public static CurveView curve() {
    List<CurveView.CurvePointView> points = new ArrayList<>();
    int[] totals = {0, 40, 85, 60, 20, -30, -90, -120, -180, -240, -300};
    for (int i = 0; i < totals.length; i++) {
      points.add(
          new CurveView.CurvePointView(
              NOW.minus(Duration.ofMinutes(10L * (totals.length - i))), totals[i] + ".00"));
    }
    return new CurveView(NOW, List.of(new CurveView.AccountCurve(MAIN, DAY, points)));
  }

  public static ReceiptsView receipts() {
    ReceiptView newest = receipt();
    return new ReceiptsView(
        List.of(
            line("r-5", newest.decidedAt().minusSeconds(3600)),
            line("r-6", newest.decidedAt().minusSeconds(60)),
            line(newest.id(), newest.decidedAt())));
  }

  private static ReceiptsView.ReceiptLine line(String id, Instant decidedAt) {
    return new ReceiptsView.ReceiptLine(
        id, MAIN, "RULE-003", "daily_realized_loss", null, "too much", decidedAt, "FLAT");
  }

  public static HoursView hours() {
    return new HoursView(
        NOW,
        clock(NOW),
        sessions(),
        List.of(
            new HoursView.HolidayView(LocalDate.parse("2025-11-27"), null),
            new HoursView.HolidayView(
                LocalDate.parse("2025-11-28"), Instant.parse("2025-11-28T18:15:00Z"))),
        List.of("holidays.yaml knows nothing of 2029"),
        List.of(
            new HoursView.AccountHours(MAIN, clock(NOW), sessions()),
            new HoursView.AccountHours(SECOND, clock(NOW), sessions().subList(1, 2))));
  }

  public static LockoutsView lockouts() {
    return new LockoutsView(
        NOW,
        List.of(
            new LockoutRecord(MAIN, "Main Trading Account", hard(), true, null, null, 2, null),
            new LockoutRecord(
                MAIN,
                "Main Trading Account",
                new LockoutView(
                    5,
                    "RULE-007",
                    "cooldown_after_loss",
                    LockoutType.COOLDOWN,
                    null,
                    "Loss of $-220.00 reached the tier $-200.00",
                    Instant.parse("2025-10-30T15:00:00Z"),
                    Instant.parse("2025-10-30T15:15:00Z"),
                    null,
                    "when the cooldown is over"),
                false,
                Instant.parse("2025-10-30T15:15:00Z"),
                "expired",
                0,
                null),
            new LockoutRecord(SECOND, "日本語の口座", symbol("RTY"), true, null, null, 0, null)));
  }

  public static ReceiptView receipt() {
    Instant decided = Instant.parse("2025-10-31T17:21:19.150Z");
    return new ReceiptView(
        "r-7",
        MAIN,
        "RULE-003",
        "daily_realized_loss",
        null,
        "Daily loss limit exceeded: $-170.50 (limit: $-5.00)",
        List.of(
            new ReceiptView.Fact("realized", "-170.50"), new ReceiptView.Fact("limit", "-5.00")),
        "-168.28 - 2.22 = -170.50 <= -5.00",
        null,
        decided,
        decided.plusMillis(2),
        decided.plusMillis(3),
        decided.plusMillis(184),
        decided.plusMillis(5184),
        "flat",
        List.of("lock account 13298777 until 2025-10-31T22:00:00Z", "cancel all", "close all"),
        List.of("POST /api/Position/closeContract CON.F.US.MNQ.Z25 -> ok in 41 ms"),
        "165.50");
  }
}
