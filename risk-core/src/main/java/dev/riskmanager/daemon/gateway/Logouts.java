package dev.riskmanager.daemon.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * {@code GatewayLogout}, which the venue sends when it ends a session: for another session of the
 * same user, an expired token, or maintenance (gateway-api §5.8). Thread-safe.
 */
final class Logouts {
  private static final Duration RECENT = Duration.ofMinutes(10);
  private static final int FIGHT = 3;

  private final InstantSource clock;
  private final Deque<Instant> recent = new ArrayDeque<>();

  Logouts(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes one in and says why the connection ends. */
  synchronized String heard(List<JsonNode> arguments) {
    Instant now = clock.instant();
    recent.addLast(now);
    while (recent.getFirst().isBefore(now.minus(RECENT))) {
      recent.removeFirst();
    }
    String words = words(arguments);
    return words.isEmpty()
        ? "the venue ended the session (GatewayLogout)"
        : "the venue ended the session (GatewayLogout: " + words + ")";
  }

  /** Said when it happens again and again: somebody else is fighting for the session. */
  synchronized Optional<String> conflict() {
    return recent.size() < FIGHT
        ? Optional.empty()
        : Optional.of(
            "the venue ended our session "
                + recent.size()
                + " times in ten minutes: another program or platform window of the same user keeps"
                + " taking it over; close it");
  }

  /** The payload's shape is not known: a text, or an object with a message or a reason. */
  private static String words(List<JsonNode> arguments) {
    if (arguments.isEmpty()) {
      return "";
    }
    JsonNode first = arguments.getFirst();
    for (String member : List.of("message", "reason")) {
      JsonNode value = first.get(member);
      if (value != null && value.isString()) {
        return shortened(value.stringValue());
      }
    }
    return first.isString() ? shortened(first.stringValue()) : "";
  }

  private static String shortened(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
