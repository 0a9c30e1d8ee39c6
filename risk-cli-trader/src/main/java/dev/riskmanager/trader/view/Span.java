package dev.riskmanager.trader.view;

import org.jspecify.annotations.Nullable;

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
   * What a record has anyway, but written out: that is put together at its first use, and would
   * take longer than drawing the first picture.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Span span && style == span.style && text.equals(span.text);
  }

  @Override
  public int hashCode() {
    return 31 * text.hashCode() + style.hashCode();
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
