package dev.riskmanager.admin.command;

import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.daemon.app.Setup;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which preset of rules a new home begins with. */
final class InitPreset {
  private static final String DEFAULT = "moderate";

  /** Columns of a rule's name, and of what a preset says of it: three fit a narrow terminal. */
  private static final int NAME = 29;

  private static final int NUMBER = 23;

  private InitPreset() {}

  /** A preset's rules with their numbers, a line each. */
  static List<String> numbers(String preset) {
    List<String> lines = new ArrayList<>();
    Setup.numbersOf(preset).forEach((rule, number) -> lines.add(padded(rule, NAME) + number));
    return lines;
  }

  /** All rules, and what each preset says of them, beside each other. */
  static List<String> beside(List<String> presets) {
    List<String> lines = new ArrayList<>();
    StringBuilder head = new StringBuilder(padded("", NAME));
    presets.forEach(preset -> head.append(padded(preset, NUMBER)));
    lines.add(head.toString().stripTrailing());
    for (String rule : Setup.numbersOf(presets.getFirst()).keySet()) {
      StringBuilder line = new StringBuilder(padded(rule, NAME));
      for (String preset : presets) {
        line.append(padded(Setup.numbersOf(preset).getOrDefault(rule, "off"), NUMBER));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static String padded(String text, int columns) {
    String fits = text.length() < columns ? text : text.substring(0, columns - 2) + "…";
    return fits + " ".repeat(columns - fits.length());
  }

  /**
   * The one given, or the one that is asked for with all their numbers in view, so that nobody
   * chooses a word.
   */
  static String choose(@Nullable String given, PrintWriter out) throws CommandException {
    if (given != null) {
      return given;
    }
    if (!Options.onTerminal()) {
      return DEFAULT;
    }
    beside(Setup.presets()).forEach(out::println);
    out.flush();
    while (true) {
      String answer = Questions.askOr("Preset [" + DEFAULT + "]: ", DEFAULT);
      if (Setup.presets().contains(answer)) {
        return answer;
      }
      out.println(
          "there is no preset " + answer + ", but " + String.join(", ", Setup.presets()) + ":");
      out.flush();
    }
  }
}
