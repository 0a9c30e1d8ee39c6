package dev.riskmanager.trader.view;

import dev.riskmanager.wire.LogEntry;
import dev.riskmanager.wire.LogKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the engine did, newest last.
 *
 * <pre>
 *   17:21:19  LOCKOUT_SET  RULE-003  Account 13298777 locked until 17:00:00 Chicago: …
 * </pre>
 */
public final class LogPanel {
  /** Wide enough for the longest kind. */
  private static final int KIND_COLUMNS = 17;

  /** As wide as the venue's numbers are today. */
  private static final int ACCOUNT_COLUMNS = 8;

  private LogPanel() {}

  /**
   * The lines of an account: its own, and those about the engine.
   *
   * @param entries all lines
   * @param accountId the account, null for all
   * @param filter what a line must contain somewhere, in any case; empty for all
   * @return the lines by their time: a decision may be told after what came of it, because it waits
   *     for the disk
   */
  public static List<LogEntry> select(
      List<LogEntry> entries, @Nullable Long accountId, String filter) {
    String wanted = filter.toLowerCase(Locale.ROOT);
    return entries.stream()
        .filter(e -> accountId == null || e.accountId() == null || accountId.equals(e.accountId()))
        .filter(e -> wanted.isEmpty() || searched(e).contains(wanted))
        .sorted(Comparator.comparing(LogEntry::t))
        .toList();
  }

  private static String searched(LogEntry entry) {
    return String.join(
            " ",
            entry.kind().name(),
            String.valueOf(entry.ruleId()),
            String.valueOf(entry.rule()),
            String.valueOf(entry.symbol()),
            entry.text())
        .toLowerCase(Locale.ROOT);
  }

  /**
   * Draws lines.
   *
   * @param entries the lines
   * @param now the time: lines of other days show their date
   * @param times the zone
   * @param columns the width, {@link Integer#MAX_VALUE} to cut nothing
   * @param glyphs what to draw with
   * @param several whether each line says whose it is
   * @return one line each
   */
  static List<Line> lines(
      List<LogEntry> entries,
      Instant now,
      Times times,
      int columns,
      Glyphs glyphs,
      boolean several) {
    List<String> stamps = stamps(entries, now, times);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      LogEntry entry = entries.get(i);
      lines.add(line(entry, stamps.get(i) + whose(entry, several), times, columns, glyphs));
    }
    return lines;
  }

  /**
   * Draws lines that are never cut: what does not fit goes on below.
   *
   * @param entries what to draw
   * @param now the time
   * @param times the zone
   * @param columns the width
   * @return one line or more for each
   */
  public static List<Line> whole(List<LogEntry> entries, Instant now, Times times, int columns) {
    List<String> stamps = stamps(entries, now, times);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      LogEntry entry = entries.get(i);
      Line head = head(entry, stamps.get(i));
      Line indent = Line.of(" ".repeat(head.width()));
      for (String part :
          Box.wrap(times.in(text(entry), entry.t()), Math.max(20, columns - head.width()))) {
        lines.add(head.then(Line.of(part, textStyle(entry.kind()))));
        head = indent;
      }
    }
    return lines;
  }

  /** All as wide as the widest, so that what follows lines up over midnight. */
  private static List<String> stamps(List<LogEntry> entries, Instant now, Times times) {
    List<String> stamps = entries.stream().map(entry -> times.stamp(entry.t(), now)).toList();
    int widest = stamps.stream().mapToInt(String::length).max().orElse(0);
    return stamps.stream().map(s -> " ".repeat(widest - s.length()) + s).toList();
  }

  /**
   * Draws one line.
   *
   * @param entry what to draw
   * @param stamp its time, and whose it is
   * @param times the zone
   * @param columns the width
   * @param glyphs what to draw with
   * @return the line
   */
  public static Line line(LogEntry entry, String stamp, Times times, int columns, Glyphs glyphs) {
    Line head = head(entry, stamp);
    String text = Width.clean(times.in(text(entry), entry.t()));
    if (columns < Integer.MAX_VALUE) {
      text = Width.shorten(text, columns - head.width(), glyphs.cut());
    }
    return head.then(Line.of(text, textStyle(entry.kind())));
  }

  /**
   * Whose line it is, where there are several accounts.
   *
   * @param entry the line
   * @param several whether there are
   * @return a column to stand behind the time; empty for one account
   */
  public static String whose(LogEntry entry, boolean several) {
    if (!several) {
      return "";
    }
    Long id = entry.accountId();
    String account = id == null ? "" : id.toString();
    return "  " + account + " ".repeat(Math.max(0, ACCOUNT_COLUMNS - account.length()));
  }

  /** What the columns before it say already is not said again. */
  private static String text(LogEntry entry) {
    String text = entry.text();
    String kind = entry.kind().name() + ": ";
    if (text.startsWith(kind)) {
      text = text.substring(kind.length());
    }
    return entry.ruleId() == null ? text : text.replace(" [" + entry.ruleId() + "]", ":");
  }

  private static Line head(LogEntry entry, String stamp) {
    String kind = entry.kind().name();
    String rule = entry.ruleId() == null ? "" : entry.ruleId();
    return Line.build()
        .add(stamp + "  ", Style.DIM)
        .add(kind + " ".repeat(Math.max(1, KIND_COLUMNS - kind.length())), style(entry.kind()))
        .add(rule + " ".repeat(Math.max(0, 8 - rule.length())) + "  ", Style.DIM)
        .line();
  }

  private static Style style(LogKind kind) {
    return switch (kind) {
      case VIOLATION, ALARM, LOCKOUT_SET -> Style.BAD;
      case GUARD, ALERT, PRECHECK_BLOCKED, CONNECTION -> Style.WARN;
      case LOCKOUT_CLEARED, RESET -> Style.GOOD;
      case ENFORCEMENT, ADMIN -> Style.STRONG;
      case ENGINE, UNKNOWN -> Style.DIM;
    };
  }

  private static Style textStyle(LogKind kind) {
    return kind == LogKind.ALARM ? Style.BAD : Style.NORMAL;
  }
}
