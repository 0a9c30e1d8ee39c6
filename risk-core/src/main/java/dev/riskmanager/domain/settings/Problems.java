package dev.riskmanager.domain.settings;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects every error and warning of a configuration, so that all are shown at once. */
public final class Problems {

  /**
   * One thing that is wrong.
   *
   * @param path keys from the top, e.g. {@code daily_realized_loss.limit}
   * @param message what is wrong and what is allowed
   * @param warning whether it loads all the same
   */
  public record Problem(ConfigNode.Place place, String path, String message, boolean warning) {
    /** One line whatever stood in the file: {@code file:line:col: path: message}. */
    @Override
    public String toString() {
      return printable(place + ": ") + text();
    }

    /** The same without the place. */
    public String text() {
      return printable((path.isEmpty() ? "" : path + ": ") + message);
    }

    private static String printable(String line) {
      StringBuilder printable = new StringBuilder(line.length());
      line.codePoints()
          .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? '?' : c)
          .forEach(printable::appendCodePoint);
      return printable.toString();
    }
  }

  /** Is told of every key that a reader asks for, whether it is there or not. */
  @FunctionalInterface
  public interface Asked {
    /**
     * A key was asked for.
     *
     * @param path keys from the top
     * @param words the values allowed, where they are a few words; else empty
     */
    void key(String path, List<String> words);
  }

  private final Asked asked;

  public Problems() {
    this((path, words) -> {});
  }

  /** Tells which keys there are, besides. */
  public Problems(Asked asked) {
    this.asked = asked;
  }

  void asked(String path, List<String> words) {
    asked.key(path, words);
  }

  // A section read twice (general, say, by two readers) reports what is wrong with it once.
  private final Set<Problem> found = new LinkedHashSet<>();

  public void error(ConfigNode.Place place, String path, String message) {
    found.add(new Problem(place, path, message, false));
  }

  public void warning(ConfigNode.Place place, String path, String message) {
    found.add(new Problem(place, path, message, true));
  }

  public boolean hasErrors() {
    return found.stream().anyMatch(problem -> !problem.warning());
  }

  /** The errors as one reads a file: by line and column; files in the order they were read. */
  public List<Problem> errors() {
    return sorted(false);
  }

  /** The warnings as one reads a file: by line and column; files in the order they were read. */
  public List<Problem> warnings() {
    return sorted(true);
  }

  /** Everything found, in the order it was found. */
  public List<Problem> all() {
    return List.copyOf(found);
  }

  private List<Problem> sorted(boolean warnings) {
    List<String> files = found.stream().map(problem -> problem.place().file()).distinct().toList();
    return found.stream()
        .filter(problem -> problem.warning() == warnings)
        .sorted(
            Comparator.comparingInt((Problem problem) -> files.indexOf(problem.place().file()))
                .thenComparingInt(problem -> problem.place().line())
                .thenComparingInt(problem -> problem.place().column()))
        .toList();
  }
}
