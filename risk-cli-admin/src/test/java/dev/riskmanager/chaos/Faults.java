package dev.riskmanager.chaos;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What strikes, one after the other; each is noted, from its beginning until its end. */
final class Faults {
  private static final String CLOSE = "Position/closeContract";

  /** After a fault the engine has so long to notice before its bounds hold again. */
  private static final Duration TAIL = Duration.ofSeconds(4);

  /** A hub that was silent for a moment lost events without a trace: they are found by reading. */
  private static final Duration SILENT_TAIL = Duration.ofSeconds(30);

  private static final Duration BACK = Duration.ofSeconds(150);

  private enum Kind {
    ENGINE_KILLED,
    ENGINE_STOPPED,
    ENGINE_STOPPED_LONG,
    VENUE_KILLED,
    VENUE_STOPPED,
    VENUE_STOPPED_LONG,
    HUBS_DROPPED,
    HUBS_SILENT,
    HUBS_LOGGED_OUT,
    SLOW,
    CLOSES_HANG,
    TOO_MANY_REQUESTS,
    SERVER_ERRORS,
    CLOSES_DONE_AND_FAILED,
    CLOSES_WITHOUT_EFFECT,
    CLOSES_REFUSED,
    TOKENS_REVOKED,
    CLOCK_AHEAD,
    CLOCK_BACK
  }

  private final World world;
  private final VenueProcess venue;
  private final Random random;
  private final List<String> history = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private final List<Kind> left = new ArrayList<>();

  Faults(World world, VenueProcess venue, Random random) {
    this.world = world;
    this.venue = venue;
    this.random = random;
  }

  String history() {
    return String.join(", ", history);
  }

  /** What went wrong while they struck: an engine that did not come back. */
  List<String> findings() {
    return findings;
  }

  /** Waits a moment, and strikes; each kind once before any comes again. */
  void next(Instant end) throws IOException, InterruptedException {
    Thread.sleep(300 + random.nextInt(2_000));
    if (World.now().isAfter(end)) {
      return;
    }
    if (left.isEmpty()) {
      left.addAll(List.of(Kind.values()));
      java.util.Collections.shuffle(left, random);
    }
    Kind kind = left.removeLast();
    if ((kind == Kind.CLOCK_AHEAD || kind == Kind.CLOCK_BACK) && !world.hasFakeClock()) {
      return;
    }
    Instant from = World.now();
    Duration tail = strike(kind);
    world.timeline().add(new Timeline.Window(kind.name(), from, World.now().plus(tail)));
    history.add(kind.name());
  }

  private Duration strike(Kind kind) throws IOException, InterruptedException {
    switch (kind) {
      case ENGINE_KILLED -> {
        world.killEngine();
        pause(0, 1_500);
        world.startEngine();
        awaitBack(kind);
      }
      case ENGINE_STOPPED -> engineStopped(100, 900);
      case ENGINE_STOPPED_LONG -> engineStopped(6_000, 8_000);
      case VENUE_KILLED -> {
        venue.kill();
        pause(0, 3_000);
        venue.restart();
        awaitBack(kind);
      }
      case VENUE_STOPPED -> venueStopped(100, 900);
      case VENUE_STOPPED_LONG -> venueStopped(6_000, 9_000);
      case HUBS_DROPPED -> {
        venue.knob("drop_hubs", random.nextBoolean() ? "user" : Boolean.TRUE);
        awaitBack(kind);
      }
      case HUBS_SILENT -> {
        knobFor("silent_hubs", random.nextBoolean() ? "user" : Boolean.TRUE, "", 1_000, 5_000);
        return SILENT_TAIL;
      }
      case HUBS_LOGGED_OUT -> {
        venue.knob("logout_hubs", Boolean.TRUE);
        awaitBack(kind);
      }
      case SLOW -> knobFor("latency_ms", 200 + random.nextInt(600), 0, 1_000, 4_000);
      case CLOSES_HANG -> knobFor("hang", CLOSE, "", 1_000, 4_000);
      case TOO_MANY_REQUESTS -> times("*", Map.of("code", 429));
      case SERVER_ERRORS -> times("*", Map.of("code", 500 + random.nextInt(4)));
      case CLOSES_DONE_AND_FAILED -> {
        venue.knob("execute_then_fail", Map.of("op", CLOSE, "code", 500, "times", 2));
        pause(1_000, 2_000);
        venue.knob("execute_then_fail", "");
      }
      case CLOSES_WITHOUT_EFFECT -> {
        venue.knob("ack_without_effect", Map.of("op", CLOSE, "times", 2));
        pause(1_000, 2_000);
        venue.knob("ack_without_effect", "");
      }
      case CLOSES_REFUSED -> times(CLOSE, Map.of("errorCode", 1 + random.nextInt(9)));
      case TOKENS_REVOKED -> venue.knob("revoke_tokens", Boolean.TRUE);
      case CLOCK_AHEAD -> world.stepClock(60 + random.nextInt(7_200));
      case CLOCK_BACK -> world.stepClock(-(60 + random.nextInt(7_200)));
    }
    return TAIL;
  }

  private void engineStopped(int least, int most) throws InterruptedException {
    long pid = world.engine().pid();
    Signals.stop(pid);
    pause(least, most);
    Signals.goOn(pid);
    awaitBack(Kind.ENGINE_STOPPED);
  }

  private void venueStopped(int least, int most) throws InterruptedException {
    Signals.stop(venue.pid());
    pause(least, most);
    Signals.goOn(venue.pid());
    awaitBack(Kind.VENUE_STOPPED);
  }

  private void knobFor(String name, Object on, Object off, int least, int most)
      throws InterruptedException {
    venue.knob(name, on);
    pause(least, most);
    venue.knob(name, off);
  }

  private void times(String operation, Map<String, Object> answer) throws InterruptedException {
    Map<String, Object> fault = new java.util.HashMap<>(answer);
    fault.put("op", operation);
    fault.put("times", 2 + random.nextInt(6));
    venue.knob("status", fault);
    pause(1_000, 2_500);
    venue.knob("status", "");
  }

  private void pause(int least, int most) throws InterruptedException {
    Thread.sleep(least + random.nextInt(most - least));
  }

  private void awaitBack(Kind kind) throws InterruptedException {
    boolean back = world.await(BACK, Timeline.Sample::isHealthy);
    if (!back) {
      findings.add("the engine does not come back after " + kind);
    }
  }

  /** Nothing strikes any more. */
  void clear() throws IOException {
    for (String knob : List.of("hang", "status", "execute_then_fail", "ack_without_effect")) {
      venue.knob(knob, "");
    }
    venue.knob("silent_hubs", "");
    venue.knob("latency_ms", 0);
    if (world.hasFakeClock()) {
      world.stepClock(0);
    }
  }
}
