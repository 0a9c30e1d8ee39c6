package dev.riskmanager.chaos;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How often each kind of fault struck, and how often something was seen to run into it. */
final class Tally {
  private static final class Row {
    int struck;
    int met;
    int findings;
  }

  private final Map<FaultKind, Row> rows = new EnumMap<>(FaultKind.class);

  /**
   * Counts one.
   *
   * @param met whether its effect was seen: an answer of that kind, a hub connected anew, the clock
   *     in the engine's status
   */
  void add(FaultKind kind, boolean met) {
    Row row = rows.computeIfAbsent(kind, k -> new Row());
    row.struck++;
    row.met += met ? 1 : 0;
  }

  /** Counts those of a round as well. */
  void add(Tally round, boolean findings) {
    round.rows.forEach(
        (kind, more) -> {
          Row row = rows.computeIfAbsent(kind, k -> new Row());
          row.struck += more.struck;
          row.met += more.met;
          row.findings += findings ? 1 : 0;
        });
  }

  int struck() {
    return rows.values().stream().mapToInt(row -> row.struck).sum();
  }

  /** Kinds that have not struck. */
  List<FaultKind> missing() {
    return Stream.of(FaultKind.values()).filter(kind -> !rows.containsKey(kind)).toList();
  }

  /** A line for each kind. */
  String table() {
    StringBuilder text = new StringBuilder();
    text.append(line("fault", "struck", "met", "rounds with findings"));
    for (FaultKind kind : FaultKind.values()) {
      Row row = rows.getOrDefault(kind, new Row());
      text.append(
          line(
              kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
              String.valueOf(row.struck),
              String.valueOf(row.met),
              String.valueOf(row.findings)));
    }
    return text.toString();
  }

  private static String line(String kind, String struck, String met, String findings) {
    return String.format(Locale.ROOT, "%-24s %7s %7s %21s%n", kind, struck, met, findings);
  }
}
