package dev.riskmanager.chaos;

import dev.riskmanager.chaos.VenueProcess.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** What strikes, one after the other; each is noted, from its beginning until its end. */
final class Faults {
  private static final String CLOSE = "Position/closeContract";

  /** After a fault the engine has so long to notice before its bounds hold again. */
  private static final Duration TAIL = Duration.ofSeconds(4);

  /** A hub that was silent for a moment lost events without a trace: they are found by reading. */
  private static final Duration SILENT_TAIL = Duration.ofSeconds(30);

  private static final Duration BACK = Duration.ofSeconds(150);

  /** So long something is waited for that runs into what strikes. */
  private static final Duration MET = Duration.ofSeconds(6);

  /** The engine compares its clocks every second, and libfaketime reads its file as often. */
  private static final Duration CLOCK_SEEN = Duration.ofSeconds(20);

  private final World world;
  private final VenueProcess venue;
  private final Random random;
  private final List<String> history = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private final Tally tally = new Tally();
  private final FaultDeck deck;
  private boolean met;

  /**
   * Strikes nothing yet.
   *
   * @param deck what comes in which order
   */
  Faults(World world, VenueProcess venue, FaultDeck deck, Random random) {
    this.world = world;
    this.venue = venue;
    this.deck = deck;
    this.random = random;
  }

  String history() {
    return String.join(", ", history);
  }

  /** What went wrong while they struck: an engine that did not come back. */
  List<String> findings() {
    return findings;
  }

  /** What has struck. */
  Tally tally() {
    return tally;
  }

  /** Waits a moment, and strikes. */
  void next() throws IOException, InterruptedException {
    Thread.sleep(300 + random.nextInt(2_000));
    FaultKind kind = deck.next();
    Instant from = World.now();
    met = true;
    Duration tail = strike(kind);
    world.timeline().add(new Timeline.Window(kind.name(), from, World.now().plus(tail)));
    tally.add(kind, met);
    history.add(met ? kind.name() : kind.name() + " (met nothing)");
  }

  private Duration strike(FaultKind kind) throws IOException, InterruptedException {
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
        Object which = random.nextBoolean() ? "user" : Boolean.TRUE;
        meets(r -> r.operation().equals("hubs/user"), () -> venue.knob("drop_hubs", which));
        awaitBack(kind);
      }
      case HUBS_SILENT -> {
        knobFor("silent_hubs", random.nextBoolean() ? "user" : Boolean.TRUE, "", 1_000, 5_000);
        return SILENT_TAIL;
      }
      case HUBS_LOGGED_OUT -> {
        meets(
            r -> r.operation().equals("hubs/user"), () -> venue.knob("logout_hubs", Boolean.TRUE));
        awaitBack(kind);
      }
      case SLOW -> knobFor("latency_ms", 200 + random.nextInt(600), 0, 1_000, 4_000);
      case CLOSES_HANG -> {
        closing(Request::isClose, () -> venue.knob("hang", CLOSE));
        pause(1_000, 4_000);
        venue.knob("hang", "");
      }
      case TOO_MANY_REQUESTS -> times(r -> r.status() == 429, "*", Map.of("code", 429));
      case SERVER_ERRORS ->
          times(r -> r.status() >= 500, "*", Map.of("code", 500 + random.nextInt(4)));
      case CLOSES_DONE_AND_FAILED -> {
        Object twice = Map.of("op", CLOSE, "code", 500, "times", 2);
        closing(
            r -> r.isClose() && r.status() == 500, () -> venue.knob("execute_then_fail", twice));
        venue.knob("execute_then_fail", "");
      }
      case CLOSES_WITHOUT_EFFECT -> {
        Object twice = Map.of("op", CLOSE, "times", 2);
        closing(Request::isClose, () -> venue.knob("ack_without_effect", twice));
        venue.knob("ack_without_effect", "");
      }
      case CLOSES_REFUSED -> {
        int code = 1 + random.nextInt(9);
        times(r -> r.isClose() && r.errorCode() == code, CLOSE, Map.of("errorCode", code));
      }
      case TOKENS_REVOKED ->
          closing(r -> r.status() == 401, () -> venue.knob("revoke_tokens", Boolean.TRUE));
      case CLOCK_AHEAD -> stepClock(60 + random.nextInt(7_200), "ahead");
      case CLOCK_BACK -> stepClock(-(60 + random.nextInt(7_200)), "behind");
    }
    return TAIL;
  }

  private void engineStopped(int least, int most) throws InterruptedException {
    long pid = world.engine().pid();
    Signals.stop(pid);
    pause(least, most);
    Signals.goOn(pid);
    awaitBack(FaultKind.ENGINE_STOPPED);
  }

  private void venueStopped(int least, int most) throws InterruptedException {
    Signals.stop(venue.pid());
    pause(least, most);
    Signals.goOn(venue.pid());
    awaitBack(FaultKind.VENUE_STOPPED);
  }

  private void knobFor(String name, Object on, Object off, int least, int most)
      throws InterruptedException {
    venue.knob(name, on);
    pause(least, most);
    venue.knob(name, off);
  }

  private void times(Predicate<Request> effect, String operation, Map<String, Object> answer)
      throws InterruptedException {
    Map<String, Object> fault = new HashMap<>(answer);
    fault.put("op", operation);
    fault.put("times", 2 + random.nextInt(6));
    closing(effect, () -> venue.knob("status", fault));
    pause(500, 1_500);
    venue.knob("status", "");
  }

  /** Strikes, and makes the engine close something: what strikes requests is met by one. */
  private void closing(Predicate<Request> effect, Runnable strike) throws InterruptedException {
    meets(
        effect,
        () -> {
          strike.run();
          cheat();
        });
  }

  /** A locked account opens a position; one that is not locked yet loses too much first. */
  private void cheat() {
    try {
      Ledger ledger = Ledger.read(venue.ledger(), Set.of(Storm.PAUSED));
      boolean locked = ledger.lockedSince(Storm.LOSER).isPresent();
      if (locked) {
        venue.trade(Storm.LOSER, 1);
      } else {
        venue.trade(Storm.LOSER, 1);
        venue.book(Storm.LOSER, "-600");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Strikes, and waits until the venue was asked for something to which that happened. */
  private void meets(Predicate<Request> effect, Runnable strike) throws InterruptedException {
    long before = newest();
    strike.run();
    Instant end = World.now().plus(MET);
    met = false;
    while (!met && World.now().isBefore(end)) {
      Thread.sleep(100);
      met = venue.requestsSince(before).stream().anyMatch(effect);
    }
  }

  private long newest() {
    return venue.requestsSince(-1).stream().mapToLong(Request::number).max().orElse(-1);
  }

  /** The engine says which way its machine's clock is wrong; else the step has not reached it. */
  private void stepClock(long seconds, String way) throws IOException, InterruptedException {
    world.stepClock(seconds);
    met =
        world.await(
            CLOCK_SEEN,
            sample ->
                sample.status() != null
                    && sample.status().engine().problems().stream()
                        .anyMatch(p -> p.contains("machine's clock") && p.contains(way)));
    if (!met) {
      findings.add("the engine says nothing of its clock, which was set by " + seconds + " s");
    }
  }

  private void pause(int least, int most) throws InterruptedException {
    Thread.sleep(least + random.nextInt(most - least));
  }

  private void awaitBack(FaultKind kind) throws InterruptedException {
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
