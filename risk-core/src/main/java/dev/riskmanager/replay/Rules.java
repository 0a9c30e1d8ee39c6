package dev.riskmanager.replay;

import dev.riskmanager.daemon.config.AccountsFile.MonitoredAccount;
import dev.riskmanager.daemon.config.RuleBooks;
import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import java.util.List;

/**
 * What a playback judges by.
 *
 * @param tree the rules as in {@code risk_config.yaml}
 * @param accounts those known from the start, each with its overrides
 * @param everyone whether any other account that turns up is watched as well
 */
record Rules(
    ConfigNode tree, List<MonitoredAccount> accounts, boolean everyone, Holidays holidays) {

  /** No rules for nobody. */
  static final Rules NONE =
      new Rules(
          new ConfigNode.Mapping(new ConfigNode.Place("", 0, 0), List.of()),
          List.of(),
          true,
          Holidays.NONE);

  Rules withTree(ConfigNode other) {
    return new Rules(other, accounts, everyone, holidays);
  }

  /** As the core wants it; what is wrong goes to {@code problems}. */
  RuleBook book(Problems problems) {
    RuleBook named = RuleBooks.of(tree, accounts, holidays, problems);
    return everyone
        ? new RuleBook(named.accounts(), RuleBooks.forEvery(tree, holidays, problems).others())
        : named;
  }
}
