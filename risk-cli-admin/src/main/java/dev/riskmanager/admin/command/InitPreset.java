package dev.riskmanager.admin.command;

import dev.riskmanager.admin.render.Fold;
import dev.riskmanager.admin.session.CommandException;
import dev.riskmanager.admin.session.Options;
import dev.riskmanager.admin.session.Questions;
import dev.riskmanager.daemon.app.Setup;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which preset of rules a new home begins with. */
final class InitPreset {
  private static final String DEFAULT = "moderate";

  /** Columns of a rule's name; one is left free behind the longest. */
  private static final int NAME = 29;

  private InitPreset() {}

  /** What the presets are called. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Setup.presets().iterator();
    }
  }

  /** A preset's rules with their numbers, a line each. */
  static List<String> numbers(String preset) {
    List<String> lines = new ArrayList<>();
    Setup.numbersOf(preset)
        .forEach((rule, numbers) -> lines.add(padded(rule, NAME) + String.join(", ", numbers)));
    return lines;
  }

  /**
   * All rules, and what each preset says of them, beside each other; where that has no room, one
   * after the other. No number is broken or cut.
   *
   * @param columns of the terminal
   */
  static List<String> beside(List<String> presets, int columns) {
    int longest =
        presets.stream()
            .flatMap(preset -> Setup.numbersOf(preset).values().stream())
            .flatMap(List::stream)
            .mapToInt(number -> number.length() + 1)
            .max()
            .orElse(0);
    int width = (columns - NAME) / presets.size();
    List<String> lines = new ArrayList<>();
    if (width <= longest) {
      for (String preset : presets) {
        lines.add(preset + ":");
        numbers(preset).forEach(line -> lines.add("  " + line));
      }
      return Fold.lines(lines, columns);
    }
    rows("", presets.stream().map(List::of).toList(), width, lines);
    for (String rule : Setup.numbersOf(presets.getFirst()).keySet()) {
      List<List<String>> cells = new ArrayList<>();
      for (String preset : presets) {
        cells.add(filled(Setup.numbersOf(preset).getOrDefault(rule, List.of("off")), width - 1));
      }
      rows(rule, cells, width, lines);
    }
    return lines;
  }

  /** As many lines as the highest cell has. */
  private static void rows(String name, List<List<String>> cells, int width, List<String> lines) {
    int height = cells.stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < height; i++) {
      StringBuilder line = new StringBuilder(padded(i == 0 ? name : "", NAME));
      for (List<String> cell : cells) {
        line.append(padded(i < cell.size() ? cell.get(i) : "", width));
      }
      lines.add(line.toString().stripTrailing());
    }
  }

  /** The numbers of a cell, as many in a line as have room. */
  private static List<String> filled(List<String> numbers, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < numbers.size(); i++) {
      String next = numbers.get(i) + (i < numbers.size() - 1 ? "," : "");
      if (!line.isEmpty() && line.length() + 1 + next.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(next);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - text.length()));
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
    beside(Setup.presets(), Options.columns()).forEach(out::println);
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
