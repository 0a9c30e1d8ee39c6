package dev.riskmanager.admin.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.LockoutType;
import dev.riskmanager.wire.LockoutView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an admin reads of an unlock. */
class UnlockTextTest {
  private static final Instant NOW = Instant.parse("2025-10-31T17:00:00Z");
  private static final Instant UNLOCKS = Instant.parse("2025-10-31T17:30:00Z");

  @Test
  void aDelayedUnlockSaysWhenTheLockoutReallyEnds() {
    String delayed = "Ends 2025-10-31T17:30:00Z (its rule delays an unlock)";
    assertThat(UnlockText.delayed(until(null), UNLOCKS)).isEqualTo(delayed);
    assertThat(UnlockText.delayed(until(UNLOCKS.plusSeconds(1)), UNLOCKS)).isEqualTo(delayed);
    assertThat(UnlockText.delayed(until(UNLOCKS), UNLOCKS))
        .startsWith("Ends 2025-10-31T17:30:00Z by itself");
    assertThat(UnlockText.delayed(until(UNLOCKS.minusSeconds(600)), UNLOCKS))
        .isEqualTo(
            "Ends 2025-10-31T17:20:00Z by itself"
                + " (its rule delays an unlock until 2025-10-31T17:30:00Z)");
  }

  private static LockoutRecord until(@Nullable Instant end) {
    return new LockoutRecord(
        7,
        "Main",
        new LockoutView(
            1, "RULE-007", "some_rule", LockoutType.COOLDOWN, null, "reason", NOW, end, null, ""),
        true,
        null,
        null,
        0,
        null);
  }
}
