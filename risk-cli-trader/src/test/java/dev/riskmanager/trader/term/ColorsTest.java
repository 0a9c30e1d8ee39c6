package dev.riskmanager.trader.term;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import dev.riskmanager.trader.view.ColorDepth;
import dev.riskmanager.trader.view.Line;
import dev.riskmanager.trader.view.Style;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the environment says of a terminal, down to the bytes that are sent to it. */
class ColorsTest {
  private static final Pattern SGR = Pattern.compile("\\x1b\\[([0-9;]*)m");

  /** The parameters one may see: reset, bold and reverse, and the colours of the depth. */
  private static final Map<ColorDepth, String> ALLOWED =
      Map.of(
          ColorDepth.NONE, "|0|1|7",
          ColorDepth.BASIC, "|0|1|[39][0-7]|(4|10)[0-7]",
          ColorDepth.INDEXED, "|0|1|[34]8;5;(\\d{1,2}|1\\d\\d|2[0-4]\\d|25[0-5])",
          ColorDepth.TRUE, "|0|1|[34]8;2;\\d{1,3};\\d{1,3};\\d{1,3}");

  @ParameterizedTest
  @CsvSource({
    "xterm-256color, '', '', INDEXED",
    "xterm-256color, truecolor, '', TRUE",
    "xterm, 24bit, '', TRUE",
    "xterm-direct, '', '', TRUE",
    "screen-256color, yes, '', INDEXED",
    "xterm, '', '', BASIC",
    "linux, '', '', BASIC",
    "xterm-256color, truecolor, 1, NONE",
    "xterm-256color, truecolor, 0, NONE",
    "dumb, truecolor, '', NONE",
    "vt100, '', '', NONE",
    "xterm-mono, '', '', NONE",
    "'', '', '', NONE"
  })
  void whatIsSentIsWhatTheTerminalShows(
      String term, String colorTerm, String noColor, ColorDepth depth) throws IOException {
    Map<String, String> environment =
        Map.of("TERM", term, "COLORTERM", colorTerm, "NO_COLOR", noColor);
    ColorDepth found = ColorDepth.detect(environment, false);
    assertThat(found).isEqualTo(depth);

    List<Line> picture = new ArrayList<>();
    for (Style style : Style.values()) {
      picture.add(Line.of(style.name(), style));
    }
    TreeSet<String> sent = new TreeSet<>();
    Matcher matcher = SGR.matcher(drawn(found, picture));
    while (matcher.find()) {
      sent.add(matcher.group(1));
    }

    assertThat(sent).allMatch(code -> code.matches(ALLOWED.get(depth)));
    if (depth != ColorDepth.NONE) {
      // Good, bad and worth a look are told apart, as text and as a block.
      assertThat(sent.size()).isGreaterThan(10);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, '', 7",
    "BASIC, 32, 42",
    "INDEXED, 38;5;78, 48;5;71",
    "TRUE, 38;2;74;222;128, 48;2;52;168;83"
  })
  void goodIsGreenAtEachDepth(ColorDepth depth, String text, String block) throws IOException {
    assertThat(drawn(depth, List.of(Line.of("+1.00", Style.GOOD))))
        .contains(text.isEmpty() ? "+1.00" : "\033[" + text + "m");
    assertThat(drawn(depth, List.of(Line.of("OK TO TRADE", Style.GOOD_BLOCK))))
        .contains("\033[" + block + "m");
  }

  private static String drawn(ColorDepth depth, List<Line> picture) throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    ANSITerminal terminal =
        new ANSITerminal(InputStream.nullInputStream(), sent, StandardCharsets.UTF_8) {
          @Override
          protected TerminalSize findTerminalSize() {
            return new TerminalSize(80, 24);
          }
        };
    new Painter(terminal, depth).draw(picture);
    return sent.toString(StandardCharsets.UTF_8);
  }
}
