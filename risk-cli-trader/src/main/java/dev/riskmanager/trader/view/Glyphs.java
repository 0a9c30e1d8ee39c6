package dev.riskmanager.trader.view;

/**
 * The characters things are drawn with.
 *
 * @param topLeft corner of a frame
 * @param topRight corner of a frame
 * @param bottomLeft corner of a frame
 * @param bottomRight corner of a frame
 * @param horizontal side of a frame
 * @param vertical side of a frame
 * @param full a full cell of a bar
 * @param parts a cell of a bar filled by one part more each, from least to most; may be empty
 * @param empty an empty cell of a bar
 * @param levels a cell of a curve filled from below, from least to full
 * @param cut shows that a text goes on
 * @param dot a separator
 * @param arrows the four arrow keys, left right up down
 * @param yes a tick
 * @param no a cross
 */
public record Glyphs(
    String topLeft,
    String topRight,
    String bottomLeft,
    String bottomRight,
    String horizontal,
    String vertical,
    String full,
    String parts,
    String empty,
    String levels,
    String cut,
    String dot,
    String arrows,
    String yes,
    String no) {

  /** For a terminal with a UTF-8 locale. */
  public static final Glyphs UNICODE =
      new Glyphs(
          "┌",
          "┐",
          "└",
          "┘",
          "─",
          "│",
          "█",
          "▏▎▍▌▋▊▉",
          "░",
          "▁▂▃▄▅▆▇█",
          "…",
          "·",
          "←→↑↓",
          "✓",
          "✗");

  /** For everything else. */
  public static final Glyphs ASCII =
      new Glyphs("+", "+", "+", "+", "-", "|", "#", "", ".", "_.-'\"", "~", "|", "<>^v", "y", "n");
}
