package dev.riskmanager.daemon.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Changes one value of a YAML text and nothing else: comments, order and blank lines stay. After
 * every change the text is read again and compared with what was meant, so that a text this cannot
 * handle is refused, never damaged.
 */
public final class YamlEdit {
  private static final Pattern SAFE = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");

  /** Other readers of YAML take these for something else than texts. */
  private static final List<String> WORDS =
      List.of("true", "false", "null", "yes", "no", "on", "off");

  private YamlEdit() {}

  /**
   * Sets the value at a path; keys that are missing on the way are added.
   *
   * @param path keys from the top; an item of a list by its index from 0
   * @param value in the syntax of YAML, on one line, e.g. {@code -500} or {@code {MNQ: 2}}
   * @throws IllegalArgumentException when the text, the value or the path cannot be read or the
   *     change cannot be made
   */
  public static String set(String text, List<String> path, String value) {
    Object meant = PlainYaml.value(value);
    Object expected = PlainYaml.with(PlainYaml.of(text), path, meant);
    String bom = text.startsWith("\uFEFF") ? "\uFEFF" : "";
    String body = text.substring(bom.length());
    String changed = bom + change(body, path, value);
    verify(changed, expected, path);
    return changed;
  }

  /**
   * Makes a key with all its value a comment.
   *
   * @param path keys from the top, none of them in braces
   * @param why what is said about it, in front
   * @throws IllegalArgumentException when the key is not there or the change cannot be made
   */
  public static String commentOut(String text, List<String> path, String why) {
    Object expected = PlainYaml.without(PlainYaml.of(text), path);
    YamlSpans.Node node = YamlSpans.of(text);
    YamlSpans.Entry entry = null;
    for (String key : path) {
      entry = node == null || !node.mapping || node.flow ? null : node.entry(key);
      node = entry == null ? null : entry.value;
    }
    if (entry == null) {
      throw new IllegalArgumentException(String.join(".", path) + " cannot be commented out");
    }
    int from = lineStart(text, entry.start);
    int to = lineEnd(text, entry.value.end);
    StringBuilder changed = new StringBuilder(text.substring(0, from));
    String indent = " ".repeat(entry.column);
    changed.append(indent).append("# ").append(why).append('\n');
    for (String line : text.substring(from, to).split("\n", -1)) {
      if (line.isBlank()) {
        changed.append(line);
      } else {
        int at = Math.min(entry.column, line.length() - line.stripLeading().length());
        changed.append(line, 0, at).append("# ").append(line.substring(at));
      }
      changed.append('\n');
    }
    changed.setLength(changed.length() - 1);
    String result = changed.append(text.substring(to)).toString();
    verify(result, expected, path);
    return result;
  }

  /** A text as a value of YAML: in quotes unless it can only be read as this text. */
  public static String quote(String text) {
    if (SAFE.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                  if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == 0xFEFF) {
                    quoted.append(String.format("\\u%04X", c));
                  } else {
                    quoted.appendCodePoint(c);
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }

  private static String change(String text, List<String> path, String value) {
    YamlSpans.Node node = YamlSpans.of(text);
    YamlSpans.Entry owner = null;
    for (int depth = 0; depth < path.size(); depth++) {
      String key = path.get(depth);
      if (node != null && node.sequence) {
        // That the index exists has been checked on the plain form.
        node = node.items.get(Integer.parseInt(key));
        owner = null;
        continue;
      }
      YamlSpans.Entry entry = node == null ? null : node.entry(key);
      if (entry == null) {
        return insert(text, node, owner, nested(path.subList(depth, path.size()), value));
      }
      owner = entry;
      node = entry.value;
    }
    if (node == null) {
      throw new IllegalArgumentException("the path is empty");
    }
    String space = node.isAbsent() ? " " : "";
    return text.substring(0, node.start) + space + value + text.substring(node.end);
  }

  /** {@code a: {b: value}} for the path a, b. */
  private static String nested(List<String> path, String value) {
    String rest =
        path.size() == 1 ? value : "{" + nested(path.subList(1, path.size()), value) + "}";
    return quote(path.getFirst()) + ": " + rest;
  }

  private static String insert(
      String text, YamlSpans.@Nullable Node parent, YamlSpans.@Nullable Entry owner, String entry) {
    if (parent == null) {
      return endWithLine(text) + entry + "\n";
    }
    if (parent.mapping && parent.flow) {
      int at = parent.entries.isEmpty() ? parent.start + 1 : parent.entries.getLast().value.end;
      String separator = parent.entries.isEmpty() ? "" : ", ";
      return text.substring(0, at) + separator + entry + text.substring(at);
    }
    if (parent.mapping) {
      int at = lineEnd(text, parent.end);
      return insertLine(text, at, " ".repeat(parent.entries.getFirst().column) + entry);
    }
    if (parent.isAbsent() && owner != null) {
      int at = lineEnd(text, parent.end);
      return insertLine(text, at, " ".repeat(owner.column + 2) + entry);
    }
    throw new IllegalArgumentException("a value stands where a section is needed for " + entry);
  }

  private static String insertLine(String text, int at, String line) {
    return text.substring(0, at)
        + "\n"
        + line
        + (at == text.length() ? "\n" : "")
        + text.substring(at);
  }

  private static String endWithLine(String text) {
    return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
  }

  private static int lineStart(String text, int index) {
    return text.lastIndexOf('\n', index - 1) + 1;
  }

  /** The position of the line's end, before a carriage return. */
  private static int lineEnd(String text, int index) {
    int end = text.indexOf('\n', index);
    if (end < 0) {
      return text.length();
    }
    return end > index && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  private static void verify(String changed, Object expected, List<String> path) {
    if (!PlainYaml.of(changed).equals(expected)) {
      throw new IllegalArgumentException(
          String.join(".", path)
              + " cannot be changed without changing more; edit the file by hand");
    }
  }
}
