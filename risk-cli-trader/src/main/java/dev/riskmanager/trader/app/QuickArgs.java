package dev.riskmanager.trader.app;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@code status} where they are plain: picocli takes more time to read its
 * annotations than the whole answer takes, and {@code status} runs in prompts and status bars.
 * Whatever is not plain (help, abbreviations, mistakes) is left to picocli; a test holds that both
 * understand the same.
 *
 * @param options the options of every command
 * @param request those of {@code status}
 */
record QuickArgs(CommonOptions options, StatusRequest request) {

  /**
   * Reads arguments.
   *
   * @param args the arguments
   * @return what they ask for, null when they are not plain
   */
  static @Nullable QuickArgs read(String... args) {
    CommonOptions options = new CommonOptions();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < args.length; i++) {
      String name = args[i];
      if (!seen.add(name)) {
        return null;
      }
      switch (name) {
        case "status" -> {}
        case "--once", "--oneline", "--check" -> {
          // They belong to the command, and stand after it.
          if (!seen.contains("status")) {
            return null;
          }
        }
        case "--json" -> options.json = true;
        case "--no-color" -> options.noColor = true;
        case "--home", "--account" -> {
          String value = ++i < args.length ? args[i] : "";
          boolean plain = !value.isEmpty() && "-@\"".indexOf(value.charAt(0)) < 0;
          if (!plain || !take(options, name, value)) {
            return null;
          }
        }
        default -> {
          return null;
        }
      }
    }
    return seen.contains("status")
        ? new QuickArgs(
            options,
            new StatusRequest(
                seen.contains("--once"), seen.contains("--oneline"), seen.contains("--check")))
        : null;
  }

  private static boolean take(CommonOptions options, String name, String value) {
    if (name.equals("--home")) {
      // A bare word may be the name of a command, which picocli takes it for.
      options.home = value;
      return value.indexOf('/') >= 0;
    }
    if (value.length() > 18 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return false;
    }
    options.account = Long.valueOf(value);
    return true;
  }
}
