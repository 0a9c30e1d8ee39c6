package dev.riskmanager.trader.view;

/**
 * A piece of text in one style.
 *
 * @param text the text, made {@linkplain Width#clean clean}
 * @param style what it means
 */
public record Span(String text, Style style) {
  public Span {
    text = Width.clean(text);
  }

  /**
   * Columns it takes.
   *
   * @return its width
   */
  public int width() {
    return Width.of(text);
  }
}
