package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.Table;
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
import dev.riskmanager.domain.settings.Values;
import dev.riskmanager.domain.state.Episode;
import dev.riskmanager.domain.state.Holding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * RULE-002: no more contracts of a symbol, longs less shorts, than its limit.
 *
 * @param limits contracts by symbol, ≥ 0; the limit itself is allowed
 * @param unlisted limit of every symbol that is not listed; empty lets them be
 * @param response reduce to the limit, or close all of that symbol
 */
public record MaxContractsPerInstrument(
    RulePolicy policy, Table<String, Long> limits, Optional<Long> unlisted, Response response)
    implements RiskRule {
  public static final RuleId ID = new RuleId(2, "max_contracts_per_instrument");

  private static final long MOST = 1_000_000;
  private static final String WITH_LIMIT = "allow_with_limit:";

  /** Reads {@code limits}, {@code enforcement} and {@code unknown_symbol_action}. */
  public static RiskRule read(Settings section) {
    RulePolicy policy = RulePolicy.read(section, true);
    section.require("limits");
    Table<String, Long> limits = Table.empty();
    Settings listed = section.section("limits").orElse(null);
    if (listed != null) {
      for (String name : listed.names()) {
        String symbol = name.toUpperCase(Locale.ROOT);
        if (limits.containsKey(symbol)) {
          listed.error(name, symbol + " is there twice, in another case; remove one");
        }
        limits = limits.with(symbol, listed.whole(name, 0, 0, MOST));
      }
    }
    boolean closeAll =
        section
            .choice("enforcement", "reduce_to_limit", List.of("reduce_to_limit", "close_all"))
            .equals("close_all");
    Optional<Long> unlisted =
        section.read(
            "unknown_symbol_action",
            Optional.of(0L),
            MaxContractsPerInstrument::parseUnlisted,
            "block, allow or allow_with_limit:N");
    Response own =
        closeAll
            ? Response.flatten(Response.Lock.NONE)
            : new Response(Response.Action.REDUCE, false, Response.Lock.NONE);
    return new MaxContractsPerInstrument(policy, limits, unlisted, policy.apply(own));
  }

  private static Optional<Optional<Long>> parseUnlisted(String text) {
    return switch (text) {
      case "block" -> Optional.of(Optional.of(0L));
      case "allow" -> Optional.of(Optional.empty());
      default ->
          text.startsWith(WITH_LIMIT)
              ? Values.whole(text.substring(WITH_LIMIT.length()).strip())
                  .filter(n -> n >= 0 && n <= MOST)
                  .map(Optional::of)
              : Optional.empty();
    };
  }

  @Override
  public RuleId id() {
    return ID;
  }

  @Override
  public Strictness strictness() {
    return Strictness.of(policy, response).limits("limits", limits, unlisted);
  }

  @Override
  public Set<Trigger> triggers() {
    return Triggers.POSITIONS;
  }

  @Override
  public Episode.Ends episodeEnds() {
    return Episode.Ends.WHEN_CLEARED;
  }

  @Override
  public boolean gatedBySymbolLockout() {
    return true;
  }

  @Override
  public List<String> symbolsNamed() {
    List<String> symbols = new ArrayList<>();
    for (int i = 0; i < limits.size(); i++) {
      symbols.add(limits.keyAt(i));
    }
    return symbols;
  }

  @Override
  public Verdict evaluate(RuleInput input) {
    if (isWithinLimits(input)) {
      return Verdict.NONE;
    }
    List<Violation> violations = new ArrayList<>();
    Table<String, Long> sizes = netBySymbol(input);
    for (int i = 0; i < sizes.size(); i++) {
      String symbol = sizes.keyAt(i);
      long held = Math.abs(sizes.valueAt(i));
      Optional<Long> limit = limitOf(symbol);
      if (limit.isPresent() && held > limit.get()) {
        violations.add(violation(input, symbol, held, limit.get()));
      }
    }
    return Verdict.of(violations);
  }

  /** The usual case, found without summing up: all of a symbol on one side is within its limit. */
  private boolean isWithinLimits(RuleInput input) {
    Table<ContractId, Holding> holdings = input.account().holdings();
    for (int i = 0; i < holdings.size(); i++) {
      String symbol = input.symbol(holdings.keyAt(i));
      long gross = 0;
      for (int j = 0; j < holdings.size(); j++) {
        if (j == i || input.symbol(holdings.keyAt(j)).equals(symbol)) {
          gross += Math.abs(holdings.valueAt(j).signedSize());
        }
      }
      Optional<Long> limit = gross == 0 ? Optional.empty() : limitOf(symbol);
      if (limit.isPresent() && gross > limit.get()) {
        return false;
      }
    }
    return true;
  }

  private Violation violation(RuleInput input, String symbol, long held, long limit) {
    Violation violation =
        Violation.of(
            new Violation.Scope.Symbol(symbol),
            held,
            symbol + " contracts: " + held,
            Long.toString(limit),
            limits.containsKey(symbol.toUpperCase(Locale.ROOT))
                ? symbol + " contracts exceeded: " + held + " (limit: " + limit + ")"
                : symbol + " is not listed: " + held + " held (limit: " + limit + ")",
            response);
    return response.action() == Response.Action.REDUCE
        ? violation.withTargets(Reduction.ofSymbol(input, symbol, held - limit))
        : violation;
  }

  @Override
  public Basis basis(RuleInput input, Decision.ViolationFound found) {
    String symbol = found.symbol().orElse("");
    Basis.Builder basis = Basis.of();
    long net = 0;
    for (Holding holding : input.account().holdings()) {
      if (input.symbol(holding.contract()).equalsIgnoreCase(symbol)) {
        basis.input(holding.contract().value(), Long.toString(holding.signedSize()));
        net += holding.signedSize();
      }
    }
    return basis.formula(symbol + " |" + net + "| > " + found.limit());
  }

  @Override
  public Reading read(RuleInput input) {
    Table<String, Long> sizes = netBySymbol(input);
    Reading nearest = Reading.of("0", limitsText(), 0);
    for (int i = 0; i < sizes.size(); i++) {
      long held = Math.abs(sizes.valueAt(i));
      Optional<Long> limit = limitOf(sizes.keyAt(i));
      if (limit.isPresent()) {
        long used = limit.get() == 0 ? held * 1000 : held * 1000 / limit.get();
        if (used > nearest.usedThousandths()) {
          nearest =
              Reading.of(sizes.keyAt(i) + " " + held, sizes.keyAt(i) + " " + limit.get(), used);
        }
      }
    }
    return nearest;
  }

  private String limitsText() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < limits.size(); i++) {
      text.append(i == 0 ? "" : ", ").append(limits.keyAt(i)).append(' ').append(limits.valueAt(i));
    }
    return text.toString();
  }

  private Optional<Long> limitOf(String symbol) {
    Optional<Long> listed = limits.get(symbol.toUpperCase(Locale.ROOT));
    return listed.isPresent() ? listed : unlisted;
  }

  private static Table<String, Long> netBySymbol(RuleInput input) {
    Table<String, Long> sizes = Table.empty();
    for (Holding holding : input.account().holdings()) {
      if (!holding.isFlat()) {
        String symbol = input.symbol(holding.contract());
        sizes = sizes.with(symbol, sizes.getOrDefault(symbol, 0L) + holding.signedSize());
      }
    }
    return sizes;
  }
}
