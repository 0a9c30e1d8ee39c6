package dev.riskmanager.trader.term;

import com.googlecode.lanterna.TextColor;
import dev.riskmanager.trader.view.Palette;
import java.awt.Color;
import java.nio.charset.StandardCharsets;

/**
 * A colour as the parameters of an escape sequence (ECMA-48 SGR, and the extensions of xterm).
 * Lanterna's own colours format strings for every locale when they are loaded, which takes longer
 * than the first picture.
 *
 * @param color the colour
 */
record SgrColor(Palette.Color color) implements TextColor {
  private static final int FOREGROUND = 30;
  private static final int BACKGROUND = 40;

  @Override
  public byte[] getForegroundSGRSequence() {
    return color.sgr(FOREGROUND).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public byte[] getBackgroundSGRSequence() {
    return color.sgr(BACKGROUND).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public int getRed() {
    return rgb() >> 16 & 0xFF;
  }

  @Override
  public int getGreen() {
    return rgb() >> 8 & 0xFF;
  }

  @Override
  public int getBlue() {
    return rgb() & 0xFF;
  }

  /** Only a terminal that is a window asks for this; colours of a theme are not ours to know. */
  private int rgb() {
    return switch (color.depth()) {
      case TRUE -> color.value();
      case NONE, BASIC, INDEXED -> 0x808080;
    };
  }

  @Override
  @Deprecated
  public Color toColor() {
    return new Color(rgb());
  }
}
