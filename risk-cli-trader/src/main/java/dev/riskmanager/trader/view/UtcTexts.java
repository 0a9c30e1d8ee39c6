package dev.riskmanager.trader.view;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds instants in texts, as {@code 2025-10-31T22:00:00Z}. By hand for the same reason as {@link
 * Times}.
 */
final class UtcTexts {
  private static final String DATE = "dddd-dd-ddTdd:dd:dd";

  private UtcTexts() {}

  /** The text with another word for each instant. */
  static String replace(String text, Function<Instant, String> word) {
    int from = 0;
    StringBuilder replaced = new StringBuilder();
    for (int t = text.indexOf('T'); t >= 0; t = text.indexOf('T', t + 1)) {
      int start = t - DATE.indexOf('T');
      int end = start < from ? -1 : end(text, start);
      Instant at = end < 0 ? null : parse(text, start, end);
      if (at != null) {
        replaced.append(text, from, start).append(word.apply(at));
        from = end;
        t = end - 1;
      }
    }
    return from == 0 ? text : replaced.append(text, from, text.length()).toString();
  }

  /** Where the instant that begins there ends, -1 when none does. */
  private static int end(String text, int start) {
    int end = start + DATE.length();
    boolean inWord = start > 0 && Character.isLetterOrDigit(text.charAt(start - 1));
    if (inWord || end >= text.length()) {
      return -1;
    }
    for (int i = 0; i < DATE.length(); i++) {
      char wanted = DATE.charAt(i);
      char c = text.charAt(start + i);
      if (wanted == 'd' ? !digit(c) : c != wanted) {
        return -1;
      }
    }
    if (text.charAt(end) == '.') {
      end++;
      while (end < text.length() && digit(text.charAt(end))) {
        end++;
      }
    }
    return end < text.length() && text.charAt(end) == 'Z' ? end + 1 : -1;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static @Nullable Instant parse(String text, int start, int end) {
    int fraction = start + DATE.length() + 1;
    int nanos = 0;
    for (int i = 0; i < 9; i++) {
      int digit = fraction + i < end - 1 ? text.charAt(fraction + i) - '0' : 0;
      nanos = nanos * 10 + digit;
    }
    try {
      return LocalDateTime.of(
              number(text, start, 4),
              number(text, start + 5, 2),
              number(text, start + 8, 2),
              number(text, start + 11, 2),
              number(text, start + 14, 2),
              number(text, start + 17, 2),
              nanos)
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      // Looks like one and is none.
      return null;
    }
  }

  private static int number(String text, int at, int digits) {
    int number = 0;
    for (int i = at; i < at + digits; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }
}
