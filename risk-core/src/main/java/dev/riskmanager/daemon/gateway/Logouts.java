package dev.riskmanager.daemon.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * {@code GatewayLogout} on one hub, which the venue sends when it ends a session: for another
 * session of the same user, an expired token, or maintenance (gateway-api §5.8). Thread-safe.
 */
final class Logouts {
  private static final String NAME = "GatewayLogout";
  private static final Duration RECENT = Duration.ofMinutes(10);
  private static final int FIGHT = 3;

  /** Deeper than any shape in which clients have seen it. */
  private static final int MOST_WRAPPED = 3;

  private static final List<String> WORDS = List.of("message", "reason", "error", "text");

  private static final String CONFLICT =
      "the venue ends our session again and again: another program or platform window of the same"
          + " user is logged in and keeps taking it over; close it, or give it a user of its own";

  private final InstantSource clock;
  private final Deque<Instant> recent = new ArrayDeque<>();
  private boolean fighting;
  private boolean told;

  Logouts(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether an event of that name is one; clients of the venue write it in both ways. */
  static boolean isOne(String target) {
    return target.equalsIgnoreCase(NAME);
  }

  /** Takes one in and says why the connection ends. */
  synchronized String heard(List<JsonNode> arguments) {
    String words = arguments.isEmpty() ? "" : words(arguments.getFirst(), MOST_WRAPPED);
    if (!words.toLowerCase(Locale.ROOT).contains("maintenance")) {
      recent.addLast(clock.instant());
    }
    return words.isEmpty()
        ? "the venue ended the session (GatewayLogout)"
        : "the venue ended the session (GatewayLogout: " + words + ")";
  }

  /**
   * Said when it happens again and again, until ten minutes have passed without: somebody else is
   * fighting for the session.
   */
  synchronized Optional<String> conflict() {
    Instant since = clock.instant().minus(RECENT);
    while (!recent.isEmpty() && !recent.getFirst().isAfter(since)) {
      recent.removeFirst();
    }
    fighting = recent.size() >= FIGHT || (fighting && !recent.isEmpty());
    return fighting ? Optional.of(CONFLICT) : Optional.empty();
  }

  /**
   * Says on the board that somebody fights for the session, for as long as it lasts.
   *
   * @param kind names the problem among the board's
   * @param before goes before the words
   */
  synchronized void tell(StatusBoard board, ConnectionStatus.Part hub, String kind, String before) {
    Optional<String> conflict = conflict();
    if (conflict.isPresent() || told) {
      told = conflict.isPresent();
      conflict.ifPresentOrElse(
          text -> board.problem(hub, ConnectionStatus.Health.DEGRADED, kind, before + text),
          () -> board.solved(kind));
    }
  }

  /** The payload's shape is not known: a text, or an object, perhaps wrapped, that holds one. */
  private static String words(JsonNode argument, int depth) {
    if (argument.isString()) {
      return shortened(argument.stringValue());
    }
    if (depth == 0) {
      return "";
    }
    if (argument.isArray()) {
      return argument.isEmpty() ? "" : words(argument.get(0), depth - 1);
    }
    for (Map.Entry<String, JsonNode> member : argument.properties()) {
      if (WORDS.contains(member.getKey().toLowerCase(Locale.ROOT))
          && member.getValue().isString()) {
        return shortened(member.getValue().stringValue());
      }
    }
    JsonNode data = argument.get("data");
    return data == null ? "" : words(data, depth - 1);
  }

  private static String shortened(String text) {
    String head = text.length() > 1_000 ? text.substring(0, 1_000) : text;
    String line = head.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
