package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.RulePolicy;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.rule.Verdict;
import dev.riskmanager.domain.state.Episode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A rule that watches and never acts: in shadow mode, without automation. */
record WatchOnly(RiskRule watched) implements RiskRule {
  @Override
  public RuleId id() {
    return watched.id();
  }

  @Override
  public RulePolicy policy() {
    RulePolicy own = watched.policy();
    return new RulePolicy(true, own.action(), own.cancelOrders(), own.lock(), own.adminUnlock());
  }

  @Override
  public Set<Trigger> triggers() {
    return watched.triggers();
  }

  @Override
  public Episode.Ends episodeEnds() {
    return watched.episodeEnds();
  }

  @Override
  public Verdict evaluate(RuleInput input) {
    Verdict verdict = watched.evaluate(input);
    return verdict.automation().isEmpty()
        ? verdict
        : new Verdict(
            verdict.violations(), verdict.standing(), verdict.notes(), verdict.wakes(), List.of());
  }

  @Override
  public Reading read(RuleInput input) {
    return watched.read(input);
  }

  @Override
  public Optional<ResetTime> ownReset() {
    return watched.ownReset();
  }

  @Override
  public boolean gatedBySymbolLockout() {
    return watched.gatedBySymbolLockout();
  }

  @Override
  public boolean stillHolds(Lockout lockout, RuleInput input) {
    return watched.stillHolds(lockout, input);
  }

  @Override
  public Optional<Instant> nextSessionStart(RuleInput input, Optional<String> symbol) {
    return watched.nextSessionStart(input, symbol);
  }

  @Override
  public String title() {
    return watched.title();
  }
}
