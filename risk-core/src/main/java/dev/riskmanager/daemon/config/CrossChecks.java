package dev.riskmanager.daemon.config;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.calendar.Session;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.Response;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.CooldownAfterLoss;
import dev.riskmanager.domain.rule.catalog.DailyRealizedLoss;
import dev.riskmanager.domain.rule.catalog.DailyRealizedProfit;
import dev.riskmanager.domain.rule.catalog.DailyUnrealizedLoss;
import dev.riskmanager.domain.rule.catalog.MaxContracts;
import dev.riskmanager.domain.rule.catalog.MaxContractsPerInstrument;
import dev.riskmanager.domain.rule.catalog.NoStopLossGrace;
import dev.riskmanager.domain.rule.catalog.SessionBlockOutside;
import dev.riskmanager.domain.rule.catalog.SymbolBlocks;
import dev.riskmanager.domain.rule.catalog.TradeManagement;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Nearest;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.domain.settings.Values;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is allowed key by key and yet cannot be meant: rules that can never act, names that nobody
 * knows, rules that defeat each other. All of them are warnings: the rules load, and are safe; they
 * only do less than their writer may believe.
 */
public final class CrossChecks {
  private static final Duration DAY = Duration.ofDays(1);
  private static final String AUTOMATION = "trade_management";
  private static final long NOT_WRITTEN = -1;

  /** Month and year at the end of a contract's name. */
  private static final java.util.regex.Pattern CONTRACT =
      java.util.regex.Pattern.compile("[FGHJKMNQUVXZ][0-9]{1,2}$");

  private final WrittenRules written;
  private final RuleSet rules;
  private final List<String> symbols;

  private CrossChecks(WrittenRules written, RuleSet rules, List<String> symbols) {
    this.written = written;
    this.rules = rules;
    this.symbols = symbols;
  }

  /**
   * Warns of what cannot be meant.
   *
   * @param tree what the rules were read from
   * @param symbols the symbols of all known contracts, in capitals
   */
  public static void check(
      ConfigNode tree, RuleSet rules, List<String> symbols, Problems problems) {
    CrossChecks checks = new CrossChecks(new WrittenRules(tree, problems), rules, symbols);
    if (rules.rules().isEmpty()) {
      problems.warning(tree.place(), "", "no rule is enabled: nothing is protected");
    }
    checks.spellings();
    checks.contracts();
    checks.losses();
    checks.sessions();
    checks.names();
    checks.automation();
  }

  private <T> Optional<T> rule(Class<T> type, RuleId id) {
    return rules.rule(id).filter(type::isInstance).map(type::cast);
  }

  /** Older spellings that another key overrules. */
  private void spellings() {
    for (RiskRule rule : rules.rules()) {
      String key = rule.id().key();
      for (String older : List.of("enforcement", "close_all", "reduce_to_limit")) {
        if (rule.policy().action().isPresent() && written.has(key, older)) {
          warn("is ignored: action is there as well, and wins", key, older);
        }
      }
      boolean untilSession =
          rule.policy().lock().filter(Response.Lock.UNTIL_SESSION_START::equals).isPresent();
      if (untilSession && !rule.id().equals(SessionBlockOutside.ID)) {
        warn(
            "only session_block_outside knows sessions: this lockout ends at the reset",
            key,
            "lockout");
      }
    }
  }

  private void contracts() {
    MaxContracts all = rule(MaxContracts.class, MaxContracts.ID).orElse(null);
    MaxContractsPerInstrument each =
        rule(MaxContractsPerInstrument.class, MaxContractsPerInstrument.ID).orElse(null);
    if (all != null && all.limit() == 0) {
      warn("0 allows no position at all", "max_contracts", "limit");
    }
    if (each == null) {
      return;
    }
    SymbolBlocks blocks = rule(SymbolBlocks.class, SymbolBlocks.ID).orElse(null);
    for (int i = 0; i < each.limits().size(); i++) {
      String symbol = each.limits().keyAt(i);
      long limit = each.limits().valueAt(i);
      if (all != null && !all.policy().shadow() && limit > all.limit()) {
        warn(
            limit
                + " is never reached: max_contracts allows "
                + all.limit()
                + " in the whole account",
            "max_contracts_per_instrument",
            "limits",
            symbol);
      }
      if (blocks != null && limit > 0 && blocks.isBlocked(symbol)) {
        warn(
            "symbol_blocks blocks " + symbol + ", so its limit is never used",
            "max_contracts_per_instrument",
            "limits",
            symbol);
      }
    }
  }

  private void losses() {
    DailyRealizedLoss day = rule(DailyRealizedLoss.class, DailyRealizedLoss.ID).orElse(null);
    if (day == null || day.policy().shadow()) {
      return;
    }
    DailyUnrealizedLoss open = rule(DailyUnrealizedLoss.class, DailyUnrealizedLoss.ID).orElse(null);
    if (open != null && open.limit().isAtMost(day.limit())) {
      warn(
          "one position may lose as much ("
              + open.limit()
              + ") as the whole day ("
              + day.limit()
              + " of daily_realized_loss)",
          "daily_unrealized_loss",
          "limit");
    }
    CooldownAfterLoss pause = rule(CooldownAfterLoss.class, CooldownAfterLoss.ID).orElse(null);
    if (pause != null) {
      for (CooldownAfterLoss.Tier tier : pause.tiers()) {
        Money loss = tier.loss();
        if (loss.isAtMost(day.limit()) && day.response().lock().locks()) {
          warn(
              "a loss of " + loss + " ends the day by daily_realized_loss (" + day.limit() + ")",
              "cooldown_after_loss",
              "loss_thresholds");
        }
      }
    }
  }

  private void sessions() {
    NoStopLossGrace grace = rule(NoStopLossGrace.class, NoStopLossGrace.ID).orElse(null);
    Session session =
        rule(SessionBlockOutside.class, SessionBlockOutside.ID)
            .flatMap(SessionBlockOutside::globalSession)
            .orElse(null);
    Duration longest = session == null ? DAY : length(session);
    if (grace != null && grace.grace().compareTo(longest) >= 0) {
      warn(
          "lasts as long as "
              + (session == null ? "a day" : "the session (" + Values.show(longest) + ")")
              + ", so a position is hardly ever closed; it is in seconds",
          "no_stop_loss_grace",
          "grace_period_seconds");
    }
    if (session == null) {
      return;
    }
    if (session.start().equals(session.end())) {
      warn(
          "lasts all day, so only weekends and holidays are outside",
          "session_block_outside",
          "global_session");
    }
    resetInside(session, rules.general().reset(), "general");
    rule(DailyRealizedLoss.class, DailyRealizedLoss.ID)
        .filter(r -> r.policy().lock().isEmpty())
        .ifPresent(r -> resetInside(session, r.reset(), "daily_realized_loss"));
    rule(DailyRealizedProfit.class, DailyRealizedProfit.ID)
        .ifPresent(r -> resetInside(session, r.reset(), "daily_realized_profit"));
  }

  private static Duration length(Session session) {
    Duration length = Duration.between(session.start(), session.end());
    return length.isNegative() || length.isZero() ? length.plus(DAY) : length;
  }

  /** Whether trading goes on when the day ends, in any week of a year: zones shift their clocks. */
  private void resetInside(Session session, ResetTime reset, String section) {
    Session every = new Session(session.start(), session.end(), session.zone(), Holidays.NONE);
    LocalDate wednesday = LocalDate.of(2025, 1, 1);
    for (int week = 0; week < 53; week++) {
      Instant noon = wednesday.plusWeeks(week).atTime(12, 0).atZone(reset.zone()).toInstant();
      Instant at = reset.next(noon);
      if (every.isOpen(at) && every.isOpen(at.minusSeconds(1))) {
        warn(
            "the day resets at "
                + reset
                + ", inside the session "
                + session
                + ": what locks until the reset ends while trading goes on",
            section,
            "reset_time");
        return;
      }
    }
  }

  /** Symbols that no contract has. */
  private void names() {
    rule(MaxContractsPerInstrument.class, MaxContractsPerInstrument.ID)
        .ifPresent(
            each -> {
              for (int i = 0; i < each.limits().size(); i++) {
                name(each.limits().keyAt(i), "max_contracts_per_instrument", "limits");
              }
            });
    rule(SessionBlockOutside.class, SessionBlockOutside.ID)
        .ifPresent(
            hours ->
                hours
                    .symbolsNamed()
                    .forEach(
                        symbol ->
                            name(
                                symbol,
                                "session_block_outside",
                                "per_instrument_sessions",
                                "sessions")));
    rule(SymbolBlocks.class, SymbolBlocks.ID).ifPresent(this::patterns);
  }

  private void patterns(SymbolBlocks blocks) {
    for (String pattern : blocks.patterns()) {
      boolean wild = pattern.contains("*") || pattern.contains("?");
      if (!wild) {
        blocked(pattern);
      } else if (symbols.stream().noneMatch(new Pattern(pattern)::matches)) {
        warn(pattern + " matches no symbol that is known", "symbol_blocks", "blocked_symbols");
      }
    }
  }

  private record Pattern(String text) {
    boolean matches(String symbol) {
      return symbol.matches(
          java.util.regex.Pattern.quote(text).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
    }
  }

  /**
   * A block of what this venue does not list does no harm. One that is nearly a symbol, or is a
   * contract with month and year, leaves open what it was meant to block.
   */
  private void blocked(String symbol) {
    String letters = CONTRACT.matcher(symbol).replaceFirst("");
    if (Nearest.close(symbol, symbols).isPresent() || symbols.contains(letters)) {
      name(symbol, "symbol_blocks", "blocked_symbols");
    }
  }

  private void name(String symbol, String... path) {
    if (!symbols.contains(symbol)) {
      String[] at = Arrays.copyOf(path, path.length + 1);
      at[path.length] = symbol;
      warn(
          "no contract that is known has the symbol "
              + symbol
              + Nearest.close(symbol, symbols)
                  .map(near -> " (did you mean " + near + "?)")
                  .orElse("")
              + "; it is the letters before month and year, as in MNQ of MNQU6",
          at);
    }
  }

  /** By what is written: an automation has no limits of its own that could be asked for. */
  private void automation() {
    if (rules.rule(TradeManagement.ID).isEmpty()) {
      return;
    }
    long target = ticks("auto_take_profit", "ticks");
    long activation = ticks("trailing_stop", "activation_ticks");
    long distance = ticks("trailing_stop", "trail_distance_ticks");
    if (activation != NOT_WRITTEN && distance != NOT_WRITTEN && distance > activation) {
      warn(
          "is more than activation_ticks, so the first trailing stop stands at a loss",
          AUTOMATION,
          "trailing_stop",
          "trail_distance_ticks");
    }
    beyondTarget(target, "trailing_stop", "activation_ticks");
    beyondTarget(target, "auto_breakeven", "profit_trigger_ticks");
  }

  private void beyondTarget(long target, String part, String key) {
    long ticks = ticks(part, key);
    if (ticks != NOT_WRITTEN && target != NOT_WRITTEN && ticks >= target) {
      warn("is never reached: auto_take_profit is at " + target + " ticks", AUTOMATION, part, key);
    }
  }

  private long ticks(String part, String key) {
    return written.text(AUTOMATION, part, "enabled").equals("false")
        ? NOT_WRITTEN
        : Values.whole(written.text(AUTOMATION, part, key)).orElse(NOT_WRITTEN);
  }

  private void warn(String message, String... path) {
    written.warn(message, path);
  }
}
