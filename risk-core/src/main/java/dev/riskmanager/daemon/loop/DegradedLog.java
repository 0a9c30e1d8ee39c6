package dev.riskmanager.daemon.loop;

import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.state.AccountState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Tells when a rule cannot judge, and when it can again: a rule without a price must not pass in
 * silence. Owned by the loop's thread.
 */
final class DegradedLog {
  /** A quiet market goes in and out of it all the time. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private static final Duration TELL_EVERY = Duration.ofMinutes(1);

  private final Consumer<String> warn;
  private final Consumer<String> info;
  private final Map<String, Told> told = new TreeMap<>();
  private Instant lastLook = Instant.MIN;

  private record Told(Instant at, boolean degraded) {}

  DegradedLog(Consumer<String> warn, Consumer<String> info) {
    this.warn = warn;
    this.info = info;
  }

  /** Looks at every rule, at most once a second. */
  void look(EngineState state) {
    if (state.now().isBefore(lastLook.plus(LOOK_EVERY))) {
      return;
    }
    lastLook = state.now();
    for (LongMap.Entry<AccountState> entry : state.accounts()) {
      AccountState account = entry.value();
      RuleSet rules = state.rules().of(account.id()).orElse(null);
      if (rules != null && account.phase() == AccountState.Phase.RUNNING) {
        RuleInput input = RuleInput.review(state.now(), account, state.market(), rules.general());
        for (RiskRule rule : rules.rules()) {
          tell(state.now(), account.id(), rule.id(), why(rule, input));
        }
      }
    }
  }

  private static Optional<String> why(RiskRule rule, RuleInput input) {
    try {
      return rule.read(input).degraded();
    } catch (RuntimeException e) {
      // The status shows it FAILED; that is another thing than a missing price.
      return Optional.empty();
    }
  }

  private void tell(Instant now, AccountId account, RuleId rule, Optional<String> why) {
    String key = account + "/" + rule;
    Told last = told.get(key);
    if (why.isPresent()) {
      boolean due = last == null || (!last.degraded() && !now.isBefore(last.at().plus(TELL_EVERY)));
      if (due) {
        warn.accept(rule + " DEGRADED on account " + account + ": " + why.get());
        told.put(key, new Told(now, true));
      }
    } else if (last != null && last.degraded()) {
      info.accept(rule + " judges account " + account + " again");
      told.put(key, new Told(last.at(), false));
    }
  }
}
