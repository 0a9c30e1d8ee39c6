package dev.riskmanager.domain.property;

import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Rules, and what happens under them.
 *
 * @param start when it begins
 * @param rules of both accounts, as in {@code risk_config.yaml}
 * @param obeys whether what is decided is carried out by the venue, and reported
 */
record Scenario(Instant start, String rules, boolean obeys, List<Move> moves) {
  /** The two that are monitored. */
  static final List<Long> ACCOUNTS = List.of(1L, 2L);

  EngineState initial() {
    RuleSet set = RuleFile.rules(rules);
    Table<AccountId, RuleSet> accounts = Table.empty();
    for (long account : ACCOUNTS) {
      accounts = accounts.with(new AccountId(account), set);
    }
    return EngineState.initial(start, new RuleBook(accounts, Optional.empty()), World.products());
  }

  List<Street.Timed> tape() {
    return Street.play(initial(), obeys, moves);
  }

  Walk walk() {
    return Walk.of(initial(), tape());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("from ").append(start);
    text.append(obeys ? ", the venue obeys" : ", the venue does not obey").append('\n');
    text.append(rules);
    moves.forEach(move -> text.append("  ").append(move).append('\n'));
    return text.toString();
  }
}
