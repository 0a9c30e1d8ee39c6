package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.rule.Verdict;
import dev.riskmanager.domain.rule.Violation;
import dev.riskmanager.domain.state.Fold;
import dev.riskmanager.domain.timer.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks the rules and turns what they find into violations, lockouts and a plan.
 *
 * <p>With {@code guarded} an account lockout that lets positions stay is in force: only rules that
 * guard a baseline are asked, about what the lockout let stay, and what they decide is marked.
 */
final class Judgement {
  /** When a rule is asked again that asked for a time that is not to come. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final AccountStep step;
  private final boolean guarded;
  private final Answer answer;

  /** The account is locked and nothing stays of it: what judges each trade has been asked. */
  private boolean silenced;

  /** Among what was missed there was a time in which a lockout let something stay. */
  private boolean stayed;

  Judgement(AccountStep step, boolean guarded) {
    this.step = step;
    this.guarded = guarded;
    this.answer = new Answer(step, guarded);
  }

  /** Asks the rules that declared this trigger; a timer asks only the rule that set it. */
  void evaluate(Trigger trigger, Optional<Trade> trade, Optional<String> timer) {
    List<RiskRule> asked = step.rules.asked(trigger);
    RuleInput input = null;
    for (int i = 0; i < asked.size(); i++) {
      RiskRule rule = asked.get(i);
      if (isOf(timer, rule) && (!guarded || rule.guardsBaseline())) {
        if (input == null || input.account() != step.state) {
          input = step.input(trigger, trade, timer.map(Judgement::ownName), guarded);
        }
        ask(rule, input);
      }
    }
    handle();
  }

  /** Asks the rules that follow an order they answered, under a lockout that lets nothing stay. */
  void follow(Trade trade) {
    List<RiskRule> asked = step.rules.asked(Trigger.TRADE);
    for (int i = 0; i < asked.size(); i++) {
      RiskRule rule = asked.get(i);
      if (rule.followsTrades()) {
        ask(rule, step.input(Trigger.TRADE, Optional.of(trade), Optional.empty(), true));
      }
    }
    handle();
  }

  /** Asks the rules that read prices. */
  void quote(ContractId contract) {
    List<RiskRule> asked = step.rules.asked(Trigger.QUOTE);
    RuleInput input = null;
    for (int i = 0; i < asked.size(); i++) {
      RiskRule rule = asked.get(i);
      if (!guarded || rule.guardsBaseline()) {
        if (input == null || input.account() != step.state) {
          input = step.input(contract, guarded);
        }
        ask(rule, input);
      }
    }
    handle();
  }

  /**
   * Books each new trade of a snapshot, by the time of its execution, and asks the rules that judge
   * each trade about it, as they would have been asked live.
   */
  void trades(Fold.Merged merged) {
    if (merged.newTrades().isEmpty()) {
      return;
    }
    Missed missed = new Missed(step, merged);
    answer.among(missed);
    stayed = missed.guardsPositions();
    for (Trade trade : merged.newTrades()) {
      locksEnded(missed, trade.executedAt());
      step.state = merged.booked(step.state, trade);
      boolean gated = missed.isGated(trade);
      boolean guards = missed.guardsPositions();
      missed.happened(trade);
      guards |= missed.guardsPositions();
      stayed |= guards;
      int known = answer.size();
      for (RiskRule rule : step.rules.rules()) {
        boolean asked = !gated || rule.followsTrades() || (guards && rule.guardsBaseline());
        if (asked && isAskedInTurn(rule)) {
          ask(rule, step.missed(Trigger.TRADE, Optional.of(trade), gated));
        }
      }
      answer.locked(known, missed);
    }
    answer.among(null);
    silenced = step.reconciling && missed.silencesNow();
  }

  /** Whether a lockout let something stay at any time among the trades that were missed. */
  boolean letStay() {
    return stayed;
  }

  private boolean isAskedInTurn(RiskRule rule) {
    return rule.judgesEachTrade()
        && (step.reconciling || !rule.triggers().contains(Trigger.REVIEW));
  }

  /** The sums that were not judged while a lockout lasted are judged at its end. */
  private void locksEnded(Missed missed, Instant until) {
    while (missed.nextEnd(until).isPresent()) {
      boolean gated = missed.isLocked();
      boolean guards = missed.guardsPositions();
      int known = answer.size();
      for (RiskRule rule : step.rules.asked(Trigger.REVIEW)) {
        boolean asked = !gated || (guards && rule.guardsBaseline());
        if (asked && isAskedInTurn(rule)) {
          ask(rule, step.missed(Trigger.REVIEW, Optional.empty(), gated));
        }
      }
      answer.locked(known, missed);
    }
  }

  /**
   * Asks every rule that judges the state.
   *
   * @param trigger of the first event of an account: a fill may be met as one
   */
  void review(Trigger trigger) {
    for (RiskRule rule : step.rules.asked(Trigger.REVIEW)) {
      boolean judged = silenced && rule.judgesEachTrade();
      if (!judged && (!guarded || rule.guardsBaseline())) {
        ask(rule, step.input(trigger, Optional.empty(), Optional.empty(), guarded));
      }
    }
  }

  /** What a rule finds now, whatever is known of it; nothing is decided. */
  List<Violation> measure(RiskRule rule) {
    Verdict verdict = verdict(rule, step.input(Trigger.REVIEW));
    List<Violation> all = new ArrayList<>(verdict.standing());
    all.addAll(verdict.violations());
    return all;
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
    Episodes.clear(step, rule, verdict.violations());
    if (verdict == Verdict.NONE) {
      return;
    }
    remember(rule, verdict);
    verdict.violations().forEach(found -> answer.found(rule, found));
    verdict.standing().forEach(lock -> answer.stands(rule, lock));
    for (Decision.Action action : verdict.automation()) {
      if (mayAutomate(rule, action)) {
        step.lines.plan().add(action);
      }
    }
  }

  /** Automation is gated like a violation; while locked it only tightens and tidies up. */
  private boolean mayAutomate(RiskRule rule, Decision.Action action) {
    if (rule.policy().shadow()) {
      return false;
    }
    boolean tidies = action instanceof Decision.CancelOrder;
    if (action instanceof Decision.ContractAction one && Holds.isBeyond(step, one.contract())) {
      return tidies;
    }
    if (action instanceof Decision.ContractAction one
        && rule.gatedBySymbolLockout()
        && step.state.locks().symbolLocked(one.symbol())) {
      return tidies;
    }
    return !guarded
        || tidies
        || (action instanceof Decision.ModifyStop stop && step.stays(stop.contract()) != 0);
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
              ? timers.with(name, new Timer(step.state.id(), name, due(rule, wake), rule.title()))
              : timers.without(name);
    }
    step.state = step.state.withMemory(memory).withTimers(timers);
  }

  /**
   * When a rule is woken. A time that is not to come would fire at once, and for ever when the rule
   * asks for it again: a defect of the rule, which is told, and asked again a little later.
   */
  private Instant due(RiskRule rule, Verdict.Wake wake) {
    Instant due = wake.deadline().orElseThrow();
    if (due.isAfter(step.now)) {
      return due;
    }
    fail(
        rule,
        new IllegalStateException(
            "asks at " + step.now + " to be woken at " + due + ", by " + wake.name()));
    return step.now.plus(AGAIN);
  }

  /** Tells a failure; one that repeats itself within a step is told once. */
  private void fail(RiskRule rule, RuntimeException error) {
    boolean told = false;
    for (Step.RuleFailure known : step.failures) {
      told |=
          known.account().equals(step.state.id())
              && known.rule().equals(rule.id())
              && known.error().getClass() == error.getClass();
    }
    if (!told) {
      step.failures.add(new Step.RuleFailure(step.state.id(), rule.id(), error));
    }
  }

  /** Records what is news of all that was found, and answers it. */
  void handle() {
    answer.give();
  }
}
