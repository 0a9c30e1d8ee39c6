package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.loop.Handled;
import dev.riskmanager.daemon.port.Answer;
import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.daemon.port.Refusal;
import dev.riskmanager.daemon.status.StatusViews;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RulePolicy;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.UnlockPreview;
import dev.riskmanager.wire.UnlockRequest;
import dev.riskmanager.wire.UnlockResult;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends lockouts, as far as the policy of each rule lets it, and says before what that means. */
final class UnlockDesk {
  private final Picture picture;
  private final AdminRequests requests;
  private final InstantSource clock;

  UnlockDesk(Picture picture, AdminRequests requests, InstantSource clock) {
    this.picture = picture;
    this.requests = requests;
    this.clock = clock;
  }

  /** The lockouts that a request names, by what the policy says of them. */
  record Selection(
      AccountId account,
      Optional<RuleId> rule,
      Optional<String> symbol,
      List<Lockout> allowed,
      List<Lockout> forbidden) {
    boolean isEmpty() {
      return allowed.isEmpty() && forbidden.isEmpty();
    }
  }

  Answer<UnlockResult> unlock(Peer by, UnlockRequest request) {
    return switch (select(request)) {
      case Answer.Refused<Selection>(Refusal why) -> Answer.refused(why);
      case Answer.Done<Selection>(Selection selection) -> unlock(by, request, selection);
    };
  }

  private Answer<UnlockResult> unlock(Peer by, UnlockRequest request, Selection selection) {
    if (selection.allowed().isEmpty()) {
      return Answer.refused(
          Refusal.Kind.FORBIDDEN,
          "policy forbids it (admin_unlock: forbidden) for " + selection.forbidden().get(0).rule());
    }
    if (!requests.isDurable()) {
      return Answer.refused(
          Refusal.Kind.UNAVAILABLE, "the database does not take writes; unlocking waits for it");
    }
    return requests.through(
        new RiskEvent.UnlockRequested(
            selection.account(), selection.rule(), selection.symbol(), by.user(), request.reason()),
        requests.audited(
            by,
            "unlock",
            Optional.of(selection.account()),
            describe(selection.allowed()),
            request.reason()),
        handled -> unlocked(handled, selection));
  }

  private Answer<Selection> select(UnlockRequest request) {
    AccountId id = new AccountId(request.accountId());
    Optional<AccountState> account = picture.state().account(id);
    if (account.isEmpty()) {
      return Answer.refused(Refusal.Kind.NOT_FOUND, "account " + id + " is not monitored");
    }
    Optional<RuleId> rule = Optional.empty();
    if (request.ruleId() != null) {
      rule = ruleId(request.ruleId());
      if (rule.isEmpty()) {
        return Answer.refused(
            Refusal.badParameter(
                "ruleId", "no rule is called " + request.ruleId() + "; try RULE-003"));
      }
    }
    Selection selection = select(account.get(), rule, Optional.ofNullable(request.symbol()));
    return selection.isEmpty()
        ? Answer.refused(
            Refusal.Kind.NOT_FOUND, "account " + id + " has no such lockout; nothing to unlock")
        : Answer.done(selection);
  }

  private static Optional<RuleId> ruleId(String text) {
    return RuleId.special(text).or(() -> RuleCatalog.find(text));
  }

  private Selection select(AccountState account, Optional<RuleId> rule, Optional<String> symbol) {
    List<Lockout> allowed = new ArrayList<>();
    List<Lockout> forbidden = new ArrayList<>();
    for (Lockout lockout : account.locks().active()) {
      boolean named =
          rule.map(lockout.rule()::equals).orElse(true)
              && (symbol.isEmpty()
                  || lockout.symbol().filter(symbol.get()::equalsIgnoreCase).isPresent());
      if (named) {
        (policy(account.id(), lockout.rule()).allowed() ? allowed : forbidden).add(lockout);
      }
    }
    return new Selection(account.id(), rule, symbol, allowed, forbidden);
  }

  private RulePolicy.AdminUnlock policy(AccountId account, RuleId rule) {
    Optional<RuleSet> rules = picture.state().rules().of(account);
    return rules
        .flatMap(set -> set.rule(rule))
        .map(RiskRule::policy)
        .map(RulePolicy::adminUnlock)
        .orElse(RulePolicy.AdminUnlock.ALLOWED);
  }

  private UnlockResult unlocked(Handled handled, Selection selection) {
    Instant now = clock.instant();
    AccountId id = selection.account();
    String name = picture.views().nameOf(handled.state(), id);
    List<LockoutRecord> ended = new ArrayList<>();
    for (Decision decision : handled.decisions()) {
      if (decision instanceof Decision.LockoutCleared cleared && cleared.account().equals(id)) {
        ended.add(
            StatusViews.ended(cleared.lockout(), name, cleared.cause().at(), cleared.by(), now));
      }
    }
    List<UnlockResult.DelayedUnlock> delayed = new ArrayList<>();
    for (Lockout lockout : selection.allowed()) {
      delayedEnd(handled.state(), lockout)
          .ifPresent(
              at ->
                  delayed.add(
                      new UnlockResult.DelayedUnlock(StatusViews.active(lockout, name, now), at)));
    }
    List<UnlockResult.RefusedUnlock> refused = new ArrayList<>();
    for (Lockout lockout : selection.forbidden()) {
      refused.add(
          new UnlockResult.RefusedUnlock(
              StatusViews.active(lockout, name, now), "policy: admin_unlock is forbidden"));
    }
    return new UnlockResult(ended, delayed, refused);
  }

  /** When a lockout ends whose rule delays an unlock: an earlier request may have asked already. */
  private static Optional<Instant> delayedEnd(EngineState state, Lockout lockout) {
    return state
        .account(lockout.account())
        .flatMap(account -> account.timers().get(lockout.unlockTimer()))
        .map(timer -> timer.deadline());
  }

  private static String describe(List<Lockout> lockouts) {
    List<String> parts = new ArrayList<>();
    lockouts.forEach(l -> parts.add(l.rule() + l.symbol().map(s -> " " + s).orElse("")));
    return String.join(", ", parts);
  }

  /** What the request would do now: the same step of the core, whose outcome nobody takes over. */
  Answer<UnlockPreview> preview(Peer by, UnlockRequest request) {
    return switch (select(request)) {
      case Answer.Refused<Selection>(Refusal why) -> Answer.refused(why);
      case Answer.Done<Selection>(Selection selection) ->
          Answer.done(
              new UnlockOutlook(picture, clock.instant(), selection, this::policy)
                  .preview(by.user()));
    };
  }
}
