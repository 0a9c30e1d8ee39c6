package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.Response;
import dev.riskmanager.domain.rule.Violation;
import dev.riskmanager.domain.state.Holding;
import java.util.Optional;

/** What may stay under the lockout that a violation sets. */
final class Baselines {
  private Baselines() {}

  /**
   * Nothing after a close-all of what the lockout locks; otherwise what the fills imply is held
   * now, less what the violation has closed or reduced.
   *
   * @param known the baseline of the lockout that is lengthened
   */
  static Baseline after(AccountStep step, Violation violation, Optional<Baseline> known) {
    Response.Action action = violation.response().action();
    boolean closes =
        action == Response.Action.CLOSE_ALL || action == Response.Action.CLOSE_POSITION;
    if (closes && coversLock(violation)) {
      return Baseline.ZERO;
    }
    Baseline base = known.orElseGet(() -> Guard.impliedBaseline(step.state));
    if (base.fixed()) {
      return base;
    }
    Table<ContractId, Long> allowed = base.allowed();
    for (Holding holding : step.state.holdings()) {
      if (closes && Episodes.isInside(step, violation.scope(), holding.contract())) {
        allowed = allowed.without(holding.contract());
      }
    }
    for (Violation.Target target : violation.targets()) {
      long now = allowed.getOrDefault(target.contract(), 0L);
      long rest = Baseline.tighter(now, Long.signum(now) * target.toSize());
      allowed =
          rest == 0 ? allowed.without(target.contract()) : allowed.with(target.contract(), rest);
    }
    return Baseline.of(allowed);
  }

  /** Whether what is closed is everything that is locked. */
  private static boolean coversLock(Violation violation) {
    return switch (violation.scope()) {
      case Violation.Scope.Account account -> true;
      case Violation.Scope.Symbol symbol ->
          violation.lockSymbol().filter(symbol.symbol()::equalsIgnoreCase).isPresent();
      case Violation.Scope.Contract contract ->
          violation.response().action() == Response.Action.CLOSE_ALL;
    };
  }
}
