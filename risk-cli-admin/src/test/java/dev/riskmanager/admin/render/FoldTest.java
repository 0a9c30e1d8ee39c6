package dev.riskmanager.admin.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FoldTest {
  private static final String LINE = "RULE-006  " + "word ".repeat(13) + "end";

  @Test
  void aLineIsBrokenBetweenWordsAndItsRestStandsIn() {
    assertThat(LINE).hasSize(78);
    assertThat(Fold.lines(List.of(LINE, "short"), 78)).containsExactly(LINE, "short");
    assertThat(Fold.lines(List.of(LINE), 77))
        .containsExactly("RULE-006  " + "word ".repeat(13).strip(), "          end");
    assertThat(Fold.lines(List.of(LINE), 40))
        .hasSizeGreaterThan(2)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(40));
  }

  @Test
  void whatCannotBeBrokenStays() {
    String word = "x".repeat(100);
    assertThat(Fold.lines(List.of(word, "a " + word), 50))
        .containsExactly(word, "a", "          " + word);
    assertThat(Fold.lines(List.of(LINE), 20)).containsExactly(LINE);
  }
}
