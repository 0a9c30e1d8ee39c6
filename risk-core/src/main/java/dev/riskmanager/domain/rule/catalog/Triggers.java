package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.settings.Settings;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What several rules read or declare alike. */
final class Triggers {
  static final Set<Trigger> POSITIONS = of(Trigger.POSITION, Trigger.REVIEW);

  private Triggers() {}

  /** {@code confirm_ms}: a whole number of milliseconds, 0 when absent. */
  static Duration confirmMillis(Settings section) {
    return Duration.ofMillis(section.whole("confirm_ms", 0, 0, 600_000));
  }

  static Set<Trigger> of(Trigger first, Trigger... more) {
    return Collections.unmodifiableSet(EnumSet.of(first, more));
  }
}
