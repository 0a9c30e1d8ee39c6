package dev.riskmanager.admin.command;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a command where they are plain: picocli takes more time to read its annotations
 * than an urgent command takes for everything else. Whatever is not plain (help, abbreviations,
 * {@code --name=value}, mistakes) is left to picocli; a test holds that both understand the same.
 */
final class PlainArgs {
  /** As many digits as a long surely has room for. */
  private static final int DIGITS = 18;

  private static final Set<String> COMMON = Set.of("--json", "--no-color", "--password-stdin");

  private final Map<String, String> values = new HashMap<>();
  private final Set<String> flags = new HashSet<>();
  private long account = -1;

  private PlainArgs() {}

  /**
   * Reads arguments.
   *
   * @param args the command's own, without its name
   * @param withAccount whether it takes one account, and needs it
   * @param flagNames its options without a value, besides the common ones
   * @param valueNames its options with a value, besides {@code --home}
   * @return what they say, null when they are not plain
   */
  static @Nullable PlainArgs read(
      String[] args, boolean withAccount, Set<String> flagNames, Set<String> valueNames) {
    PlainArgs read = new PlainArgs();
    for (int i = 0; i < args.length; i++) {
      String word = args[i];
      boolean taken;
      if (COMMON.contains(word) || flagNames.contains(word)) {
        taken = read.flags.add(word);
      } else if (word.equals("--home") || valueNames.contains(word)) {
        String value = ++i < args.length ? args[i] : "";
        taken = isPlain(value) && read.values.put(word, value) == null;
      } else {
        taken = withAccount && read.account < 0 && isNumber(word);
        read.account = taken ? Long.parseLong(word) : -1;
      }
      if (!taken) {
        return null;
      }
    }
    return withAccount && read.account < 0 ? null : read;
  }

  /** Nothing that picocli might take for an option, a file of arguments, or quoted. */
  private static boolean isPlain(String value) {
    return !value.isEmpty() && "-@\"'".indexOf(value.charAt(0)) < 0;
  }

  private static boolean isNumber(String word) {
    return !word.isEmpty()
        && word.length() <= DIGITS
        && word.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }

  long account() {
    return account;
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  @Nullable String value(String name) {
    return values.get(name);
  }
}
