package dev.riskmanager.domain.engine;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.Violation;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.Episode;
import java.util.Optional;
import java.util.Set;

/** When episodes end, and what belongs to one. */
final class Episodes {
  private Episodes() {}

  /** Ends the episodes of positions that are gone or have flipped. */
  static void end(AccountStep step) {
    Table<Episode.Key, Episode> open = step.state.episodes();
    for (Episode episode : step.state.episodes()) {
      if (episode.ends() == Episode.Ends.WITH_POSITION && positionIsOver(step.state, episode)) {
        open = open.without(episode.key());
      }
    }
    step.state = step.state.withEpisodes(open);
  }

  private static boolean positionIsOver(AccountState state, Episode episode) {
    Table<ContractId, Long> then = episode.exposure();
    for (int i = 0; i < then.size(); i++) {
      long held = state.holding(then.keyAt(i)).signedSize();
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
  static void clear(AccountStep step, RiskRule rule, Set<Episode.Key> foundAgain) {
    if (rule.episodeEnds() != Episode.Ends.WHEN_CLEARED) {
      return;
    }
    step.state =
        step.state.withEpisodes(
            step.state
                .episodes()
                .where(
                    episode ->
                        !episode.key().rule().equals(rule.id())
                            || foundAgain.contains(episode.key())));
  }

  /** The signed positions that a violation is about. */
  static Table<ContractId, Long> exposure(AccountStep step, Violation.Scope scope) {
    Table<ContractId, Long> all = step.state.exposure();
    Table<ContractId, Long> part = Table.empty();
    for (int i = 0; i < all.size(); i++) {
      ContractId contract = all.keyAt(i);
      boolean inside =
          switch (scope) {
            case Violation.Scope.Account account -> true;
            case Violation.Scope.Symbol symbol ->
                step.market.symbol(contract).equalsIgnoreCase(symbol.symbol());
            case Violation.Scope.Contract one -> one.contract().equals(contract);
          };
      if (inside) {
        part = part.with(contract, all.valueAt(i));
      }
    }
    return part;
  }

  static Optional<Episode> open(AccountStep step, Episode.Key key) {
    return step.state.episodes().get(key);
  }
}
