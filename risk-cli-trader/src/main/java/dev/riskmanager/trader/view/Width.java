package dev.riskmanager.trader.view;

/**
 * How many columns of a terminal a text takes. A code point takes none, one or two; what terminals
 * disagree about (joined emoji, variation selectors) is taken out by {@link #clean}, so that the
 * answer is the same everywhere.
 */
public final class Width {
  /**
   * First and last code points that take two columns: East Asian Wide and Fullwidth, and the emoji
   * that are drawn as such. Source: Unicode 16 EastAsianWidth.txt, blocks joined where only
   * unassigned code points lie between.
   */
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x231A, 0x231B, 0x2329, 0x232A, 0x23E9, 0x23EC, 0x23F0, 0x23F0, 0x23F3, 0x23F3,
    0x25FD, 0x25FE, 0x2614, 0x2615, 0x2630, 0x2637, 0x2648, 0x2653, 0x267F, 0x267F, 0x268A, 0x268F,
    0x2693, 0x2693, 0x26A1, 0x26A1, 0x26AA, 0x26AB, 0x26BD, 0x26BE, 0x26C4, 0x26C5, 0x26CE, 0x26CE,
    0x26D4, 0x26D4, 0x26EA, 0x26EA, 0x26F2, 0x26F3, 0x26F5, 0x26F5, 0x26FA, 0x26FA, 0x26FD, 0x26FD,
    0x2705, 0x2705, 0x270A, 0x270B, 0x2728, 0x2728, 0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755,
    0x2757, 0x2757, 0x2795, 0x2797, 0x27B0, 0x27B0, 0x27BF, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50,
    0x2B55, 0x2B55, 0x2E80, 0x303E, 0x3041, 0x4DBF, 0x4DC0, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3,
    0xF900, 0xFAFF, 0xFE10, 0xFE19, 0xFE30, 0xFE6F, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0,
    0x18DFF, 0x1AFF0, 0x1B2FF, 0x1D300, 0x1D376, 0x1F004, 0x1F004, 0x1F0CF, 0x1F0CF, 0x1F18E,
    0x1F18E, 0x1F191, 0x1F19A, 0x1F1E6, 0x1F202, 0x1F210, 0x1F23B, 0x1F240, 0x1F248, 0x1F250,
    0x1F251, 0x1F260, 0x1F265, 0x1F300, 0x1F320, 0x1F32D, 0x1F335, 0x1F337, 0x1F37C, 0x1F37E,
    0x1F393, 0x1F3A0, 0x1F3CA, 0x1F3CF, 0x1F3D3, 0x1F3E0, 0x1F3F0, 0x1F3F4, 0x1F3F4, 0x1F3F8,
    0x1F43E, 0x1F440, 0x1F440, 0x1F442, 0x1F4FC, 0x1F4FF, 0x1F53D, 0x1F54B, 0x1F54E, 0x1F550,
    0x1F567, 0x1F57A, 0x1F57A, 0x1F595, 0x1F596, 0x1F5A4, 0x1F5A4, 0x1F5FB, 0x1F64F, 0x1F680,
    0x1F6C5, 0x1F6CC, 0x1F6CC, 0x1F6D0, 0x1F6D2, 0x1F6D5, 0x1F6D7, 0x1F6DC, 0x1F6DF, 0x1F6EB,
    0x1F6EC, 0x1F6F4, 0x1F6FC, 0x1F7E0, 0x1F7EB, 0x1F7F0, 0x1F7F0, 0x1F90C, 0x1F93A, 0x1F93C,
    0x1F945, 0x1F947, 0x1F9FF, 0x1FA70, 0x1FAFF, 0x20000, 0x2FFFD, 0x30000, 0x3FFFD
  };

  /** Of two letters some terminals make a flag of two columns, others four columns or two. */
  private static final int FLAG_LETTERS = 0x1F1E6;

  /** They colour the emoji before them, or stand beside it. */
  private static final int SKIN_TONES = 0x1F3FB;

  private Width() {}

  /**
   * Columns of a text.
   *
   * @param text clean text
   * @return its columns
   */
  public static int of(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      width += of(point);
      i += Character.charCount(point);
    }
    return width;
  }

  /**
   * Columns of a code point.
   *
   * @param point the code point
   * @return 0, 1 or 2
   */
  public static int of(int point) {
    if (point < 0x300) {
      return 1;
    }
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    return wide(point) ? 2 : 1;
  }

  private static boolean wide(int point) {
    int low = 0;
    int high = WIDE.length / 2 - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (point < WIDE[2 * middle]) {
        high = middle - 1;
      } else if (point > WIDE[2 * middle + 1]) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  /**
   * A text that cannot do anything to a terminal but be shown: control characters become spaces,
   * invisible ones (joiners, directions, variation selectors), skin tones and lone surrogates go,
   * and so does a combining mark without anything to combine with. The two halves of a flag become
   * the letters of its country.
   *
   * @param text any text
   * @return the text to show
   */
  public static String clean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Latin and the box and block characters of the frames need no second look.
      boolean plain = (c >= ' ' && c < 0x7F) || (c >= 0x2500 && c < 0x25A0);
      if (!plain) {
        return cleanSlowly(text);
      }
    }
    return text;
  }

  private static String cleanSlowly(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      int type = Character.getType(point);
      if (type == Character.CONTROL
          || type == Character.LINE_SEPARATOR
          || type == Character.PARAGRAPH_SEPARATOR) {
        shown.append(' ');
      } else if (type == Character.FORMAT
          || type == Character.SURROGATE
          || (point >= 0xFE00 && point <= 0xFE0F)
          || (point >= 0xE0100 && point <= 0xE01EF)
          || (point >= SKIN_TONES && point < SKIN_TONES + 5)
          || (shown.isEmpty() && of(point) == 0)) {
        continue;
      } else if (point >= FLAG_LETTERS && point < FLAG_LETTERS + 26) {
        shown.append((char) ('A' + point - FLAG_LETTERS));
      } else {
        shown.appendCodePoint(point);
      }
    }
    return shown.toString();
  }

  /**
   * The beginning of a text that fits.
   *
   * @param text clean text
   * @param columns at most this many
   * @return the longest beginning that takes no more; one column less where a wide character does
   *     not fit
   */
  public static String cut(String text, int columns) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      width += of(point);
      if (width > columns) {
        return text.substring(0, i);
      }
      i += Character.charCount(point);
    }
    return text;
  }

  /**
   * A text as it is, or with a mark in the place of its middle when it does not fit: for names that
   * differ at their ends.
   *
   * @param text clean text
   * @param columns at most this many
   * @param mark what shows that something was cut, one column
   * @return at most that many columns
   */
  public static String middle(String text, int columns, String mark) {
    if (of(text) <= columns || columns < 3) {
      return shorten(text, columns, mark);
    }
    String head = cut(text, (columns - 1) / 2);
    int room = columns - 1 - of(head);
    int from = text.length();
    for (int i = from; i > 0 && of(text.substring(i)) <= room; ) {
      // A mark that combines with what stands before it is not torn off.
      boolean whole = i == text.length() || of(text.codePointAt(i)) > 0;
      from = whole ? i : from;
      i -= Character.charCount(text.codePointBefore(i));
    }
    return head + mark + text.substring(from);
  }

  /**
   * A text as it is, or cut with a mark at its end when it does not fit.
   *
   * @param text clean text
   * @param columns at most this many
   * @param mark what shows that something was cut, one column
   * @return at most that many columns
   */
  public static String shorten(String text, int columns, String mark) {
    if (of(text) <= columns) {
      return text;
    }
    return columns < 1 ? "" : cut(text, columns - 1) + mark;
  }
}
