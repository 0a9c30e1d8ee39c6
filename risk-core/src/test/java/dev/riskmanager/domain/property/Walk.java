package dev.riskmanager.domain.property;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.RiskEngine;
import dev.riskmanager.domain.engine.Step;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.state.AccountState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A tape run through the engine, with all that is known before and after each step. Each event is
 * two steps: the clock is moved to its time, which fires what is due, and then it is taken in.
 */
record Walk(EngineState start, List<Seen> steps) {

  /** One step of the engine. */
  record Seen(
      Instant t,
      RiskEvent event,
      EngineState before,
      EngineState after,
      List<Decision> decisions,
      List<Step.RuleFailure> failures) {

    AccountState before(AccountId account) {
      return before.account(account).orElseThrow();
    }

    AccountState after(AccountId account) {
      return after.account(account).orElseThrow();
    }

    List<Decision> of(AccountId account) {
      return decisions.stream().filter(d -> d.account().equals(account)).toList();
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("at ").append(t).append(' ').append(event);
      decisions.forEach(decision -> text.append("\n    -> ").append(decision));
      return text.append('\n').toString();
    }
  }

  static Walk of(EngineState start, List<Street.Timed> tape) {
    List<Seen> steps = new ArrayList<>();
    EngineState state = start;
    for (Street.Timed timed : tape) {
      Seen tick = step(state, timed.t(), new RiskEvent.ClockTicked());
      steps.add(tick);
      Seen taken = step(tick.after(), timed.t(), timed.event());
      steps.add(taken);
      state = taken.after();
    }
    return new Walk(start, List.copyOf(steps));
  }

  static Seen step(EngineState before, Instant t, RiskEvent event) {
    Step step = RiskEngine.step(before, t, event);
    return new Seen(t, event, before, step.state(), step.decisions(), step.failures());
  }

  EngineState end() {
    return steps.isEmpty() ? start : steps.getLast().after();
  }

  List<Decision> decisions() {
    return steps.stream().flatMap(seen -> seen.decisions().stream()).toList();
  }

  List<AccountId> accounts() {
    return Scenario.ACCOUNTS.stream().map(AccountId::new).toList();
  }
}
