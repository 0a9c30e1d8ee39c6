package dev.riskmanager.trader.view;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How each {@link Style} looks at each {@link ColorDepth}. */
public final class Palette {
  private static final Map<ColorDepth, Map<Style, Look>> LOOKS = looks();

  private Palette() {}

  /**
   * A colour.
   *
   * @param depth how {@code value} is to be read
   * @param value 0 to 15, 0 to 255, or 0xRRGGBB
   */
  public record Color(ColorDepth depth, int value) {}

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
    Look look = LOOKS.getOrDefault(depth, Map.of()).get(style);
    if (look == null) {
      throw new IllegalStateException("no look for " + style + " at " + depth);
    }
    return look;
  }

  private static Map<ColorDepth, Map<Style, Look>> looks() {
    Map<ColorDepth, Map<Style, Look>> looks = new EnumMap<>(ColorDepth.class);
    for (ColorDepth depth : ColorDepth.values()) {
      Map<Style, Look> byStyle = new EnumMap<>(Style.class);
      for (Style style : Style.values()) {
        byStyle.put(style, depth == ColorDepth.NONE ? plain(style) : colored(style, depth));
      }
      looks.put(depth, byStyle);
    }
    return looks;
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
