package dev.riskmanager.admin.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jline.reader.Parser;
import org.jline.reader.SyntaxError;

/** What a line says, typed or from a file. */
final class ShellLine {
  /** These run in the foreground until they are interrupted, or are this shell itself. */
  private static final List<List<String>> OUTSIDE =
      List.of(List.of("shell"), List.of("engine", "run"), List.of("demo"), List.of("venue"));

  /** What the shell itself does. */
  static final List<String> OWN = List.of("help", "history", "clear", "exit", "quit");

  private static final String PROGRAM = "risk-admin";

  private ShellLine() {}

  /** What a line may begin with. */
  static Set<String> names(Set<String> commands) {
    Set<String> names = new TreeSet<>(commands);
    names.addAll(OWN);
    return names;
  }

  /** The name of the command in a line, whatever follows; empty when nothing is there yet. */
  static String first(String line) {
    String text = line.strip();
    String name = text.split("\\s", 2)[0];
    return name.equals(PROGRAM) ? first(text.substring(PROGRAM.length())) : name;
  }

  /**
   * The words of a command; none for an empty line and a comment.
   *
   * @throws SyntaxError when a quote is not closed
   */
  static List<String> words(Parser parser, String line) {
    List<String> words =
        new ArrayList<>(
            line.strip().startsWith("#")
                ? List.of()
                : parser.parse(line, line.length(), Parser.ParseContext.ACCEPT_LINE).words());
    words.removeIf(String::isEmpty);
    if (words.size() > 1 && words.getFirst().equals(PROGRAM)) {
      words.removeFirst();
    }
    if (!words.isEmpty() && words.getFirst().equals("help")) {
      words.removeFirst();
      words.add("--help");
    }
    return words;
  }

  static boolean isLast(List<String> words) {
    return words.getFirst().equals("exit") || words.getFirst().equals("quit");
  }

  /** Whether it cannot be done inside the shell. */
  static boolean isOutside(List<String> words) {
    return OUTSIDE.stream()
        .anyMatch(
            command ->
                words.size() >= command.size()
                    && words.subList(0, command.size()).equals(command)
                    && !words.contains("--help"));
  }
}
