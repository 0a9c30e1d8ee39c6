package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.decision.Cause;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.Response;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.rule.Violation;
import dev.riskmanager.domain.state.Episode;
import dev.riskmanager.domain.state.Holding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is done about the findings of one judgement: which of them are news, their violations, the
 * plan, and the lockouts with what may stay under them.
 */
final class Answer {
  private final AccountStep step;
  private final boolean guarded;
  private final List<Finding> findings = new ArrayList<>(0);

  /** Trades that were missed are being judged. */
  private @Nullable Missed missed;

  /**
   * What a rule found.
   *
   * @param standing a lockout without a violation
   * @param missed the trades among which it was found, afterwards; null for what is found now
   * @param at when that was
   */
  private record Finding(
      RiskRule rule, Violation violation, boolean standing, @Nullable Missed missed, Instant at) {}

  Answer(AccountStep step, boolean guarded) {
    this.step = step;
    this.guarded = guarded;
  }

  /** How many were found so far. */
  int size() {
    return findings.size();
  }

  void found(RiskRule rule, Violation violation) {
    add(rule, violation, false);
  }

  void stands(RiskRule rule, Violation lock) {
    add(rule, lock, true);
  }

  private void add(RiskRule rule, Violation violation, boolean standing) {
    Instant at = missed == null ? step.now : missed.at();
    findings.add(new Finding(rule, violation, standing, missed, at));
  }

  /** What is found from now on is found among these trades; null: it is found now. */
  void among(@Nullable Missed trades) {
    missed = trades;
  }

  /** Tells the trades that were missed of the lockouts that those from the known-th on set. */
  void locked(int known, Missed trades) {
    for (Finding finding : findings.subList(known, findings.size())) {
      Response response = finding.violation().response();
      if (response.lock().locks() && !finding.rule().policy().shadow() && isNews(finding)) {
        boolean closes =
            response.action() == Response.Action.CLOSE_ALL
                || response.action() == Response.Action.CLOSE_POSITION;
        trades.locked(finding.rule().id(), until(finding).orElse(Instant.MAX), closes);
      }
    }
  }

  /** Records what is news, and answers it. */
  void give() {
    if (findings.isEmpty()) {
      return;
    }
    findings.sort(Comparator.comparing((Finding finding) -> finding.rule().id()));
    List<Finding> acted = new ArrayList<>();
    for (Finding finding : findings) {
      if (isNews(finding)) {
        if (!finding.standing()) {
          record(finding);
        }
        if (!finding.rule().policy().shadow() && !isOver(finding)) {
          acted.add(finding);
        }
      }
    }
    acted.stream().filter(finding -> !finding.standing()).forEach(this::plan);
    acted.forEach(this::lock);
    Guard.underWay(step);
    for (Finding finding : acted) {
      if (finding.violation().response().lock().locks()) {
        finding.violation().orderId().ifPresent(order -> OrderGuard.cancelRest(step, order));
      }
    }
  }

  /** Whether it opens an episode or makes one worse, and was not acknowledged by an admin. */
  private boolean isNews(Finding finding) {
    Violation violation = finding.violation();
    RiskRule rule = finding.rule();
    Episode.Key key = violation.key(rule);
    Long acknowledged = step.state.acknowledged().find(key);
    if (isGated(rule, violation)
        || isGuardedAlready(rule, violation)
        || (acknowledged != null && violation.badness() <= acknowledged)
        || (guarded && !isAboutWhatStays(violation))) {
      return false;
    }
    if (finding.standing()) {
      return violation.response().lock().locks()
          && step.activeLockout(rule.id(), violation.lockSymbol()).isEmpty();
    }
    Episode open = step.state.episodes().find(key);
    return open == null
        || (!rule.policy().shadow()
            && open.hasGrown(exposure(violation))
            && !isLeftToGuard(finding));
  }

  /** Under a lockout of its own that it would not lengthen, growth is undone by the guard alone. */
  private boolean isLeftToGuard(Finding finding) {
    Optional<Lockout> own =
        step.activeLockout(finding.rule().id(), finding.violation().lockSymbol());
    return own.isPresent() && !locksLonger(finding, own.get());
  }

  private boolean locksLonger(Finding finding, Lockout known) {
    if (!finding.violation().response().lock().locks()) {
      return false;
    }
    Instant end = until(finding).orElse(Instant.MAX);
    return end.isAfter(known.expiresAt().orElse(Instant.MAX));
  }

  private boolean isGated(RiskRule rule, Violation violation) {
    return rule.gatedBySymbolLockout()
        && violation.scope().symbolName().filter(step.state.locks()::symbolLocked).isPresent();
  }

  /** Under a symbol lockout of its own, the guard acts instead of the rule. */
  private boolean isGuardedAlready(RiskRule rule, Violation violation) {
    return violation.lockSymbol().isPresent()
        && step.activeLockout(rule.id(), violation.lockSymbol()).isPresent();
  }

  private boolean isAboutWhatStays(Violation violation) {
    if (violation.scope() instanceof Violation.Scope.Account) {
      return true;
    }
    for (Holding holding : step.state.holdings()) {
      if (Episodes.isInside(step, violation.scope(), holding.contract())
          && step.stays(holding.contract()) != 0) {
        return true;
      }
    }
    return false;
  }

  /** What it is about; while locked only what may stay: what is beyond is undone by the guard. */
  private Table<String, Long> exposure(Violation violation) {
    return Episodes.exposure(step, violation, guarded);
  }

  private void record(Finding finding) {
    Violation violation = finding.violation();
    RiskRule rule = finding.rule();
    if (rule.episodeEnds() != Episode.Ends.AT_ONCE) {
      Episode episode =
          new Episode(
              violation.key(rule), rule.episodeEnds(), violation.badness(), exposure(violation));
      step.state = step.state.withEpisodes(step.state.episodes().with(episode.key(), episode));
    }
    boolean locks =
        violation.response().lock().locks() && !rule.policy().shadow() && !isOver(finding);
    step.lines.violation(
        new Decision.ViolationFound(
            new Cause(
                step.now,
                step.state.id(),
                Optional.of(rule.id()),
                guarded,
                rule.policy().shadow(),
                violation.reason()),
            violation.scope().symbolName(),
            contractOf(violation),
            violation.orderId(),
            violation.observed(),
            violation.limit(),
            locks ? Optional.of(violation.response().lock().type()) : Optional.empty(),
            locks ? until(finding) : Optional.empty(),
            step.rules.resetOf(rule.id()).tradingDay(step.now)));
  }

  private static Optional<ContractId> contractOf(Violation violation) {
    return violation.scope() instanceof Violation.Scope.Contract one
        ? Optional.of(one.contract())
        : Optional.empty();
  }

  /** A cooldown that would already be over: only the violation is recorded. */
  private boolean isOver(Finding finding) {
    return finding.violation().response().lock().term() == Response.Term.FOR_DURATION
        && until(finding).filter(end -> !end.isAfter(step.now)).isPresent();
  }

  private Optional<Instant> until(Finding finding) {
    Violation violation = finding.violation();
    RuleId id = finding.rule().id();
    return switch (violation.response().lock().term()) {
      case NONE, UNTIL_CONDITION, WHILE_SYMBOL_BLOCKED -> Optional.empty();
      case UNTIL_RESET -> Optional.of(step.rules.resetOf(id).next(step.now));
      case FOR_DURATION ->
          Optional.of(
              violation
                  .since()
                  .orElse(finding.at())
                  .plus(violation.response().lock().duration().orElseThrow()));
      // Without sessions there is nothing to wait for but the reset.
      case UNTIL_SESSION_START ->
          Optional.of(
              nextSessionStart(violation).orElseGet(() -> step.rules.resetOf(id).next(step.now)));
    };
  }

  private Optional<Instant> nextSessionStart(Violation violation) {
    Optional<Instant> start = Optional.empty();
    for (RiskRule rule : step.rules.rules()) {
      start =
          start.isPresent()
              ? start
              : rule.nextSessionStart(step.input(Trigger.REVIEW), violation.lockSymbol());
    }
    return start;
  }

  private void lock(Finding finding) {
    Violation violation = finding.violation();
    RiskRule rule = finding.rule();
    if (!violation.response().lock().locks()) {
      return;
    }
    Optional<Lockout> known = step.activeLockout(rule.id(), violation.lockSymbol());
    Baseline mayStay = Baselines.after(step, violation, known.map(Lockout::baseline));
    if (finding.missed() != null) {
      mayStay = finding.missed().within(rule.id(), mayStay);
    }
    Lockout lockout =
        new Lockout(
            known.map(Lockout::id).orElse(step.nextLockoutId),
            step.state.id(),
            rule.id(),
            violation.lockSymbol(),
            violation.response().lock().type(),
            violation.reason(),
            known.map(Lockout::lockedAt).orElse(step.now),
            until(finding),
            mayStay,
            step.rules.resetOf(rule.id()).tradingDay(step.now),
            known.map(Lockout::attempts).orElse(0L));
    if (known.isPresent() && !lockout.endsAfter(known.get())) {
      // It may lengthen, never shorten; what may stay is less all the same.
      step.state =
          step.state.withLocks(step.state.locks().withLockout(known.get().withBaseline(mayStay)));
      return;
    }
    if (known.isEmpty()) {
      step.nextLockoutId++;
    }
    step.setLockout(lockout, step.cause(rule.id(), guarded, violation.reason()));
  }

  private void plan(Finding finding) {
    Violation violation = finding.violation();
    Response response = violation.response();
    Cause cause = step.cause(finding.rule().id(), guarded, violation.reason());
    Plan plan = step.lines.plan();
    switch (response.action()) {
      case CLOSE_ALL -> {
        if (closesAccount(violation)) {
          plan.closeAll(cause);
        } else {
          closeScope(violation, cause);
        }
      }
      case CLOSE_POSITION -> closeScope(violation, cause);
      case REDUCE -> reduce(violation, cause);
      case NONE -> {
        if (!response.lock().locks() && !response.cancelOrders()) {
          plan.add(
              new Decision.Alert(cause, violation.scope().symbolName(), contractOf(violation)));
        }
      }
    }
    if (response.cancelOrders()) {
      cancel(violation, cause);
    }
  }

  private void cancel(Violation violation, Cause cause) {
    boolean closes = violation.response().action() != Response.Action.NONE;
    if (closesAccount(violation)) {
      step.lines.plan().cancelAll(cause);
      return;
    }
    if (!violation.orders().isEmpty()) {
      // Positions stay, and with them what protects them.
      OrderGuard.cancelOrders(step, violation.orders(), cause);
      return;
    }
    if (violation.scope() instanceof Violation.Scope.Account) {
      step.lines.plan().cancelAll(cause);
      return;
    }
    for (LongMap.Entry<Order> entry : step.state.orders()) {
      Order order = entry.value();
      // What protects a position is cancelled once that is flat, by whoever closes it.
      boolean asked = closes ? step.state.isEntry(order) : order.remaining() > 0;
      if (asked && Episodes.isInside(step, violation.scope(), order.contract())) {
        OrderGuard.cancelOrders(step, List.of(order), cause);
      }
    }
  }

  /** A close-all is of the account, unless what was found is about a symbol as such. */
  private static boolean closesAccount(Violation violation) {
    return violation.response().action() == Response.Action.CLOSE_ALL
        && !(violation.scope() instanceof Violation.Scope.Symbol);
  }

  private void closeScope(Violation violation, Cause cause) {
    for (Holding holding : step.state.holdings()) {
      if (!holding.isFlat() && Episodes.isInside(step, violation.scope(), holding.contract())) {
        step.lines
            .plan()
            .add(Guard.close(step, holding.contract(), holding.signedSize(), 0, cause));
      }
    }
  }

  private void reduce(Violation violation, Cause cause) {
    for (Violation.Target target : violation.targets()) {
      Holding holding = step.state.holding(target.contract());
      step.lines
          .plan()
          .add(Guard.close(step, target.contract(), holding.signedSize(), target.toSize(), cause));
    }
  }
}
