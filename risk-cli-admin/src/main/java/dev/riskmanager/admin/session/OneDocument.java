package dev.riskmanager.admin.session;

import dev.riskmanager.wire.WireJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * With {@code --json} standard output carries one JSON document, whatever happens: what the command
 * answers, else {@code {"error":{"exitCode","code","message"}}}, else {@code {"exitCode","lines"}}
 * of a command that only talks. The messages for a person go to standard error all the same.
 */
public final class OneDocument {
  private static final ScopedValue<OneDocument> CURRENT = ScopedValue.newInstance();

  private static final String JSON = "--json";
  private static final String PREFIX = "risk-admin: ";

  /** These answer with lines for as long as they run, or are shells of other commands. */
  private static final Set<String> STREAMS = Set.of("replay", "demo", "venue", "shell");

  private final StringWriter answer = new StringWriter();
  private final StringWriter messages = new StringWriter();
  private List<String> reasons = List.of();
  private @Nullable Integer code;

  private OneDocument() {}

  /** What is to be run with which printers. */
  @FunctionalInterface
  public interface Run {
    /**
     * Runs it.
     *
     * @return the exit code
     */
    int with(PrintWriter out, PrintWriter err);
  }

  /**
   * Runs a command; its answer becomes one document if its arguments ask for JSON.
   *
   * @param args the name of the command and its arguments
   * @return the exit code
   */
  public static int of(PrintWriter out, PrintWriter err, Run run, String... args) {
    if (!isAsked(args)) {
      return run.with(out, err);
    }
    OneDocument document = new OneDocument();
    PrintWriter answer = new PrintWriter(document.answer);
    PrintWriter messages = new PrintWriter(new Both(err, document.messages), true);
    int exitCode = ScopedValue.where(CURRENT, document).call(() -> run.with(answer, messages));
    answer.flush();
    messages.flush();
    out.println(document.text(exitCode));
    out.flush();
    return exitCode;
  }

  /** Whether these arguments ask for a document. */
  public static boolean isAsked(String... args) {
    if (args.length == 0 || STREAMS.contains(args[0])) {
      return false;
    }
    for (String word : args) {
      if (word.equals("--")) {
        return false;
      }
      if (word.equals(JSON)) {
        return !(args.length > 1 && args[0].equals("engine") && args[1].equals("run"));
      }
    }
    return false;
  }

  /**
   * Why the command fails, for its document if there is one.
   *
   * @param reasons one for each
   * @param code that of the engine's protocol; null when it was not the engine that refused
   */
  public static void failed(List<String> reasons, @Nullable Integer code) {
    if (CURRENT.isBound()) {
      OneDocument document = CURRENT.get();
      document.reasons = List.copyOf(reasons);
      document.code = code;
    }
  }

  private String text(int exitCode) {
    String said = answer.toString().strip();
    if (said.startsWith("{") || said.startsWith("[")) {
      return said;
    }
    Map<String, Object> document = new LinkedHashMap<>();
    if (exitCode == 0) {
      document.put("exitCode", exitCode);
    } else {
      Map<String, @Nullable Object> error = new LinkedHashMap<>();
      error.put("exitCode", exitCode);
      error.put("code", code);
      error.put("message", message());
      document.put("error", error);
    }
    if (exitCode == 0 || !said.isEmpty()) {
      document.put("lines", said.lines().map(String::stripTrailing).toList());
    }
    return WireJson.write(document);
  }

  private String message() {
    List<String> lines = new ArrayList<>(reasons);
    if (lines.isEmpty()) {
      messages.toString().lines().forEach(lines::add);
    }
    return lines.stream()
        .map(line -> line.startsWith(PREFIX) ? line.substring(PREFIX.length()) : line)
        .collect(Collectors.joining("\n"))
        .strip();
  }

  /** Writes to two. */
  private static final class Both extends Writer {
    private final Writer one;
    private final Writer other;

    Both(Writer one, Writer other) {
      this.one = one;
      this.other = other;
    }

    @Override
    public void write(char[] chars, int from, int length) throws java.io.IOException {
      one.write(chars, from, length);
      other.write(chars, from, length);
    }

    @Override
    public void flush() throws java.io.IOException {
      one.flush();
      other.flush();
    }

    @Override
    public void close() throws java.io.IOException {
      flush();
    }
  }
}
