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
   * A single value.
   *
   * @param text as written, without quotes
   * @param quoted whether it stood in quotes: {@code "17:00"} is a text, {@code 5} a number
   */
  record Scalar(Place place, String text, boolean quoted) implements ConfigNode {}

  /** A list, in the order of the file. */
  record Sequence(Place place, List<ConfigNode> items) implements ConfigNode {}

  /** Keys and values, in the order of the file. */
  record Mapping(Place place, List<Entry> entries) implements ConfigNode {}

  /** A key with its value. */
  record Entry(Place place, String key, ConfigNode value) {}
}
