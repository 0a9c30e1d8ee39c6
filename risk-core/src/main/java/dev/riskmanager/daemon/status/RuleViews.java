package dev.riskmanager.daemon.status;

import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Episode;
import dev.riskmanager.wire.RuleMode;
import dev.riskmanager.wire.RuleState;
import dev.riskmanager.wire.RuleView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of one account, each with where it stands: always all of them. */
final class RuleViews {
  /** From here on a limit is near: 80 %. */
  private static final long NEAR_THOUSANDTHS = 800;

  private final AccountState account;
  private final RuleSet rules;
  private final RuleInput input;
  private final Troubles troubles;

  /** A rule that threw on an account. */
  record Failed(AccountId account, RuleId rule) {}

  /**
   * What keeps rules from judging.
   *
   * @param starved rules that wait for what nobody delivers, and why
   */
  record Troubles(Set<Failed> failed, Map<RuleId, String> starved) {}

  RuleViews(AccountState account, RuleSet rules, RuleInput input, Troubles troubles) {
    this.account = account;
    this.rules = rules;
    this.input = input;
    this.troubles = troubles;
  }

  List<RuleView> all() {
    List<RuleView> views = new ArrayList<>();
    for (RuleId id : RuleCatalog.ids()) {
      Optional<RiskRule> rule = rules.rule(id);
      views.add(rule.isPresent() ? enabled(rule.get()) : disabled(id));
    }
    return views;
  }

  private static RuleView disabled(RuleId id) {
    return new RuleView(
        id.toString(), id.key(), RuleMode.ENFORCE, RuleState.DISABLED, null, null, null, null);
  }

  private RuleView enabled(RiskRule rule) {
    Reading reading;
    try {
      reading = rule.read(input);
    } catch (RuntimeException e) {
      return view(rule, RuleState.FAILED, null, "it could not be read: " + e.getMessage());
    }
    if (troubles.failed().contains(new Failed(account.id(), rule.id()))) {
      return view(rule, RuleState.FAILED, reading, "it failed and was not evaluated; see the log");
    }
    String degraded =
        Optional.ofNullable(troubles.starved().get(rule.id())).or(reading::degraded).orElse(null);
    return view(rule, state(rule, reading, degraded != null), reading, degraded);
  }

  private RuleState state(RiskRule rule, Reading reading, boolean degraded) {
    if (breached(rule.id())) {
      return RuleState.BREACHED;
    }
    if (account.locks().rulesGated()) {
      return RuleState.BLOCKED;
    }
    if (degraded) {
      return RuleState.DEGRADED;
    }
    if (rule.policy().shadow()) {
      return RuleState.SHADOW;
    }
    return reading.usedThousandths() >= NEAR_THOUSANDTHS ? RuleState.NEAR : RuleState.OK;
  }

  /** Owns an active lockout or an open episode. */
  private boolean breached(RuleId rule) {
    for (Lockout lockout : account.locks().active()) {
      if (lockout.rule().equals(rule)) {
        return true;
      }
    }
    for (Episode episode : account.episodes()) {
      if (episode.key().rule().equals(rule)) {
        return true;
      }
    }
    return false;
  }

  private static RuleView view(
      RiskRule rule, RuleState state, @Nullable Reading reading, @Nullable String detail) {
    boolean known = reading != null && !reading.value().isEmpty();
    return new RuleView(
        rule.id().toString(),
        rule.id().key(),
        rule.policy().shadow() ? RuleMode.SHADOW : RuleMode.ENFORCE,
        state,
        known && reading != null ? reading.value() : null,
        reading != null && !reading.limit().isEmpty() ? reading.limit() : null,
        known && reading != null
            ? BigDecimal.valueOf(reading.usedThousandths(), 3).stripTrailingZeros()
            : null,
        detail);
  }
}
