package dev.riskmanager.domain.settings;

import java.util.List;

/**
 * A configuration file as a tree that remembers where everything stood, so that whoever reads it
 * can say what is wrong and where.
 */
public sealed interface ConfigNode {
  Place place();

  /**
   * A place in a file.
   *
   * @param file as the reader named it
   * @param line from 1; 0 when there is none
   * @param column from 1; 0 when there is none
   */
  record Place(String file, int line, int column) {
    @Override
    public String toString() {
      return line == 0 ? file : file + ":" + line + ":" + column;
    }
  }

  /**
   * A single value; an empty one is a text without characters that is not quoted.
   *
   * @param text as written, without quotes, references to the environment replaced
   * @param quoted whether it stood in quotes: {@code "17:00"} is a text, {@code 5} a number
   * @param shown what messages may say of it: the text as it stands in the file, so that a value
   *     taken from the environment (a password) is never printed
   */
  record Scalar(Place place, String text, boolean quoted, String shown) implements ConfigNode {
    /** A value that stands in the file as it is. */
    public Scalar(Place place, String text, boolean quoted) {
      this(place, text, quoted, text);
    }

    /** Whether nothing was written after the key: {@code limits:}, or {@code ~} or {@code null}. */
    public boolean isEmpty() {
      return !quoted && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    }

    @Override
    public String toString() {
      return place + " " + shown;
    }
  }

  /** A list, in the order of the file. */
  record Sequence(Place place, List<ConfigNode> items) implements ConfigNode {}

  /** Keys and values, in the order of the file. */
  record Mapping(Place place, List<Entry> entries) implements ConfigNode {}

  /** A key with its value. */
  record Entry(Place place, String key, ConfigNode value) {}
}
