package dev.riskmanager.trader.term;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.terminal.virtual.DefaultVirtualTerminal;
import dev.riskmanager.trader.view.ColorDepth;
import dev.riskmanager.trader.view.Line;
import dev.riskmanager.trader.view.Style;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Lanterna's terminal without a screen: what it holds in the end is what counts. */
class PainterTest {
  private static final int COLUMNS = 24;
  private static final int ROWS = 4;

  private final DefaultVirtualTerminal terminal = terminal();
  private final Painter painter = new Painter(terminal, ColorDepth.TRUE);

  private static DefaultVirtualTerminal terminal() {
    return new DefaultVirtualTerminal(new TerminalSize(COLUMNS, ROWS));
  }

  @Test
  void theFirstPictureIsDrawnWholeAndTheSameOneNotAgain() throws IOException {
    List<Line> picture = List.of(line("reset in 04:38:40", Style.NORMAL), line("flat", Style.DIM));

    assertThat(painter.draw(picture)).isEqualTo(2 * COLUMNS);
    assertThat(painter.draw(picture)).isZero();
    assertThat(painter.draw(List.copyOf(picture))).isZero();
  }

  @Test
  void onlyWhatChangedIsDrawn() throws IOException {
    painter.draw(List.of(line("reset in 04:38:40", Style.NORMAL), line("flat", Style.DIM)));

    assertThat(
            painter.draw(List.of(line("reset in 04:38:39", Style.NORMAL), line("flat", Style.DIM))))
        .isEqualTo(2);
    assertThat(row(0)).isEqualTo("reset in 04:38:39");
    assertThat(row(1)).isEqualTo("flat");
  }

  @Test
  void anotherColourOfTheSameTextIsAChange() throws IOException {
    painter.draw(List.of(line("OK", Style.GOOD)));

    assertThat(painter.draw(List.of(line("OK", Style.BAD)))).isEqualTo(2);
  }

  @Test
  void afterForgettingEverythingIsDrawnAgain() throws IOException {
    List<Line> picture = List.of(line("LOCKED OUT", Style.BAD));
    painter.draw(picture);
    terminal.clearScreen();
    painter.forget();

    assertThat(painter.draw(picture)).isEqualTo(COLUMNS);
    assertThat(row(0)).isEqualTo("LOCKED OUT");
  }

  @Test
  void aWideCharacterIsDrawnAsOneAndReplacedAsOne() throws IOException {
    painter.draw(List.of(line("日本x", Style.NORMAL)));
    assertThat(painter.draw(List.of(line("日語x", Style.NORMAL)))).isEqualTo(1);
    assertThat(row(0)).startsWith("日").contains("語").endsWith("x");
    painter.draw(List.of(line("日abx", Style.NORMAL)));
    assertThat(row(0)).endsWith("abx").doesNotContain("語");
  }

  /** Drawn step by step or at once: the same is on the terminal. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void afterAnyChangesTheTerminalShowsTheLastPicture(long seed) throws IOException {
    Random random = new Random(seed);
    List<Line> picture = List.of();
    for (int i = 0; i < 60; i++) {
      picture = picture(random);
      painter.draw(picture);
    }
    DefaultVirtualTerminal fresh = terminal();
    new Painter(fresh, ColorDepth.TRUE).draw(picture);

    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        TextCharacter shown = terminal.getCharacter(column, row);
        assertThat(shown).as(column + "," + row).isEqualTo(fresh.getCharacter(column, row));
      }
    }
  }

  private static List<Line> picture(Random random) {
    List<Line> lines = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < random.nextInt(20); i++) {
        text.append((char) ('a' + random.nextInt(4)));
      }
      Style style = random.nextBoolean() ? Style.GOOD : Style.BAD;
      lines.add(line(text.toString(), style));
    }
    return lines;
  }

  /** As wide as the terminal, as all lines of the screen are. */
  private static Line line(String text, Style style) {
    return Line.of(text, style).fit(COLUMNS);
  }

  private String row(int row) {
    StringBuilder text = new StringBuilder();
    for (int column = 0; column < COLUMNS; column++) {
      text.append(terminal.getCharacter(column, row).getCharacterString());
    }
    return text.toString().stripTrailing();
  }
}
