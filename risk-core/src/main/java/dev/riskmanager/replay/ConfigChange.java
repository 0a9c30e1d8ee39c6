package dev.riskmanager.replay;

import dev.riskmanager.daemon.config.AccountsFile.MonitoredAccount;
import dev.riskmanager.daemon.config.HolidaysFile;
import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.domain.settings.Settings;
import dev.riskmanager.domain.settings.Values;
import dev.riskmanager.recording.RuleTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The payload of {@code ConfigChanged}: the whole effective rule set. The engine writes one tree of
 * {@code risk_config.yaml} for each account, and the holidays; a person may write the sections of
 * {@code risk_config.yaml} for all accounts.
 */
final class ConfigChange {
  private static final String ACCOUNTS = "accounts";
  private static final String HOLIDAYS = "holidays";

  private ConfigChange() {}

  /** The rules from then on; what is wrong goes to {@code problems}. */
  static Rules read(JsonNode data, Rules before, Problems problems) {
    ConfigNode tree = RuleTree.tree(data, new ConfigNode.Place("ConfigChanged", 0, 0));
    return data.path(ACCOUNTS).isObject()
        ? recorded(Settings.of("", tree, problems), before)
        : before.withTree(tree);
  }

  private static Rules recorded(Settings top, Rules before) {
    List<MonitoredAccount> accounts = new ArrayList<>();
    Settings trees = top.section(ACCOUNTS).orElseThrow();
    for (String name : trees.names()) {
      Optional<Long> id = Values.whole(name).filter(number -> number > 0);
      if (id.isEmpty()) {
        trees.error(name, "must be the number of an account");
      } else {
        accounts.add(
            new MonitoredAccount(new AccountId(id.get()), Optional.empty(), trees.node(name)));
      }
    }
    Holidays holidays = top.section(HOLIDAYS).map(HolidaysFile::read).orElse(before.holidays());
    top.finish();
    ConfigNode none = new ConfigNode.Mapping(top.place(), List.of());
    return new Rules(none, List.copyOf(accounts), false, holidays);
  }

  /** A list of {@code {account_id, rules}}, as in {@code accounts.yaml}. */
  static List<MonitoredAccount> accounts(Settings section) {
    List<MonitoredAccount> accounts = new ArrayList<>();
    for (Settings account : section.sections(ACCOUNTS)) {
      if (account.require("account_id")) {
        long id = account.whole("account_id", 1, 1, Long.MAX_VALUE);
        accounts.add(
            new MonitoredAccount(new AccountId(id), Optional.empty(), account.node("rules")));
      }
      account.finish();
    }
    return List.copyOf(accounts);
  }
}
