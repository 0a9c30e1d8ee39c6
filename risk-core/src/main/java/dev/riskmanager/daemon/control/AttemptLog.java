package dev.riskmanager.daemon.control;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The wrong passwords of the last quarter of an hour, and the block that five of them cause. A
 * value; it is written as lines {@code wrong <time>} and {@code blocked <time>}.
 *
 * @param wrong when wrong passwords were given, oldest first
 * @param blockedUntil the end of the block, null without one
 */
record AttemptLog(List<Instant> wrong, @Nullable Instant blockedUntil) {
  /** How many wrong passwords cause a block. */
  static final int ALLOWED = 5;

  /** The time in which they count, and how long a block lasts. */
  static final Duration WINDOW = Duration.ofMinutes(15);

  /** Nothing has happened. */
  static final AttemptLog NONE = new AttemptLog(List.of(), null);

  AttemptLog {
    wrong = List.copyOf(wrong);
  }

  /**
   * When the block ends; empty when there is none at {@code now}. A block that ends now has ended.
   */
  Optional<Instant> blockedUntil(Instant now) {
    return blockedUntil != null && blockedUntil.isAfter(now)
        ? Optional.of(blockedUntil)
        : Optional.empty();
  }

  /** How many more may be wrong at {@code now} before a block. */
  int left(Instant now) {
    return ALLOWED - counting(now).size();
  }

  /** The wrong passwords that count at {@code now}. */
  List<Instant> counting(Instant now) {
    return wrong.stream().filter(t -> counts(t, now)).toList();
  }

  /** The same after a wrong password at {@code now}. The fifth in the window begins a block. */
  AttemptLog afterWrong(Instant now) {
    List<Instant> all = new ArrayList<>(counting(now));
    all.add(now);
    return all.size() >= ALLOWED
        ? new AttemptLog(List.of(), now.plus(WINDOW))
        : new AttemptLog(all, null);
  }

  /**
   * The same seen from {@code now}: a clock that was set back must not turn a quarter of an hour
   * into years.
   */
  AttemptLog at(Instant now) {
    Instant latest = now.plus(WINDOW);
    return blockedUntil != null && blockedUntil.isAfter(latest)
        ? new AttemptLog(wrong, latest)
        : this;
  }

  private static boolean counts(Instant t, Instant now) {
    return t.isAfter(now.minus(WINDOW));
  }

  /** As it is stored. */
  String write() {
    StringBuilder out = new StringBuilder();
    wrong.forEach(t -> out.append("wrong ").append(t).append('\n'));
    if (blockedUntil != null) {
      out.append("blocked ").append(blockedUntil).append('\n');
    }
    return out.toString();
  }

  /** Reads what {@link #write} wrote; empty if it is anything else. */
  static Optional<AttemptLog> read(String text) {
    List<Instant> wrong = new ArrayList<>();
    Instant blockedUntil = null;
    try {
      for (String line : text.lines().toList()) {
        if (line.startsWith("wrong ")) {
          wrong.add(Instant.parse(line.substring("wrong ".length())));
        } else if (line.startsWith("blocked ")) {
          blockedUntil = Instant.parse(line.substring("blocked ".length()));
        } else {
          return Optional.empty();
        }
      }
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
    return Optional.of(new AttemptLog(wrong, blockedUntil));
  }
}
