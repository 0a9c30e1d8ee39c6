package dev.riskmanager.trader.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.Samples;
import dev.riskmanager.wire.LockoutType;
import dev.riskmanager.wire.LockoutView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several lockouts the trader is told of: the one that ends last. */
class LockVerdictTest {
  private static final Instant SOON = Samples.NOW.plusSeconds(36);
  private static final Instant LATER = Samples.NOW.plusSeconds(276);

  private static LockoutView lock(String rule, LockoutType type, @Nullable Instant ends) {
    return new LockoutView(
        1, rule, "key", type, null, "reason of " + rule, Samples.NOW, ends, null, "some day");
  }

  private static Verdict verdict(LockoutView... locks) {
    return LockVerdict.of(
        List.of(locks), Samples.NOW, Times.of(Samples.status(Samples.free()).clock()), "");
  }

  @Test
  void theOneThatEndsLastIsTheHeadlineWhateverTheirOrder() {
    LockoutView first = lock("RULE-006", LockoutType.COOLDOWN, SOON);
    LockoutView last = lock("RULE-007", LockoutType.COOLDOWN, LATER);

    for (Verdict verdict : List.of(verdict(first, last), verdict(last, first))) {
      assertThat(verdict.ends()).isEqualTo(LATER);
      assertThat(verdict.toString()).contains("RULE-007", "(and 1 more)", "reason of RULE-007");
    }
  }

  @Test
  void anOpenEndIsTheLatestAndAHoldSpeaksWhereNothingElseIsOpen() {
    LockoutView timed = lock("RULE-003", LockoutType.HARD, LATER);
    LockoutView open = lock("RULE-010", LockoutType.CONDITION, null);
    LockoutView hold = lock("BOOKS", LockoutType.CONDITION, null);

    assertThat(LockVerdict.last(List.of(timed, open)).ruleId()).isEqualTo("RULE-010");
    assertThat(LockVerdict.last(List.of(hold, timed)).ruleId()).isEqualTo("BOOKS");
    assertThat(LockVerdict.last(List.of(hold, open)).ruleId()).isEqualTo("RULE-010");
  }

  @Test
  void ofTwoThatEndTogetherTheLowerRuleIsNamed() {
    LockoutView six = lock("RULE-006", LockoutType.COOLDOWN, SOON);
    LockoutView seven = lock("RULE-007", LockoutType.COOLDOWN, SOON);

    assertThat(LockVerdict.last(List.of(seven, six)).ruleId()).isEqualTo("RULE-006");
  }

  /** On the smallest screen, what it means and what is wrong stand in one line. */
  @Test
  void whatItMeansStaysWhenSomethingIsWrong() {
    LockoutView hard = lock("RULE-003", LockoutType.HARD, LATER);
    LockoutView open = lock("RULE-010", LockoutType.CONDITION, null);

    assertThat(trouble(hard))
        .isEqualTo(" Ends 12:25. New trades are undone. BUT: the user hub is silent")
        .hasSizeLessThan(80);
    assertThat(trouble(lock("BOOKS", LockoutType.CONDITION, null)))
        .isEqualTo(" New trades are undone. BUT: the user hub is silent");
    assertThat(trouble(open)).isEqualTo(" The venue forbids trading. BUT: the user hub is silent");
  }

  /** What is allowed is the end of the line: it may not be cut off. */
  @ParameterizedTest
  @CsvSource({
    "HARD, at the daily reset",
    "COOLDOWN, when the cooldown is over",
    "SESSION, at the next session start",
    "MANUAL, at the time the admin gave"
  })
  void whatItMeansHasRoomOnTheSmallestScreen(LockoutType type, String unlock) {
    LockoutView lock =
        new LockoutView(
            1,
            "RULE-003",
            "rule",
            type,
            null,
            "reason",
            Samples.NOW,
            Samples.NOW.plus(Duration.ofDays(5)),
            null,
            unlock);

    assertThat(meaning(lock, "")).startsWith(" Ends ").endsWith(".").hasSizeLessThan(80);
  }

  private static String trouble(LockoutView lock) {
    return meaning(lock, "the user hub is silent");
  }

  private static String meaning(LockoutView lock, String problems) {
    Verdict verdict =
        LockVerdict.of(
            List.of(lock), Samples.NOW, Times.of(Samples.status(Samples.free()).clock()), problems);
    return StateBlock.lines(verdict, Samples.NOW, 80, Glyphs.UNICODE)
        .getLast()
        .text()
        .stripTrailing();
  }
}
