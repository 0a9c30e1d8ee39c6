package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.world.World;
import java.util.Optional;

/** Where a rule says it stands, as the status asks it. */
final class Readings {
  private Readings() {}

  static Reading of(World world, RuleId id) {
    RuleSet rules = world.state().rules().of(World.ME).orElseThrow();
    return rules
        .rule(id)
        .orElseThrow()
        .read(
            new RuleInput(
                world.now(),
                Trigger.REVIEW,
                Optional.empty(),
                Optional.empty(),
                world.state().account(World.ME).orElseThrow(),
                world.state().market(),
                rules.general()));
  }
}
