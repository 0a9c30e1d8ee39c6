package dev.riskmanager.domain.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.RiskEngine;
import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.state.AccountState;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An engine core with a clock that the test moves. Every event must be followed by an {@link
 * #expect} of exactly what it printed; what prints nothing needs none. A test class that extends
 * {@link WorldTest} fails when something was printed that nobody expected.
 */
public final class World {
  /** A Friday; all times given without a date are UTC on it. */
  public static final LocalDate DAY = LocalDate.of(2025, 10, 31);

  public static final AccountId ME = new AccountId(1);

  private static final Map<String, String> PRODUCTS =
      Map.of(
          "MNQ",
          "F.US.MNQ",
          "ES",
          "F.US.EP",
          "NQ",
          "F.US.ENQ",
          "RTY",
          "F.US.RTY",
          "CL",
          "F.US.CLE",
          "6J",
          "F.US.JY6",
          "BTC",
          "F.US.BTC");

  private final List<String> printed = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final List<Step.RuleFailure> failures = new ArrayList<>();
  private EngineState state;
  private Instant now;
  private AccountId account = ME;
  private LocalDate date = DAY;
  private long nextId = 1_000;

  /** A world at 14:00 UTC under these rules, for every account. */
  public World(String yaml) {
    this(yaml, "14:00");
  }

  public World(String yaml, String start) {
    this(RuleFile.rules(yaml), start);
  }

  public World(RuleSet rules, String start) {
    now = instant(start);
    RuleBook book =
        new RuleBook(Table.<AccountId, RuleSet>empty().with(ME, rules), Optional.of(rules));
    state = EngineState.initial(now, book, products());
    WorldTest.opened(this);
  }

  /** Economics of the exchange: NQ is 5 dollars a tick, 20 a point. */
  public static List<Contract> products() {
    return List.of(
        contract("MNQ", "0.25", "0.5"),
        contract("ES", "0.25", "12.5"),
        contract("NQ", "0.25", "5"),
        contract("RTY", "0.1", "5"),
        contract("CL", "0.01", "10"),
        contract("6J", "0.0000005", "6.25"));
  }

  private static Contract contract(String symbol, String tick, String value) {
    return new Contract(id(symbol), symbol, symbol + "Z5", Price.of(tick), Money.of(value));
  }

  /** {@code MNQ} is December's, {@code MNQ.H26} that of March. */
  public static ContractId id(String name) {
    int dot = name.indexOf('.');
    String symbol = dot < 0 ? name : name.substring(0, dot);
    String product = PRODUCTS.getOrDefault(symbol, "F.US." + symbol);
    return new ContractId("CON." + product + (dot < 0 ? ".Z25" : name.substring(dot)));
  }

  static String shortName(ContractId id) {
    for (Map.Entry<String, String> product : PRODUCTS.entrySet()) {
      if (product.getValue().equals(id.productId())) {
        String month = id.value().substring(id.value().lastIndexOf('.'));
        return month.equals(".Z25") ? product.getKey() : product.getKey() + month;
      }
    }
    return id.value();
  }

  // ---- time

  /** {@code 14:00}, {@code 14:00:05.250} on the current date, or a whole ISO instant. */
  public Instant instant(String text) {
    return text.contains("T")
        ? Instant.parse(text)
        : LocalTime.parse(text).atDate(date).toInstant(ZoneOffset.UTC);
  }

  /** From now on, times without a date are on this one. */
  public World on(String newDate) {
    date = LocalDate.parse(newDate);
    return this;
  }

  /** The next event arrives at that time. */
  public World at(String time) {
    now = instant(time);
    return this;
  }

  public World account(long id) {
    account = new AccountId(id);
    return this;
  }

  public Instant now() {
    return now;
  }

  AccountId account() {
    return account;
  }

  long freshId() {
    return nextId++;
  }

  // ---- events

  public World send(RiskEvent event) {
    nothingUnexpected();
    Step step = RiskEngine.step(state, now, event);
    return after(step);
  }

  public World configure(String yaml) {
    nothingUnexpected();
    RuleSet rules = RuleFile.rules(yaml);
    RuleBook book =
        new RuleBook(Table.<AccountId, RuleSet>empty().with(ME, rules), Optional.of(rules));
    return after(RiskEngine.configure(state, now, book));
  }

  /** Puts that rule book in force. */
  public World configure(RuleBook book) {
    nothingUnexpected();
    return after(RiskEngine.configure(state, now, book));
  }

  private World after(Step step) {
    state = step.state();
    failures.addAll(step.failures());
    decisions.clear();
    decisions.addAll(step.decisions());
    for (Decision decision : step.decisions()) {
      printed.add(Compact.line(decision, account, now));
    }
    return this;
  }

  /** Time passes until then. */
  public World clock(String time) {
    return at(time).send(new RiskEvent.ClockTicked());
  }

  /** A position event; a size of 0 is flat. */
  public World position(String symbol, long signedSize, String average) {
    return send(
        new RiskEvent.PositionReported(account, id(symbol), row(symbol, signedSize, average)));
  }

  public World position(String symbol, long signedSize) {
    return position(symbol, signedSize, "20000");
  }

  /** A position that the venue opened at that time. */
  public World openedAt(String time, String symbol, long signedSize) {
    return opened(1, instant(time), symbol, signedSize);
  }

  /** A position of this id, opened now. */
  public World reopened(long id, String symbol, long signedSize) {
    return opened(id, now, symbol, signedSize);
  }

  private World opened(long id, Instant time, String symbol, long signedSize) {
    Position row = row(symbol, signedSize, "20000").orElseThrow();
    Position opened =
        new Position(id, account, row.contract(), row.side(), row.size(), row.averagePrice(), time);
    return send(new RiskEvent.PositionReported(account, row.contract(), Optional.of(opened)));
  }

  Optional<Position> row(String symbol, long signedSize, String average) {
    return signedSize == 0
        ? Optional.empty()
        : Optional.of(
            new Position(
                1,
                account,
                id(symbol),
                Side.ofSigned(signedSize),
                Math.abs(signedSize),
                Price.of(average),
                openedAt(symbol)));
  }

  private Instant openedAt(String symbol) {
    return state
        .account(account)
        .flatMap(a -> a.holding(id(symbol)).position())
        .map(Position::openedAt)
        .orElse(now);
  }

  /** A fill: bought contracts positive, sold negative. */
  public Fill trade(String symbol, long signedSize) {
    return new Fill(this, symbol, signedSize);
  }

  /** A closing fill of one contract with this P&amp;L, of an order of its own. */
  public World loss(String profitAndLoss) {
    return trade("MNQ", -1).pnl(profitAndLoss).send();
  }

  public Ticket order(long id, String symbol) {
    return new Ticket(this, id, symbol);
  }

  /** The user hub is gone. */
  public World disconnected() {
    return send(new RiskEvent.Disconnected("test"));
  }

  public World reconnected() {
    return send(new RiskEvent.Reconnected());
  }

  /** Its books are not trusted. */
  public World hold(String reason) {
    return send(new RiskEvent.Held(account, reason));
  }

  public Rest snapshot() {
    return new Rest(this);
  }

  /** One that shows the account, which may trade, without a position and without an order. */
  public Rest flatSnapshot() {
    return snapshot().listed(true).flat().noOrders();
  }

  public World quote(String symbol, String last) {
    return send(
        new RiskEvent.QuoteReported(
            id(symbol), Optional.of(Price.of(last)), Optional.empty(), Optional.empty()));
  }

  public World quote(String symbol, String bid, String ask) {
    return send(
        new RiskEvent.QuoteReported(
            id(symbol), Optional.empty(), Optional.of(Price.of(bid)), Optional.of(Price.of(ask))));
  }

  /** The whole of a quote. */
  public World quote(String symbol, String last, String bid, String ask) {
    return send(
        new RiskEvent.QuoteReported(
            id(symbol),
            Optional.of(Price.of(last)),
            Optional.of(Price.of(bid)),
            Optional.of(Price.of(ask))));
  }

  public World marketTrade(String symbol, String price) {
    return send(new RiskEvent.MarketTraded(id(symbol), Price.of(price)));
  }

  public World canTrade(boolean allowed) {
    return send(new RiskEvent.AccountReported(row(allowed)));
  }

  Account row(boolean canTrade) {
    return new Account(account, "PRAC-1", Money.of("50000"), canTrade, true, true);
  }

  public World unlock() {
    return send(
        new RiskEvent.UnlockRequested(account, Optional.empty(), Optional.empty(), "root", "test"));
  }

  public World unlock(String rule) {
    return send(
        new RiskEvent.UnlockRequested(account, rule(rule), Optional.empty(), "root", "test"));
  }

  public World unlockSymbol(String symbol) {
    return send(
        new RiskEvent.UnlockRequested(
            account, Optional.empty(), Optional.of(symbol), "root", "test"));
  }

  public World lockUntil(String time) {
    return send(new RiskEvent.LockRequested(account, instant(time), "root", "test"));
  }

  public World flatten() {
    return send(new RiskEvent.FlattenRequested(account, "root", "test"));
  }

  private static Optional<RuleId> rule(String number) {
    return RuleId.special(number).or(() -> RuleCatalog.find("RULE-" + number));
  }

  /** The engine stops now and goes on, from what it wrote alone, when the next event comes. */
  public World restart() {
    nothingUnexpected();
    state = Restart.of(state);
    return this;
  }

  // ---- what came of it

  /** Exactly these lines, in order, since the last check. */
  public World expect(String... lines) {
    assertThat(printed).as("at %s", now).containsExactly(lines);
    printed.clear();
    return this;
  }

  /** The lines since the last check, whatever they are; for what only prepares a test. */
  public List<String> takePrinted() {
    List<String> taken = List.copyOf(printed);
    printed.clear();
    return taken;
  }

  /** Rules that threw since the last check. */
  public List<Step.RuleFailure> takeFailures() {
    List<Step.RuleFailure> taken = List.copyOf(failures);
    failures.clear();
    return taken;
  }

  void nothingUnexpected() {
    assertThat(printed).as("printed and not expected, at %s", now).isEmpty();
    assertThat(failures).as("rules that threw").isEmpty();
  }

  /** The decisions of the last event. */
  public List<Decision> decisions() {
    return List.copyOf(decisions);
  }

  public EngineState state() {
    return state;
  }

  /** The books of the current account. */
  public AccountState books() {
    return state.account(account).orElseThrow();
  }

  /** Where the rule with that number stands now. */
  public Reading reading(String rule) {
    RuleSet rules = state.rules().of(account).orElseThrow();
    RiskRule asked = rules.rule(rule(rule).orElseThrow()).orElseThrow();
    return asked.read(RuleInput.review(now, books(), state.market(), rules.general()));
  }

  public Lockout lockout(String rule) {
    for (Lockout lockout : books().locks().active()) {
      if (lockout.rule().toString().endsWith(rule)) {
        return lockout;
      }
    }
    throw new AssertionError("no lockout of " + rule + " in " + books().locks().active());
  }
}
