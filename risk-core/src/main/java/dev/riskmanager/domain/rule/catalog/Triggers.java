package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.rule.Trigger;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What several rules declare alike. */
final class Triggers {
  static final Set<Trigger> POSITIONS = of(Trigger.POSITION, Trigger.REVIEW);

  private Triggers() {}

  static Set<Trigger> of(Trigger first, Trigger... more) {
    return Collections.unmodifiableSet(EnumSet.of(first, more));
  }
}
