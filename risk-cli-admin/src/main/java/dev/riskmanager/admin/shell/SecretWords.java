package dev.riskmanager.admin.shell;

import java.util.regex.Pattern;

/** Tells lines that may hold a secret: they are kept nowhere. Rather one too many than too few. */
final class SecretWords {
  private static final Pattern SECRET =
      Pattern.compile(
          "pass(word|wd|phrase)|secret|token|credential|api[-_]?key|webhook|discord|telegram|://",
          Pattern.CASE_INSENSITIVE);

  private SecretWords() {}

  /** Whether a line is not to be kept. The bare name of a command is no secret. */
  static boolean isIn(String line) {
    String text = line.strip();
    return !text.equals("passwd") && SECRET.matcher(text).find();
  }
}
