package dev.riskmanager.admin.render;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a description says first: for a list, where the whole has no room. */
public final class FirstSentence {
  private static final Pattern END = Pattern.compile("[.:;](?= )|[.]$");

  private FirstSentence() {}

  /**
   * Up to its first stop, without it.
   *
   * @param lines as they are broken in the help of a command
   */
  public static String of(String... lines) {
    String text = String.join(" ", lines).strip().replaceAll(" +", " ");
    Matcher end = END.matcher(text);
    return end.find() ? text.substring(0, end.start()) : text;
  }
}
