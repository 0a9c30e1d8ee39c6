package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.decision.Cause;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.Response;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.rule.Verdict;
import dev.riskmanager.domain.rule.Violation;
import dev.riskmanager.domain.state.Episode;
import dev.riskmanager.domain.state.Holding;
import dev.riskmanager.domain.timer.Timer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the rules and turns what they find into violations, lockouts and a plan.
 *
 * <p>With {@code guarded} an account lockout that lets positions stay is in force: only rules that
 * guard a baseline are asked, and what they decide is marked.
 */
final class Judgement {
  private final AccountStep step;
  private final boolean guarded;
  private final List<Finding> findings = new ArrayList<>();

  private record Finding(RiskRule rule, Violation violation) {}

  Judgement(AccountStep step, boolean guarded) {
    this.step = step;
    this.guarded = guarded;
  }

  /** Asks the rules that declared this trigger; a timer asks only the rule that set it. */
  void evaluate(Trigger trigger, Optional<Trade> trade, Optional<String> timer) {
    for (RiskRule rule : step.rules.rules()) {
      boolean asked = rule.triggers().contains(trigger) && isOf(timer, rule);
      if (asked && (!guarded || rule.guardsBaseline())) {
        ask(rule, step.input(trigger, trade, timer.map(Judgement::ownName)));
      }
    }
    handle();
  }

  /** Asks every rule about the state, and those that judge single trades about each new one. */
  void review(List<Trade> newTrades) {
    for (RiskRule rule : step.rules.rules()) {
      if (guarded && !rule.guardsBaseline()) {
        continue;
      }
      if (rule.triggers().contains(Trigger.REVIEW)) {
        ask(rule, step.input(Trigger.REVIEW));
      } else {
        for (Trade trade : newTrades) {
          ask(rule, step.input(Trigger.TRADE, Optional.of(trade), Optional.empty()));
        }
      }
    }
    handle();
  }

  /** How bad each breach of a rule is now, whatever is known of it; nothing is decided. */
  Table<Episode.Key, Long> measure(RiskRule rule) {
    Table<Episode.Key, Long> result = Table.empty();
    for (Violation violation : verdict(rule, step.input(Trigger.REVIEW)).violations()) {
      result = result.with(violation.key(rule), violation.badness());
    }
    return result;
  }

  private static boolean isOf(Optional<String> timer, RiskRule rule) {
    return timer.isEmpty() || timer.get().startsWith(rule.id() + "/");
  }

  private static String ownName(String timer) {
    return timer.substring(timer.indexOf('/') + 1);
  }

  private Verdict verdict(RiskRule rule, RuleInput input) {
    try {
      return rule.evaluate(input);
    } catch (RuntimeException e) {
      // One rule's failure never stops another; it is a defect and neither pass nor violation.
      step.failures.add(new Step.RuleFailure(step.state.id(), rule.id(), e));
      return Verdict.NONE;
    }
  }

  private void ask(RiskRule rule, RuleInput input) {
    int failuresBefore = step.failures.size();
    Verdict verdict = verdict(rule, input);
    if (step.failures.size() > failuresBefore) {
      return;
    }
    remember(rule, verdict);
    Set<Episode.Key> found = new HashSet<>();
    for (Violation violation : verdict.violations()) {
      found.add(violation.key(rule));
      findings.add(new Finding(rule, violation));
    }
    Episodes.clear(step, rule, found);
    for (Decision.Action action : verdict.automation()) {
      step.plan.add(action);
    }
  }

  private void remember(RiskRule rule, Verdict verdict) {
    Table<String, Long> memory = step.state.memory();
    for (Verdict.Note note : verdict.notes()) {
      String key = rule.id() + "/" + note.key();
      memory =
          note.value().isPresent() ? memory.with(key, note.value().get()) : memory.without(key);
    }
    Table<String, Timer> timers = step.state.timers();
    for (Verdict.Wake wake : verdict.wakes()) {
      String name = rule.id() + "/" + wake.name();
      timers =
          wake.deadline().isPresent()
              ? timers.with(
                  name, new Timer(step.state.id(), name, wake.deadline().get(), rule.title()))
              : timers.without(name);
    }
    step.state = step.state.withMemory(memory).withTimers(timers);
  }

  private void handle() {
    List<Finding> acted = new ArrayList<>();
    for (Finding finding : findings) {
      if (isNews(finding)) {
        record(finding);
        if (!finding.rule().policy().shadow() && !isOver(finding)) {
          acted.add(finding);
        }
      }
    }
    acted.forEach(this::plan);
    acted.forEach(this::lock);
    if (step.plan.closesAll()) {
      Guard.closingAll(step);
    }
  }

  /** Whether it opens an episode or makes one worse, and was not acknowledged by an admin. */
  private boolean isNews(Finding finding) {
    Violation violation = finding.violation();
    RiskRule rule = finding.rule();
    Episode.Key key = violation.key(rule);
    boolean gated =
        rule.gatedBySymbolLockout()
            && violation.scope().symbolName().filter(step.state.locks()::symbolLocked).isPresent();
    if (gated
        || violation.badness() <= step.state.acknowledged().getOrDefault(key, Long.MIN_VALUE)) {
      return false;
    }
    Optional<Episode> open = Episodes.open(step, key);
    return open.isEmpty()
        || (!rule.policy().shadow()
            && open.get().hasGrown(Episodes.exposure(step, violation.scope())));
  }

  private void record(Finding finding) {
    Violation violation = finding.violation();
    RiskRule rule = finding.rule();
    if (rule.episodeEnds() != Episode.Ends.AT_ONCE) {
      Episode.Key key = violation.key(rule);
      Episode episode =
          new Episode(
              key,
              rule.episodeEnds(),
              violation.badness(),
              Episodes.exposure(step, violation.scope()));
      step.state = step.state.withEpisodes(step.state.episodes().with(key, episode));
    }
    boolean locks =
        violation.response().lock().locks() && !rule.policy().shadow() && !isOver(finding);
    Optional<Instant> until = locks ? until(finding) : Optional.empty();
    step.violations.add(
        new Decision.ViolationFound(
            new Cause(
                step.now,
                step.state.id(),
                Optional.of(rule.id()),
                guarded,
                rule.policy().shadow(),
                violation.reason()),
            violation.scope().symbolName(),
            violation.scope() instanceof Violation.Scope.Contract one
                ? Optional.of(one.contract())
                : Optional.empty(),
            violation.orderId(),
            violation.observed(),
            violation.limit(),
            locks ? Optional.of(type(violation.response().lock())) : Optional.empty(),
            until,
            step.rules.resetOf(rule.id()).tradingDay(step.now)));
  }

  /** A cooldown that would already be over: only the violation is recorded. */
  private boolean isOver(Finding finding) {
    return finding.violation().response().lock().term() == Response.Term.FOR_DURATION
        && until(finding).filter(end -> !end.isAfter(step.now)).isPresent();
  }

  private Optional<Instant> until(Finding finding) {
    Violation violation = finding.violation();
    return switch (violation.response().lock().term()) {
      case NONE, UNTIL_CONDITION, WHILE_SYMBOL_BLOCKED -> Optional.empty();
      case UNTIL_RESET -> {
        ResetTime reset = step.rules.resetOf(finding.rule().id());
        yield Optional.of(reset.next(step.now));
      }
      case FOR_DURATION ->
          Optional.of(
              violation
                  .since()
                  .orElse(step.now)
                  .plus(violation.response().lock().duration().orElseThrow()));
      case UNTIL_SESSION_START -> {
        Optional<Instant> start = Optional.empty();
        for (RiskRule rule : step.rules.rules()) {
          start =
              start.isPresent()
                  ? start
                  : rule.nextSessionStart(step.input(Trigger.REVIEW), violation.lockSymbol());
        }
        // Without sessions there is nothing to wait for but the reset.
        yield start.isPresent()
            ? start
            : Optional.of(step.rules.resetOf(finding.rule().id()).next(step.now));
      }
    };
  }

  private static LockoutType type(Response.Lock lock) {
    return switch (lock.term()) {
      case UNTIL_RESET -> LockoutType.HARD;
      case FOR_DURATION -> LockoutType.COOLDOWN;
      case UNTIL_SESSION_START -> LockoutType.SESSION;
      case UNTIL_CONDITION -> LockoutType.CONDITION;
      case WHILE_SYMBOL_BLOCKED -> LockoutType.SYMBOL;
      case NONE -> throw new IllegalArgumentException("no lockout");
    };
  }

  private void lock(Finding finding) {
    Violation violation = finding.violation();
    RiskRule rule = finding.rule();
    if (!violation.response().lock().locks()) {
      return;
    }
    Optional<Instant> until = until(finding);
    Optional<Lockout> known = step.activeLockout(rule.id(), violation.lockSymbol());
    boolean closes = violation.response().action() == Response.Action.CLOSE_ALL;
    Lockout lockout =
        new Lockout(
            known.map(Lockout::id).orElse(step.nextLockoutId),
            step.state.id(),
            rule.id(),
            violation.lockSymbol(),
            type(violation.response().lock()),
            violation.reason(),
            known.map(Lockout::lockedAt).orElse(step.now),
            until,
            known.map(Lockout::baseline).orElseGet(() -> baseline(closes)),
            step.rules.resetOf(rule.id()).tradingDay(step.now));
    if (known.isPresent() && !lockout.endsAfter(known.get())) {
      return;
    }
    if (known.isEmpty()) {
      step.nextLockoutId++;
    }
    step.setLockout(lockout, step.cause(rule.id(), guarded, violation.reason()));
  }

  /** What may stay: nothing after a close-all, else what the fills imply is held now. */
  private Baseline baseline(boolean closes) {
    return closes ? Baseline.ZERO : Guard.impliedBaseline(step.state);
  }

  private void plan(Finding finding) {
    Violation violation = finding.violation();
    Response response = violation.response();
    Cause cause = step.cause(finding.rule().id(), guarded, violation.reason());
    boolean wholeAccount = !(violation.scope() instanceof Violation.Scope.Symbol);
    switch (response.action()) {
      case CLOSE_ALL -> {
        if (wholeAccount) {
          step.plan.closeAll(cause);
        } else {
          closeScope(violation, cause);
        }
      }
      case CLOSE_POSITION -> closeScope(violation, cause);
      case REDUCE -> reduce(violation, cause);
      case NONE -> {
        if (!response.lock().locks() && !response.cancelOrders()) {
          step.plan.add(alert(violation, cause));
        }
      }
    }
    if (response.cancelOrders()) {
      if (wholeAccount) {
        step.plan.cancelAll(cause);
      } else {
        Guard.cancelOrders(step, violation.scope().symbolName().orElse(""), cause);
      }
    }
  }

  private static Decision alert(Violation violation, Cause cause) {
    return new Decision.Alert(
        cause,
        violation.scope().symbolName(),
        violation.scope() instanceof Violation.Scope.Contract one
            ? Optional.of(one.contract())
            : Optional.empty());
  }

  private void closeScope(Violation violation, Cause cause) {
    Table<ContractId, Long> exposure = Episodes.exposure(step, violation.scope());
    for (int i = 0; i < exposure.size(); i++) {
      step.plan.add(Guard.close(step, exposure.keyAt(i), exposure.valueAt(i), 0, cause));
    }
  }

  private void reduce(Violation violation, Cause cause) {
    for (Violation.Target target : violation.targets()) {
      Holding holding = step.state.holding(target.contract());
      step.plan.add(
          Guard.close(step, target.contract(), holding.signedSize(), target.toSize(), cause));
    }
  }
}
