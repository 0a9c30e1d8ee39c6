package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.calendar.Session;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.Basis;
import dev.riskmanager.domain.rule.GeneralSettings;
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
import dev.riskmanager.domain.timer.Timer;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * RULE-009: positions and entry orders outside the trading session.
 *
 * @param global the session of every symbol that has none of its own; empty leaves those alone
 * @param own sessions by symbol in capitals; when there are any, each symbol is locked by itself
 * @param closesAtEnd whether what is open at the end of a session is closed, or may stay as it is
 * @param locks whether trading is locked until the next session starts
 */
public record SessionBlockOutside(
    RulePolicy policy,
    Optional<SessionClock> global,
    Table<String, SessionClock> own,
    boolean closesAtEnd,
    boolean locks)
    implements RiskRule {
  public static final RuleId ID = new RuleId(9, "session_block_outside");

  private static final Set<Trigger> TRIGGERS =
      Triggers.of(Trigger.POSITION, Trigger.ORDER, Trigger.TIMER, Trigger.REVIEW);

  private static final String BOUNDARY = "session";
  private static final String TIMER = ID + "/" + BOUNDARY;

  /**
   * Reads {@code global_session}, {@code per_instrument_sessions}, {@code
   * close_positions_at_session_end}, {@code lockout_outside_session} and {@code respect_holidays}.
   */
  public static RiskRule read(Settings section, GeneralSettings general, Holidays holidays) {
    RulePolicy policy = RulePolicy.read(section, false);
    boolean respect = section.flag("respect_holidays", true);
    Holidays closed = respect ? holidays : Holidays.NONE;
    Optional<SessionClock> global =
        section
            .section("global_session")
            .filter(SessionBlockOutside::isEnabled)
            .map(s -> session(s, general, closed));
    Table<String, SessionClock> own = Table.empty();
    Settings listed = section.section("per_instrument_sessions").orElse(null);
    if (listed != null) {
      boolean enabled = listed.flag("enabled", true);
      Settings sessions = listed.section("sessions").orElse(null);
      if (sessions != null) {
        for (String symbol : sessions.names()) {
          Settings one = sessions.section(symbol).orElseThrow();
          boolean on = isEnabled(one);
          SessionClock clock = session(one, general, closed);
          own = enabled && on ? own.with(symbol.toUpperCase(Locale.ROOT), clock) : own;
        }
      }
      listed.finish();
    }
    boolean closes = section.flag("close_positions_at_session_end", true);
    boolean locks = section.flag("lockout_outside_session", true);
    if (global.isEmpty() && own.isEmpty()) {
      section.warning("global_session", "no session is enabled: the rule can never fire");
    }
    return new SessionBlockOutside(policy, global, own, closes, locks);
  }

  private static boolean isEnabled(Settings session) {
    return session.flag("enabled", true);
  }

  private static SessionClock session(
      Settings section, GeneralSettings general, Holidays holidays) {
    section.require("start");
    section.require("end");
    Session session =
        new Session(
            section.time("start", LocalTime.of(9, 30)),
            section.time("end", LocalTime.of(16, 0)),
            section.zone("timezone", general.reset().zone()),
            holidays);
    section.finish();
    return new SessionClock(session);
  }

  @Override
  public RuleId id() {
    return ID;
  }

  /** The session of every symbol that has none of its own. */
  public Optional<Session> globalSession() {
    return global.map(SessionClock::session);
  }

  /** The session of a symbol of its own; empty when it follows the global one. */
  public Optional<Session> ownSession(String symbol) {
    return own.get(symbol).map(SessionClock::session);
  }

  /** The symbols that have a session of their own, in capitals. */
  @Override
  public List<String> symbolsNamed() {
    List<String> symbols = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      symbols.add(own.keyAt(i));
    }
    return symbols;
  }

  @Override
  public Strictness strictness() {
    return Strictness.of(policy, policy.apply(response(List.of(), false)))
        .with("sessions", new OpenHours(own, global))
        .yes("account_lockout", own.isEmpty())
        .yes("close_positions_at_session_end", closesAtEnd)
        .yes("lockout_outside_session", locks);
  }

  @Override
  public Set<Trigger> triggers() {
    return TRIGGERS;
  }

  @Override
  public Episode.Ends episodeEnds() {
    return Episode.Ends.WHEN_CLEARED;
  }

  @Override
  public boolean guardsBaseline() {
    return true;
  }

  @Override
  public Verdict evaluate(RuleInput input) {
    Verdict.Builder verdict = new Verdict.Builder();
    if (own.isEmpty()) {
      account(input, verdict);
    } else {
      symbols(input, verdict);
    }
    wakeAtNextBoundary(input, verdict);
    return verdict.build();
  }

  private void account(RuleInput input, Verdict.Builder verdict) {
    SessionClock.Stretch now = global.map(clock -> clock.at(input.now())).orElse(null);
    if (now == null || now.open()) {
      return;
    }
    List<Holding> positions = new ArrayList<>();
    List<Order> orders = new ArrayList<>();
    for (Entries.InSymbol found : Entries.of(input, symbol -> true)) {
      positions.addAll(found.positions);
      orders.addAll(found.orders);
    }
    Outside outside = new Outside("", positions, orders, now);
    tell(outside, Violation.Scope.ACCOUNT, Optional.empty(), verdict);
  }

  private void symbols(RuleInput input, Verdict.Builder verdict) {
    Table<String, Boolean> told = Table.empty();
    for (Entries.InSymbol found : Entries.of(input, symbol -> isOutside(symbol, input.now()))) {
      told = told.with(found.symbol.toUpperCase(Locale.ROOT), true);
      Outside outside =
          new Outside(
              found.symbol,
              found.positions,
              found.orders,
              clockOf(found.symbol).orElseThrow().at(input.now()));
      tell(outside, new Violation.Scope.Symbol(found.symbol), Optional.of(found.symbol), verdict);
    }
    for (int i = 0; i < own.size(); i++) {
      String symbol = own.keyAt(i);
      SessionClock.Stretch now = own.valueAt(i).at(input.now());
      if (!now.open() && !told.containsKey(symbol)) {
        Outside outside = new Outside(symbol, List.of(), List.of(), now);
        tell(outside, new Violation.Scope.Symbol(symbol), Optional.of(symbol), verdict);
      }
    }
  }

  private boolean isOutside(String symbol, Instant now) {
    return clockOf(symbol).filter(clock -> !clock.at(now).open()).isPresent();
  }

  private Optional<SessionClock> clockOf(String symbol) {
    Optional<SessionClock> listed = own.get(symbol.toUpperCase(Locale.ROOT));
    return listed.isPresent() ? listed : global;
  }

  /** What there is outside a session, of a symbol or of the account. */
  private record Outside(
      String symbol, List<Holding> positions, List<Order> orders, SessionClock.Stretch closed) {

    /** Positions that grew after the session had ended. */
    List<Violation.Target> grown() {
      List<Violation.Target> targets = new ArrayList<>();
      for (Holding holding : positions) {
        if (!holding.lastIncrease().isBefore(closed.from())) {
          targets.add(new Violation.Target(holding.contract(), Math.abs(holding.signedSize()), 0));
        }
      }
      return targets;
    }
  }

  private void tell(
      Outside outside,
      Violation.Scope scope,
      Optional<String> lockSymbol,
      Verdict.Builder verdict) {
    boolean empty = outside.positions().isEmpty() && outside.orders().isEmpty();
    if (empty && !locks) {
      return;
    }
    List<Violation.Target> grown = closesAtEnd ? List.of() : outside.grown();
    String found = Entries.text(outside.positions(), outside.orders());
    String where = outside.symbol().isEmpty() ? "" : outside.symbol() + " ";
    Violation violation =
        Violation.of(
                scope,
                // Another night is another breach: an unlock opens the one that it ends alone.
                outside.closed().from().getEpochSecond(),
                empty ? "outside the session" : where + found,
                "next session " + outside.closed().to(),
                "Outside the "
                    + where
                    + "session"
                    + (empty ? "" : ": " + found)
                    + " (next session: "
                    + outside.closed().to()
                    + ")",
                policy.apply(response(grown, !outside.orders().isEmpty())))
            .withTargets(grown)
            .withOrders(outside.orders());
    Violation scoped = lockSymbol.map(violation::lockingSymbol).orElse(violation);
    if (empty) {
      verdict.stand(scoped);
    } else {
      verdict.add(scoped);
    }
  }

  /**
   * Without closing at the end, only what has grown since is closed, and only entries cancelled.
   */
  private Response response(List<Violation.Target> grown, boolean anyEntry) {
    Response.Lock lock = locks ? Response.Lock.UNTIL_SESSION_START : Response.Lock.NONE;
    return closesAtEnd
        ? Response.flatten(lock)
        : new Response(
            grown.isEmpty() ? Response.Action.NONE : Response.Action.REDUCE, anyEntry, lock);
  }

  private void wakeAtNextBoundary(RuleInput input, Verdict.Builder verdict) {
    Instant next = global.map(clock -> clock.at(input.now()).to()).orElse(Instant.MAX);
    for (SessionClock clock : own) {
      Instant boundary = clock.at(input.now()).to();
      next = boundary.isBefore(next) ? boundary : next;
    }
    Timer set = input.account().timers().find(TIMER);
    if (!next.equals(Instant.MAX) && (set == null || !set.deadline().equals(next))) {
      verdict.wake(BOUNDARY, next);
    }
  }

  @Override
  public Optional<Instant> nextSessionStart(RuleInput input, Optional<String> symbol) {
    Optional<SessionClock> clock = symbol.isPresent() ? clockOf(symbol.get()) : global;
    return clock.map(c -> c.nextStart(input.now()));
  }

  @Override
  public Basis basis(RuleInput input, Decision.ViolationFound found) {
    Basis.Builder basis = Basis.of();
    Optional<SessionClock> clock = found.symbol().flatMap(this::clockOf).or(() -> global);
    if (clock.isEmpty()) {
      return basis.formula(found.observed() + " against " + found.limit());
    }
    SessionClock.Stretch now = clock.get().at(input.now());
    basis
        .input("session", clock.get().toString())
        .input("closed since", now.from().toString())
        .input("next session", now.to().toString());
    return basis.formula(input.now() + " is not inside " + clock.get() + ": " + found.observed());
  }

  /** Whether the account may trade now: the end of its session, or the start of the next. */
  @Override
  public Reading read(RuleInput input) {
    if (own.isEmpty()) {
      SessionClock.Stretch now = global.map(clock -> clock.at(input.now())).orElse(null);
      return now == null
          ? Reading.of("no session", "", 0)
          : Reading.of(
              now.open() ? "open until " + now.to() : "closed until " + now.to(),
              global.orElseThrow().toString(),
              now.open() ? 0 : 1000);
    }
    StringBuilder closed = new StringBuilder();
    for (int i = 0; i < own.size(); i++) {
      boolean open = own.valueAt(i).at(input.now()).open();
      closed.append(open ? "" : (closed.isEmpty() ? "" : ", ") + own.keyAt(i));
    }
    return Reading.of(
        closed.isEmpty() ? "open" : "closed: " + closed,
        own.size() + " sessions",
        closed.isEmpty() ? 0 : 1000);
  }
}
