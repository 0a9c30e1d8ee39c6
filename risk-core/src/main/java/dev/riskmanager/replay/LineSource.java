package dev.riskmanager.replay;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.recording.RecordingEncoder;
import dev.riskmanager.recording.RecordingFormat;
import dev.riskmanager.recording.RecordingFormat.Line;
import dev.riskmanager.recording.RecordingFormat.MalformedLine;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of one file: a recording line by line, or an export of trades, which is read whole
 * because it must be put in order.
 */
final class LineSource implements Closeable {
  private final String name;
  private final EventLines lines;
  private final Deque<Line> converted = new ArrayDeque<>();
  private @Nullable String first;
  private boolean csv;

  private LineSource(String name, EventLines lines) {
    this.name = name;
    this.lines = lines;
  }

  /** What is wrong with the file ends the replay; the message names file and line. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    Broken(String message) {
      super(message);
    }
  }

  /**
   * Begins to read.
   *
   * @param account whose trades an export holds
   * @param note told what an export cannot tell
   */
  static LineSource open(String name, EventLines lines, AccountId account, Consumer<String> note)
      throws Broken {
    LineSource source = new LineSource(name, lines);
    try {
      source.first = source.text();
      if (source.first != null && TradesCsv.isHeader(source.first)) {
        source.csv = true;
        source.convert(source.first, account);
        note.accept(name + " is an export of trades, taken as those of account " + account + ":");
        TradesCsv.UNKNOWN.forEach(text -> note.accept("  - " + text));
      }
      return source;
    } catch (IOException e) {
      throw source.broken(String.valueOf(e.getMessage()));
    }
  }

  /** Where it is, for messages. */
  String place() {
    return csv ? name : name + ":" + lines.number();
  }

  /** The next event; null after the last. */
  @Nullable Line next() throws Broken {
    if (csv) {
      return converted.poll();
    }
    try {
      String text = first != null ? first : text();
      first = null;
      return text == null ? null : RecordingFormat.parse(text);
    } catch (MalformedLine | IOException e) {
      throw broken(String.valueOf(e.getMessage()));
    }
  }

  /** The next line that is not blank. */
  private @Nullable String text() throws IOException {
    String text = lines.next();
    while (text != null && text.isBlank()) {
      text = lines.next();
    }
    return text;
  }

  private void convert(String header, AccountId account) throws IOException, Broken {
    try {
      TradesCsv csvFile = new TradesCsv(header, account);
      for (String row = text(); row != null; row = text()) {
        csvFile.row(row);
      }
      InferredPositions positions = new InferredPositions();
      for (Trade fill : csvFile.fills()) {
        add(fill, new RiskEvent.TradeReported(fill));
        add(fill, positions.after(fill));
      }
    } catch (TradesCsv.BadRow e) {
      throw broken(String.valueOf(e.getMessage()));
    } catch (MalformedLine e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(Trade fill, RiskEvent event) throws MalformedLine {
    converted.add(RecordingFormat.parse(RecordingEncoder.line(fill.executedAt(), event)));
  }

  private Broken broken(String why) {
    return new Broken(name + ":" + lines.number() + ": " + why);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
