package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.loop.DecisionText;
import dev.riskmanager.daemon.status.StatusViews;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.RiskEngine;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.RulePolicy;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.CooldownAfterLoss;
import dev.riskmanager.domain.settings.Values;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Episode;
import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.RuleView;
import dev.riskmanager.wire.UnlockPreview;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/**
 * What an unlock would mean now. The state is immutable: the core is asked, and nothing changes.
 */
final class UnlockOutlook {
  private final Picture picture;
  private final Instant now;
  private final UnlockDesk.Selection selection;
  private final BiFunction<AccountId, RuleId, RulePolicy.AdminUnlock> policies;

  UnlockOutlook(
      Picture picture,
      Instant now,
      UnlockDesk.Selection selection,
      BiFunction<AccountId, RuleId, RulePolicy.AdminUnlock> policies) {
    this.picture = picture;
    this.now = now;
    this.selection = selection;
    this.policies = policies;
  }

  UnlockPreview preview(String user) {
    EngineState before = picture.state();
    AccountId id = selection.account();
    String name = picture.views().nameOf(before, id);
    Step step =
        RiskEngine.step(
            before,
            now,
            new RiskEvent.UnlockRequested(
                id, selection.rule(), selection.symbol(), user, "preview"));
    AccountState after = step.state().account(id).orElseThrow();
    List<Lockout> named = new ArrayList<>(selection.allowed());
    named.addAll(selection.forbidden());
    List<UnlockPreview.Named> rows = new ArrayList<>();
    named.forEach(lockout -> rows.add(row(lockout, before, after, name)));
    List<LockoutRecord> stays = new ArrayList<>();
    for (Lockout lockout : before.account(id).orElseThrow().locks().active()) {
      if (!named.contains(lockout) && lockout.isAccountWide()) {
        stays.add(StatusViews.active(lockout, name, now));
      }
    }
    List<LockoutRecord> again = new ArrayList<>();
    List<String> actions = new ArrayList<>();
    for (Decision decision : step.decisions()) {
      if (decision.account().equals(id)) {
        if (decision instanceof Decision.LockoutSet set) {
          again.add(StatusViews.active(set.lockout(), name, now));
        } else if (decision instanceof Decision.Action action) {
          actions.add(new DecisionText(step.state()).of(action));
        }
      }
    }
    return new UnlockPreview(now, rows, stays, again, actions);
  }

  private UnlockPreview.Named row(
      Lockout lockout, EngineState before, AccountState after, String name) {
    RuleId rule = lockout.rule();
    RulePolicy.AdminUnlock policy = policies.apply(selection.account(), rule);
    UnlockPreview.Policy words =
        !policy.allowed()
            ? UnlockPreview.Policy.FORBIDDEN
            : policy.delay().isZero() ? UnlockPreview.Policy.ALLOWED : UnlockPreview.Policy.DELAYED;
    Instant endsAt =
        switch (words) {
          case ALLOWED -> now;
          case DELAYED ->
              after
                  .timers()
                  .get(lockout.unlockTimer())
                  .map(timer -> timer.deadline())
                  .orElse(now.plus(policy.delay()));
          case FORBIDDEN, UNKNOWN -> null;
        };
    boolean found = words == UnlockPreview.Policy.ALLOWED && acknowledges(after, rule);
    RuleSet rules = before.rules().of(selection.account()).orElseThrow();
    Optional<Tiers> tiers = found ? Tiers.of(rules, rule, after) : Optional.empty();
    Optional<RuleView> reading = reading(rule);
    String value =
        tiers
            .map(step -> step.acknowledged().toString())
            .or(() -> reading.map(RuleView::value))
            .filter(text -> !text.isEmpty())
            .orElse("");
    return new UnlockPreview.Named(
        StatusViews.active(lockout, name, now),
        words,
        endsAt,
        found
            ? (value.isEmpty() ? "the breach as it is now" : value)
                + tiers
                    .map(Tiers::limit)
                    .or(() -> reading.map(RuleView::limit))
                    .map(limit -> " (limit " + limit + ")")
                    .orElse("")
            : null,
        tiers.map(Tiers::again).orElseGet(() -> again(lockout, found, value)),
        rules.resetOf(rule).next(now));
  }

  /**
   * A rule that answers a worse loss with a longer pause: which of its tiers come next.
   *
   * @param acknowledged the loss, below zero
   * @param beyond from the one it has reached, or from the first
   */
  private record Tiers(Money acknowledged, List<CooldownAfterLoss.Tier> beyond) {
    /** Empty when it is another rule, or nothing was acknowledged. */
    static Optional<Tiers> of(RuleSet rules, RuleId id, AccountState after) {
      return rules
          .rule(id)
          .filter(CooldownAfterLoss.class::isInstance)
          .map(CooldownAfterLoss.class::cast)
          .flatMap(
              rule ->
                  after
                      .acknowledged()
                      .get(new Episode.Key(id, ""))
                      .map(badness -> new Money(badness).negate())
                      .map(loss -> new Tiers(loss, rule.beyond(loss))))
          .filter(tiers -> !tiers.beyond.isEmpty());
    }

    /** Of the tier that was reached, or of the one that is nearest. */
    String limit() {
      return beyond.getFirst().loss().toString();
    }

    String again() {
      List<String> ways = new ArrayList<>();
      for (CooldownAfterLoss.Tier tier : beyond) {
        boolean passed = acknowledged.isAtMost(tier.loss());
        ways.add(
            (passed ? "falls below " + acknowledged : "is " + tier.loss() + " or worse")
                + tier.response()
                    .lock()
                    .duration()
                    .map(lasts -> " (for " + Values.show(lasts) + ")")
                    .orElse(""));
      }
      return "when a closing order's P&L " + String.join(", or ", ways);
    }
  }

  private Optional<RuleView> reading(RuleId rule) {
    return picture.status(OptionalLong.of(selection.account().value())).accounts().stream()
        .flatMap(account -> account.rules().stream())
        .filter(row -> row.ruleId().equals(rule.toString()))
        .findFirst();
  }

  private static boolean acknowledges(AccountState after, RuleId rule) {
    for (int i = 0; i < after.acknowledged().size(); i++) {
      Episode.Key key = after.acknowledged().keyAt(i);
      if (key.rule().equals(rule)) {
        return true;
      }
    }
    return false;
  }

  /** When the rule of a lockout locks again after it was ended, for a person. */
  private static String again(Lockout lockout, boolean acknowledged, String value) {
    if (lockout.rule().equals(RuleId.MANUAL)) {
      return "only when an admin locks it again";
    }
    if (RuleId.special(lockout.rule().toString()).isPresent()) {
      return "when the reason for the hold is found again";
    }
    String beyond = acknowledged && !value.isEmpty() ? value : "what it is then";
    return switch (lockout.rule().number()) {
      case 3 -> "when the day's P&L falls below " + beyond;
      case 6 -> "at the trade that makes more in a window than there are then";
      case 7 -> "at the next closing order that reaches a threshold with a loss worse than before";
      case 10 -> "when the venue reports again that the account may not trade";
      case 13 -> "when the day's P&L rises above " + beyond;
      default ->
          acknowledged
              ? "when what it finds is worse than it is then"
              : "at the next breach that it finds";
    };
  }
}
