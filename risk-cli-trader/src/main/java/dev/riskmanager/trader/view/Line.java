package dev.riskmanager.trader.view;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the screen.
 *
 * @param spans its pieces from left to right
 */
public record Line(List<Span> spans) {
  /** Nothing. */
  public static final Line EMPTY = new Line(List.of());

  public Line {
    spans = List.copyOf(spans);
  }

  /** Written out for the same reason as that of {@link Span}. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Line line && spans.equals(line.spans);
  }

  @Override
  public int hashCode() {
    return spans.hashCode();
  }

  /**
   * A line of ordinary text.
   *
   * @param text the text
   * @return the line
   */
  public static Line of(String text) {
    return of(text, Style.NORMAL);
  }

  /**
   * A line in one style.
   *
   * @param text the text
   * @param style the style
   * @return the line
   */
  public static Line of(String text, Style style) {
    return new Line(List.of(new Span(text, style)));
  }

  /**
   * Starts a line.
   *
   * @return an empty builder
   */
  public static Builder build() {
    return new Builder();
  }

  /**
   * Columns it takes.
   *
   * @return its width
   */
  public int width() {
    int width = 0;
    for (Span span : spans) {
      width += span.width();
    }
    return width;
  }

  /**
   * The text without styles.
   *
   * @return the text
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Span span : spans) {
      text.append(span.text());
    }
    return text.toString();
  }

  /**
   * Exactly so many columns: cut, or filled with spaces.
   *
   * @param columns how many
   * @return the line
   */
  public Line fit(int columns) {
    return fit(columns, Style.NORMAL);
  }

  /**
   * Exactly so many columns: cut, or filled with spaces in a style.
   *
   * @param columns how many
   * @param fill the style of the spaces
   * @return the line
   */
  public Line fit(int columns, Style fill) {
    List<Span> fitted = new ArrayList<>(spans.size() + 1);
    int left = columns;
    for (Span span : spans) {
      int width = span.width();
      if (width <= left) {
        fitted.add(span);
        left -= width;
        continue;
      }
      String beginning = Width.cut(span.text(), left);
      if (!beginning.isEmpty()) {
        fitted.add(new Span(beginning, span.style()));
        left -= Width.of(beginning);
      }
      break;
    }
    if (left > 0) {
      fitted.add(new Span(" ".repeat(left), fill));
    }
    return new Line(fitted);
  }

  /**
   * This line as it is, or cut with a mark at its end when it does not fit.
   *
   * @param columns at most this many
   * @param mark what shows that something was cut, one column
   * @return at most that many columns
   */
  public Line shorten(int columns, String mark) {
    if (width() <= columns) {
      return this;
    }
    Line beginning = fit(Math.max(0, columns - 1));
    Style last = beginning.spans.isEmpty() ? Style.NORMAL : beginning.spans.getLast().style();
    return columns < 1 ? EMPTY : beginning.then(of(mark, last));
  }

  /**
   * The same, but cut in its middle: for names that differ at their ends.
   *
   * @param columns at most this many
   * @param mark what shows that something was cut, one column
   * @return at most that many columns
   */
  public Line middle(int columns, String mark) {
    return spans.size() == 1
        ? of(Width.middle(spans.getFirst().text(), columns, mark), spans.getFirst().style())
        : shorten(columns, mark);
  }

  /**
   * The same in characters every terminal has.
   *
   * @return the line with question marks, one for each column, for what is not ASCII
   */
  public Line ascii() {
    List<Span> plain = new ArrayList<>(spans.size());
    for (Span span : spans) {
      StringBuilder text = new StringBuilder(span.text().length());
      span.text()
          .codePoints()
          .forEach(p -> text.append(p < 0x7F ? Character.toString(p) : "?".repeat(Width.of(p))));
      plain.add(new Span(text.toString(), span.style()));
    }
    return new Line(plain);
  }

  /**
   * This line and another after it.
   *
   * @param next the other
   * @return both
   */
  public Line then(Line next) {
    List<Span> both = new ArrayList<>(spans);
    both.addAll(next.spans);
    return new Line(both);
  }

  /** Puts a line together. */
  public static final class Builder {
    private final List<Span> spans = new ArrayList<>();

    /** Adds ordinary text. */
    public Builder add(String text) {
      return add(text, Style.NORMAL);
    }

    /** Adds text in a style. */
    public Builder add(String text, Style style) {
      if (!text.isEmpty()) {
        spans.add(new Span(text, style));
      }
      return this;
    }

    /** Adds a line. */
    public Builder add(Line line) {
      spans.addAll(line.spans());
      return this;
    }

    /** Adds text that begins at the right place to end at a column; at least one space before. */
    public Builder right(Line text, int columns, Style fill) {
      int gap = columns - line().width() - text.width();
      add(" ".repeat(Math.max(1, gap)), fill);
      return add(text);
    }

    /** The line. */
    public Line line() {
      return new Line(spans);
    }
  }
}
