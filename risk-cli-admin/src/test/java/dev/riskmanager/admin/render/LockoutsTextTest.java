package dev.riskmanager.admin.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.wire.LockoutRecord;
import dev.riskmanager.wire.LockoutType;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.LockoutsView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an admin reads of the lockouts. */
class LockoutsTextTest {
  private static final Instant NOW = Instant.parse("2025-10-31T17:05:30.999Z");

  @Test
  void anUnlockThatIsUnderWayIsSaidWithItsEnd() {
    LockoutsView view =
        new LockoutsView(
            NOW,
            List.of(
                lockout("RULE-003", null, Instant.parse("2025-10-31T17:30:00.5Z")),
                lockout("RULE-011", "ES", null)));

    assertThat(LockoutsText.lines(view))
        .hasSize(4)
        .last()
        .isEqualTo(
            "An unlock is under way: RULE-003 of account 7 ends at 2025-10-31T17:30:00Z, in 24m 29s"
                + " (its rule delays an unlock).");
  }

  @Test
  void withoutAnyNothingIsSaidOfUnlocks() {
    assertThat(LockoutsText.lines(new LockoutsView(NOW, List.of())))
        .containsExactly("No lockouts.");
    assertThat(LockoutsText.lines(new LockoutsView(NOW, List.of(lockout("RULE-003", null, null)))))
        .hasSize(2);
  }

  private static LockoutRecord lockout(
      String rule, @Nullable String symbol, @Nullable Instant unlocksAt) {
    return new LockoutRecord(
        7,
        "Main",
        new LockoutView(
            1, rule, "some_rule", LockoutType.HARD, symbol, "reason", NOW, null, null, "some day"),
        true,
        null,
        null,
        0,
        unlocksAt);
  }
}
