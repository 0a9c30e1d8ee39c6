package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.rule.Violation;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.AccountState.Phase;
import dev.riskmanager.domain.state.Episode;
import dev.riskmanager.domain.state.Holding;
import java.util.List;

/** When episodes end, and what belongs to one. */
final class Episodes {
  private Episodes() {}

  /**
   * Ends the episodes of positions that are gone or have flipped. In one that lasts until a reset,
   * a contract that is flat is forgotten: opened again, it is new exposure.
   */
  static void end(AccountStep step) {
    // What has not been read yet is not gone.
    if (step.state.episodes().isEmpty() || step.state.phase() == Phase.RESTORED) {
      return;
    }
    Table<Episode.Key, Episode> open = step.state.episodes();
    for (Episode episode : step.state.episodes()) {
      if (episode.ends() == Episode.Ends.WITH_POSITION && positionIsOver(step.state, episode)) {
        open = open.without(episode.key());
      } else if (episode.ends() == Episode.Ends.AT_RESET) {
        Episode left = episode.withoutFlat(step.state.holdings());
        open = left == episode ? open : open.with(left.key(), left);
      }
    }
    step.state = step.state.withEpisodes(open);
  }

  private static boolean positionIsOver(AccountState state, Episode episode) {
    Table<String, Long> then = episode.exposure();
    for (int i = 0; i < then.size(); i++) {
      long held = state.holding(new ContractId(then.keyAt(i))).signedSize();
      if (held != 0 && Long.signum(held) == Long.signum(then.valueAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Ends the episodes and forgets the acknowledgements of every rule with this reset. */
  static void atReset(AccountStep step, ResetTime reset) {
    Table<Episode.Key, Episode> open =
        step.state
            .episodes()
            .where(
                episode ->
                    episode.ends() != Episode.Ends.AT_RESET
                        || !step.rules.resetOf(episode.key().rule()).equals(reset));
    Table<Episode.Key, Long> known = step.state.acknowledged();
    for (int i = known.size() - 1; i >= 0; i--) {
      if (step.rules.resetOf(known.keyAt(i).rule()).equals(reset)) {
        known = known.without(known.keyAt(i));
      }
    }
    step.state = step.state.withEpisodes(open).withAcknowledged(known);
  }

  /** Ends the episodes of a rule that judged the whole state and did not find them again. */
  static void clear(AccountStep step, RiskRule rule, List<Violation> found) {
    if (rule.episodeEnds() != Episode.Ends.WHEN_CLEARED || step.state.episodes().isEmpty()) {
      return;
    }
    step.state =
        step.state.withEpisodes(
            step.state
                .episodes()
                .where(
                    episode ->
                        !episode.key().rule().equals(rule.id())
                            || found.stream().anyMatch(v -> v.key(rule).equals(episode.key()))));
  }

  /**
   * At an unlock: what was answered and is no breach any more is neither open nor acknowledged, so
   * that the next breach is answered, also in an episode that would last until the reset.
   *
   * @param found what the rule finds now
   */
  static void forgetMadeGood(AccountStep step, RiskRule rule, List<Violation> found) {
    // What judges single trades finds nothing when it is asked about the state.
    if (!rule.triggers().contains(Trigger.REVIEW)) {
      return;
    }
    for (Episode episode : step.state.episodes()) {
      Episode.Key key = episode.key();
      if (key.rule().equals(rule.id()) && found.stream().noneMatch(v -> v.key(rule).equals(key))) {
        step.state =
            step.state
                .withEpisodes(step.state.episodes().without(key))
                .withAcknowledged(step.state.acknowledged().without(key));
      }
    }
  }

  /** Ends the episodes of every rule that is not the same any more: it has not answered yet. */
  static void dropChanged(AccountStep step, RuleSet before) {
    step.state =
        step.state.withEpisodes(
            step.state
                .episodes()
                .where(
                    episode ->
                        before
                            .rule(episode.key().rule())
                            .equals(step.rules.rule(episode.key().rule()))));
  }

  /**
   * The signed positions that a violation is about, and the orders it names.
   *
   * @param staying only what the lockouts in force let stay of them
   */
  static Table<String, Long> exposure(AccountStep step, Violation violation, boolean staying) {
    Table<String, Long> part = Table.empty();
    for (Holding holding : step.state.holdings()) {
      long held =
          staying
              ? Baseline.tighter(step.stays(holding.contract()), holding.held())
              : holding.held();
      if (held != 0 && isInside(step, violation.scope(), holding.contract())) {
        part = part.with(holding.contract().value(), held);
      }
    }
    for (Order order : violation.orders()) {
      part = part.with(Episode.ORDER + order.id(), order.side().sign() * order.size());
    }
    return part;
  }

  /** Whether a violation of that scope is about that contract. */
  static boolean isInside(AccountStep step, Violation.Scope scope, ContractId contract) {
    return switch (scope) {
      case Violation.Scope.Account account -> true;
      case Violation.Scope.Symbol symbol ->
          step.market.symbol(contract).equalsIgnoreCase(symbol.symbol());
      case Violation.Scope.Contract one -> one.contract().equals(contract);
    };
  }
}
