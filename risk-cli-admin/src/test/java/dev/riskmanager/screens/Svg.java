package dev.riskmanager.screens;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A captured terminal as a picture: text with the colours of its escape sequences (ECMA-48 SGR,
 * with the 256 and true colours of xterm).
 */
final class Svg {
  private static final double CELL = 8.4;
  private static final int ROW = 18;
  private static final int MARGIN = 12;
  private static final String TEXT = "#d5d9e0";
  private static final String GROUND = "#15181e";

  /** What xterm calls its first sixteen colours, a little softer. */
  private static final String[] BASIC = {
    "#15181e", "#c0392b", "#3fae5a", "#c8a415", "#4a7fd0", "#a45bc0", "#3aa7b5", "#c5c8c6",
    "#6b7280", "#f87171", "#4ade80", "#facc15", "#7aa6f0", "#d38ae8", "#67c7e8", "#ffffff"
  };

  private record Look(
      @Nullable String front, @Nullable String back, boolean bold, boolean reverse) {
    static final Look PLAIN = new Look(null, null, false, false);
  }

  private record Run(int column, int columns, String text, Look look) {}

  private Svg() {}

  /**
   * Draws it.
   *
   * @param captured lines with escape sequences, as tmux captures them
   * @param columns the width of the terminal
   * @param rows its height
   * @param title what it shows, for those who do not see it
   * @return the picture
   */
  static String of(String captured, int columns, int rows, String title) {
    StringBuilder svg = new StringBuilder();
    double width = 2 * MARGIN + columns * CELL;
    int height = 2 * MARGIN + rows * ROW;
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %d\" width=\"%.0f\""
                + " height=\"%d\" font-family=\"'DejaVu Sans Mono', Menlo, Consolas, 'Liberation"
                + " Mono', monospace\" font-size=\"14\">%n<title>%s</title>%n<rect width=\"100%%\""
                + " height=\"100%%\" rx=\"6\" fill=\"%s\"/>%n",
            width,
            height,
            width,
            height,
            escape(title),
            GROUND));
    Look look = Look.PLAIN;
    String[] lines = captured.split("\n", -1);
    for (int row = 0; row < Math.min(rows, lines.length); row++) {
      List<Run> runs = new ArrayList<>();
      look = runs(lines[row], look, runs);
      for (Run run : runs) {
        draw(svg, run, row);
      }
    }
    return svg.append("</svg>\n").toString();
  }

  /** The text of captured lines without their escape sequences. */
  static String text(String captured) {
    return captured.replaceAll("\033\\[[0-9;:]*m", "").replaceAll("[ \t]+\n", "\n");
  }

  private static Look runs(String line, Look from, List<Run> runs) {
    Look look = from;
    int column = 0;
    int begin = 0;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.length(); ) {
      if (line.startsWith("\033[", i)) {
        int end = line.indexOf('m', i);
        runs.add(new Run(begin, column - begin, text.toString(), look));
        text.setLength(0);
        begin = column;
        look = apply(look, line.substring(i + 2, end));
        i = end + 1;
        continue;
      }
      int point = line.codePointAt(i);
      text.appendCodePoint(point);
      column += wide(point) ? 2 : 1;
      i += Character.charCount(point);
    }
    runs.add(new Run(begin, column - begin, text.toString(), look));
    return look;
  }

  private static boolean wide(int point) {
    return (point >= 0x1100 && point <= 0x115F)
        || (point >= 0x2E80 && point <= 0xA4CF)
        || (point >= 0xAC00 && point <= 0xD7A3)
        || (point >= 0xFF01 && point <= 0xFF60)
        || (point >= 0x1F300 && point <= 0x1FAFF);
  }

  private static Look apply(Look before, String codes) {
    Look look = before;
    String[] parts = codes.isEmpty() ? new String[] {"0"} : codes.split("[;:]", -1);
    for (int i = 0; i < parts.length; i++) {
      int code = parts[i].isEmpty() ? 0 : Integer.parseInt(parts[i]);
      boolean extended = code == 38 || code == 48;
      String color = null;
      if (extended && parts[i + 1].equals("5")) {
        color = indexed(Integer.parseInt(parts[i + 2]));
        i += 2;
      } else if (extended) {
        color =
            String.format(
                "#%02x%02x%02x",
                Integer.parseInt(parts[i + 2]),
                Integer.parseInt(parts[i + 3]),
                Integer.parseInt(parts[i + 4]));
        i += 4;
      }
      look = with(look, code, color);
    }
    return look;
  }

  private static Look with(Look look, int code, @Nullable String color) {
    return switch (code) {
      case 0 -> Look.PLAIN;
      case 1 -> new Look(look.front, look.back, true, look.reverse);
      case 22 -> new Look(look.front, look.back, false, look.reverse);
      case 7 -> new Look(look.front, look.back, look.bold, true);
      case 27 -> new Look(look.front, look.back, look.bold, false);
      case 38 -> new Look(color, look.back, look.bold, look.reverse);
      case 48 -> new Look(look.front, color, look.bold, look.reverse);
      case 39 -> new Look(null, look.back, look.bold, look.reverse);
      case 49 -> new Look(look.front, null, look.bold, look.reverse);
      default -> {
        String basic = basic(code);
        boolean back = (code >= 40 && code < 48) || (code >= 100 && code < 108);
        yield basic == null
            ? look
            : back
                ? new Look(look.front, basic, look.bold, look.reverse)
                : new Look(basic, look.back, look.bold, look.reverse);
      }
    };
  }

  private static @Nullable String basic(int code) {
    if ((code >= 30 && code < 38) || (code >= 40 && code < 48)) {
      return BASIC[code % 10];
    }
    return (code >= 90 && code < 98) || (code >= 100 && code < 108) ? BASIC[8 + code % 10] : null;
  }

  private static String indexed(int index) {
    if (index < 16) {
      return BASIC[index];
    }
    if (index >= 232) {
      int grey = 8 + 10 * (index - 232);
      return String.format("#%02x%02x%02x", grey, grey, grey);
    }
    int cube = index - 16;
    return String.format("#%02x%02x%02x", level(cube / 36), level(cube / 6 % 6), level(cube % 6));
  }

  private static int level(int step) {
    return step == 0 ? 0 : 55 + 40 * step;
  }

  private static void draw(StringBuilder svg, Run run, int row) {
    if (run.columns() == 0) {
      return;
    }
    Look look = run.look();
    String front = look.front() == null ? TEXT : look.front();
    String back = look.back();
    if (look.reverse()) {
      String ground = back == null ? GROUND : back;
      back = front;
      front = ground;
    }
    double x = MARGIN + run.column() * CELL;
    int y = MARGIN + row * ROW;
    double width = run.columns() * CELL;
    if (back != null) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
              x,
              y,
              width,
              ROW,
              back));
    }
    if (!run.text().isBlank()) {
      // The length is given, so that columns line up whatever font there is.
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\" textLength=\"%.1f\" lengthAdjust=\"spacingAndGlyphs\""
                  + " xml:space=\"preserve\" fill=\"%s\"%s>%s</text>%n",
              x,
              y + 14,
              width,
              front,
              look.bold() ? " font-weight=\"bold\"" : "",
              escape(run.text())));
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
