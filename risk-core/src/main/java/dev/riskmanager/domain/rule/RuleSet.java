package dev.riskmanager.domain.rule;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of an account that are enabled, with what holds for all of them.
 *
 * @param rules in the order of their numbers
 * @param byTrigger those that declared each trigger, by its ordinal; made by {@link #of}
 */
public record RuleSet(
    GeneralSettings general, Table<RuleId, RiskRule> rules, List<List<RiskRule>> byTrigger) {

  public static RuleSet of(GeneralSettings general, List<RiskRule> enabled) {
    Table<RuleId, RiskRule> table = Table.empty();
    for (RiskRule rule : enabled) {
      table = table.with(rule.id(), rule);
    }
    List<List<RiskRule>> byTrigger = new ArrayList<>();
    for (Trigger trigger : Trigger.values()) {
      List<RiskRule> asked = new ArrayList<>();
      for (RiskRule rule : table) {
        if (rule.triggers().contains(trigger)) {
          asked.add(rule);
        }
      }
      byTrigger.add(List.copyOf(asked));
    }
    return new RuleSet(general, table, List.copyOf(byTrigger));
  }

  /** Those that declared this trigger, in the order of their numbers. */
  public List<RiskRule> asked(Trigger trigger) {
    return byTrigger.get(trigger.ordinal());
  }

  public Optional<RiskRule> rule(RuleId id) {
    return rules.get(id);
  }

  /** The reset of a rule: its own, else the account's. */
  public ResetTime resetOf(RuleId id) {
    return rules.get(id).flatMap(RiskRule::ownReset).orElse(general.reset());
  }

  /** Each reset in use, once, the account's among them. */
  public List<ResetTime> resets() {
    List<ResetTime> distinct = new ArrayList<>();
    distinct.add(general.reset());
    for (RiskRule rule : rules) {
      rule.ownReset().filter(reset -> !distinct.contains(reset)).ifPresent(distinct::add);
    }
    distinct.sort(ResetTime::compareTo);
    return List.copyOf(distinct);
  }
}
