package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.RuleId;
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
import dev.riskmanager.domain.state.Episode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * RULE-011: symbols that are not traded.
 *
 * @param patterns in capitals; {@code *} stands for any characters, {@code ?} for one
 * @param response cancel entries, close the symbol and lock it, unless told otherwise
 */
public record SymbolBlocks(RulePolicy policy, List<String> patterns, Response response)
    implements RiskRule {
  public static final RuleId ID = new RuleId(11, "symbol_blocks");

  private static final Set<Trigger> TRIGGERS =
      Triggers.of(Trigger.POSITION, Trigger.ORDER, Trigger.REVIEW);

  /** More blocked symbols are stricter. */
  private record Blocked(List<String> patterns) implements Strictness.Aspect {
    @Override
    public boolean isAtLeast(Strictness.Aspect other) {
      return other instanceof Blocked blocked && blocked.patterns.stream().allMatch(this::covers);
    }

    /** A pattern is covered by itself and by {@code *}; a plain symbol by whatever matches it. */
    private boolean covers(String old) {
      boolean plain = old.indexOf('*') < 0 && old.indexOf('?') < 0;
      return patterns.stream()
          .anyMatch(p -> p.equals(old) || p.equals("*") || (plain && matches(p, 0, old, 0)));
    }
  }

  /** Reads {@code blocked_symbols}. */
  public static RiskRule read(Settings section) {
    RulePolicy policy = RulePolicy.read(section, false);
    section.require("blocked_symbols");
    List<String> patterns = new ArrayList<>();
    for (String pattern : section.texts("blocked_symbols")) {
      patterns.add(pattern.strip().toUpperCase(Locale.ROOT).replaceAll("\\*+", "*"));
    }
    if (section.has("blocked_symbols") && patterns.isEmpty()) {
      section.warning("blocked_symbols", "is empty: the rule can never fire");
    }
    return new SymbolBlocks(
        policy,
        List.copyOf(patterns),
        policy.apply(Response.flatten(Response.Lock.WHILE_SYMBOL_BLOCKED)));
  }

  @Override
  public RuleId id() {
    return ID;
  }

  @Override
  public Strictness strictness() {
    return Strictness.of(policy, response).with("blocked_symbols", new Blocked(patterns));
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
  public boolean gatedBySymbolLockout() {
    return true;
  }

  @Override
  public List<String> symbolsNamed() {
    return patterns;
  }

  @Override
  public Verdict evaluate(RuleInput input) {
    List<Violation> violations = new ArrayList<>(0);
    for (Entries.InSymbol blocked : Entries.of(input, this::isBlocked)) {
      violations.add(
          Violation.of(
                  new Violation.Scope.Symbol(blocked.symbol),
                  1,
                  blocked.symbol + ": " + blocked.text(),
                  "blocked",
                  "Symbol " + blocked.symbol + " is blocked: " + blocked.text(),
                  response)
              .withOrders(blocked.orders)
              .lockingSymbol(blocked.symbol));
    }
    return Verdict.of(violations);
  }

  /** Until the symbol leaves the configuration. */
  @Override
  public boolean stillHolds(Lockout lockout, RuleInput input) {
    return lockout.symbol().map(this::isBlocked).orElse(!patterns.isEmpty());
  }

  @Override
  public Basis basis(RuleInput input, Decision.ViolationFound found) {
    String symbol = found.symbol().orElse("");
    List<String> matching = new ArrayList<>();
    for (String pattern : patterns) {
      if (matches(pattern, 0, symbol, 0)) {
        matching.add(pattern);
      }
    }
    return Basis.of()
        .input("blocked symbols", String.join(", ", patterns))
        .formula(symbol + " matches " + String.join(", ", matching));
  }

  @Override
  public Reading read(RuleInput input) {
    StringBuilder found = new StringBuilder();
    for (Entries.InSymbol blocked : Entries.of(input, this::isBlocked)) {
      found.append(found.isEmpty() ? "" : ", ").append(blocked.symbol);
    }
    return Reading.of(
        found.isEmpty() ? "none" : found.toString(),
        String.join(", ", patterns),
        found.isEmpty() ? 0 : 1000);
  }

  /** Whether a symbol matches one of the patterns. */
  public boolean isBlocked(String symbol) {
    for (String pattern : patterns) {
      if (matches(pattern, 0, symbol, 0)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String pattern, int p, String symbol, int s) {
    if (p == pattern.length()) {
      return s == symbol.length();
    }
    if (pattern.charAt(p) == '*') {
      for (int from = s; from <= symbol.length(); from++) {
        if (matches(pattern, p + 1, symbol, from)) {
          return true;
        }
      }
      return false;
    }
    return s < symbol.length()
        && (pattern.charAt(p) == '?'
            || pattern.charAt(p) == Character.toUpperCase(symbol.charAt(s)))
        && matches(pattern, p + 1, symbol, s + 1);
  }
}
