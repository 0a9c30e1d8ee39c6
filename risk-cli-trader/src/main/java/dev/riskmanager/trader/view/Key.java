package dev.riskmanager.trader.view;

/**
 * A key that was pressed.
 *
 * @param kind which
 * @param character the character of {@link Kind#CHARACTER}, else 0
 */
public record Key(Kind kind, char character) {
  /** The keys the screen knows. */
  public enum Kind {
    CHARACTER,
    ENTER,
    ESCAPE,
    BACKSPACE,
    TAB,
    BACK_TAB,
    LEFT,
    RIGHT,
    UP,
    DOWN,
    PAGE_UP,
    PAGE_DOWN,
    HOME,
    END,
    /** The user wants out: Ctrl-C. */
    INTERRUPT,
    /** The user wants everything drawn again: Ctrl-L. */
    REDRAW,
    /** There is no more input: the terminal is gone. */
    END_OF_INPUT
  }

  /** A key that is no character. */
  public static Key of(Kind kind) {
    return new Key(kind, (char) 0);
  }

  /** A character. */
  public static Key of(char character) {
    return new Key(Kind.CHARACTER, character);
  }
}
