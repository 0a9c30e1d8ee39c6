package dev.riskmanager.trader.view;

import org.jspecify.annotations.Nullable;

/** How each {@link Style} looks at each {@link ColorDepth}. */
public final class Palette {
  private Palette() {}

  /**
   * A colour.
   *
   * @param depth how {@code value} is to be read
   * @param value 0 to 15, 0 to 255, or 0xRRGGBB
   */
  public record Color(ColorDepth depth, int value) {
    /**
     * The parameters of the escape sequence that sets it.
     *
     * @param base 30 for the text, 40 for what is behind it
     * @return such as {@code 31}, {@code 38;5;160} or {@code 38;2;200;30;30}
     */
    public String sgr(int base) {
      return switch (depth) {
        case NONE, BASIC -> Integer.toString(value < 8 ? base + value : base + 60 + value - 8);
        case INDEXED -> (base + 8) + ";5;" + value;
        case TRUE ->
            (base + 8)
                + ";2;"
                + (value >> 16 & 0xFF)
                + ";"
                + (value >> 8 & 0xFF)
                + ";"
                + (value & 0xFF);
      };
    }
  }

  /**
   * A look.
   *
   * @param foreground colour of the text, null for the terminal's own
   * @param background colour behind it, null for the terminal's own
   * @param bold whether it is bold
   * @param reverse whether text and background are exchanged
   */
  public record Look(
      @Nullable Color foreground, @Nullable Color background, boolean bold, boolean reverse) {}

  /**
   * Looks a style up.
   *
   * @param style the style
   * @param depth what the terminal shows
   * @return its look
   */
  public static Look look(Style style, ColorDepth depth) {
    return depth == ColorDepth.NONE ? plain(style) : colored(style, depth);
  }

  private static Look plain(Style style) {
    return switch (style) {
      case NORMAL, DIM, FRAME, GOOD -> new Look(null, null, false, false);
      case STRONG, TITLE, KEY, WARN, BAD -> new Look(null, null, true, false);
      case GOOD_BLOCK, QUIET_BLOCK, SELECTED -> new Look(null, null, false, true);
      case WARN_BLOCK, BAD_BLOCK -> new Look(null, null, true, true);
    };
  }

  private static Look colored(Style style, ColorDepth depth) {
    return switch (style) {
      case NORMAL -> new Look(null, null, false, false);
      case STRONG -> new Look(null, null, true, false);
      case DIM -> text(depth, false, 8, 245, 0x8A8F98);
      case FRAME -> text(depth, false, 8, 240, 0x4B5563);
      case TITLE -> text(depth, true, 6, 81, 0x67C7E8);
      case KEY -> text(depth, true, 6, 81, 0x67C7E8);
      case GOOD -> text(depth, false, 2, 78, 0x4ADE80);
      case WARN -> text(depth, true, 3, 221, 0xFACC15);
      case BAD -> text(depth, true, 9, 203, 0xF87171);
      case GOOD_BLOCK -> block(depth, color(depth, 0, 16, 0x04140A), 2, 71, 0x34A853);
      case WARN_BLOCK -> block(depth, color(depth, 0, 16, 0x1A1400), 3, 220, 0xF5C518);
      case BAD_BLOCK -> block(depth, color(depth, 15, 231, 0xFFFFFF), 1, 160, 0xC81E1E);
      case QUIET_BLOCK -> block(depth, color(depth, 15, 231, 0xFFFFFF), 8, 240, 0x4B5563);
      case SELECTED -> block(depth, color(depth, 15, 231, 0xFFFFFF), 4, 24, 0x1E5A8A);
    };
  }

  private static Look text(ColorDepth depth, boolean bold, int basic, int indexed, int rgb) {
    return new Look(color(depth, basic, indexed, rgb), null, bold, false);
  }

  private static Look block(ColorDepth depth, Color text, int basic, int indexed, int rgb) {
    return new Look(text, color(depth, basic, indexed, rgb), true, false);
  }

  private static Color color(ColorDepth depth, int basic, int indexed, int rgb) {
    return switch (depth) {
      case NONE, BASIC -> new Color(ColorDepth.BASIC, basic);
      case INDEXED -> new Color(depth, indexed);
      case TRUE -> new Color(depth, rgb);
    };
  }
}
