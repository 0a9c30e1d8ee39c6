package dev.riskmanager.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * One round: processes of its own, a trader who trades, loses and cheats, and faults that strike
 * meanwhile; then quiet, and the checks. The same seed gives the same plan of trades and faults;
 * what meets what is up to the machine.
 */
final class Storm {
  static final long LOSER = 501;
  static final long SECOND_LOSER = 502;
  static final long PAUSED = 503;
  static final long CALM = 504;
  static final long UNWATCHED = 505;

  static final List<Long> WATCHED = List.of(LOSER, SECOND_LOSER, PAUSED, CALM);

  /** Findings shown of one round: the others follow from the first. */
  private static final int MOST = 12;

  private static final Duration QUIET = Duration.ofSeconds(90);

  private final long seed;
  private final Duration length;
  private final int least;
  private final Path directory;

  private Storm(long seed, Duration length, int least, Path directory) {
    this.seed = seed;
    this.least = least;
    this.length = length;
    this.directory = directory;
  }

  /**
   * Plays it. A round in which nothing was found leaves nothing behind.
   *
   * @param least so many faults strike, if it takes longer than that
   */
  static Report play(long seed, Duration length, int least) throws Exception {
    Path directory = Files.createTempDirectory("rm-chaos-");
    Report report = new Storm(seed, length, least, directory).play();
    if (report.findings().isEmpty()) {
      World.delete(directory);
    }
    return report;
  }

  private Report play() throws Exception {
    List<Long> accounts = new ArrayList<>(WATCHED);
    accounts.add(UNWATCHED);
    Instant began = World.now();
    try (VenueProcess venue = new VenueProcess(directory, accounts);
        World world = World.make(directory, venue, WATCHED, Set.of(PAUSED), FakeClock.isThere())) {
      boolean started = world.firstStart();
      world.watch();
      if (!started) {
        List<String> found = List.of("the engine does not come to protect");
        return report(world, venue, "no start", found, new Tally());
      }
      Random random = new Random(seed);
      FaultDeck deck = new FaultDeck(seed, least, world.hasFakeClock());
      Faults faults = new Faults(world, venue, deck, new Random(random.nextLong()));
      List<String> early;
      try (ScriptedTrader trader =
          new ScriptedTrader(venue, new Random(random.nextLong()), length)) {
        trader.start();
        early = strike(faults, World.now().plus(length));
        faults.clear();
      }
      List<String> found = new ArrayList<>(early);
      found.addAll(quiet(world, venue));
      Ledger ledger = ledger(venue);
      found.addAll(
          new Checks(ledger, world.timeline(), Set.copyOf(WATCHED), Set.of(PAUSED), world.bound())
              .findings());
      long seconds = Duration.between(began, World.now()).toSeconds();
      return report(
          world,
          venue,
          seconds
              + " s, bound "
              + world.bound().toMillis()
              + " ms, "
              + summary(ledger)
              + "; "
              + faults.history(),
          found,
          faults.tally());
    }
  }

  private List<String> strike(Faults faults, Instant end) throws Exception {
    while (World.now().isBefore(end) || faults.tally().struck() < least) {
      faults.next();
    }
    return faults.findings();
  }

  private static Ledger ledger(VenueProcess venue) throws IOException {
    return Ledger.read(venue.ledger(), Set.of(PAUSED));
  }

  private static String summary(Ledger ledger) {
    long trades = ledger.rows().stream().filter(r -> r instanceof Row.Traded).count();
    long changes =
        ledger.rows().stream().filter(r -> r instanceof Row.Asked a && a.changes()).count();
    long locked = WATCHED.stream().filter(a -> ledger.lockedSince(a).isPresent()).count();
    return trades
        + " trades, "
        + locked
        + " breaches, "
        + ledger.pauses(PAUSED).size()
        + " over the count, "
        + changes
        + " requests of enforcement";
  }

  /** Nothing strikes any more: it has to come to rest, and to stay there. */
  private static List<String> quiet(World world, VenueProcess venue) throws Exception {
    Instant end = World.now().plus(QUIET);
    List<String> open = List.of("the engine does not protect");
    boolean protects = world.awaitProtecting(QUIET);
    while (protects && World.now().isBefore(end)) {
      open = unfinished(world, venue);
      if (open.isEmpty()) {
        // What is proven flat stays flat.
        Thread.sleep(3_000);
        open = unfinished(world, venue);
        if (open.isEmpty()) {
          return open;
        }
      }
      Thread.sleep(200);
    }
    return open.stream().map(text -> "at rest: " + text).toList();
  }

  private static List<String> unfinished(World world, VenueProcess venue) throws IOException {
    Ledger ledger = ledger(venue);
    Timeline.Sample sample = world.sample();
    List<String> open = new ArrayList<>();
    for (long account : WATCHED) {
      if (ledger.lockedSince(account).isPresent()) {
        if (!ledger.positions(account).isEmpty()) {
          open.add("account " + account + " is locked and holds " + ledger.positions(account));
        }
        if (!ledger.working(account).isEmpty()) {
          open.add("account " + account + " is locked and has " + ledger.working(account));
        }
        boolean locked =
            sample.status() != null
                && sample.status().accounts().stream()
                    .anyMatch(a -> a.accountId() == account && a.locked());
        if (!locked) {
          open.add("account " + account + " has lost too much and is not locked");
        }
      }
    }
    return open;
  }

  private Report report(
      World world, VenueProcess venue, String text, List<String> found, Tally faults) {
    List<String> all = new ArrayList<>();
    for (String finding : found.stream().distinct().limit(MOST).toList()) {
      all.add("seed " + seed + ": " + finding);
    }
    if (!found.isEmpty()) {
      all.add(
          "again with: .ci/chaos storm 1 "
              + length.toSeconds()
              + " "
              + seed
              + " "
              + least
              + "; the processes' files are in "
              + directory
              + ", the ledger in "
              + venue.ledger());
      world.timeline().windows().forEach(w -> all.add("  fault " + w));
      world.lastLines(25).forEach(line -> all.add("  engine " + line));
    }
    return new Report("seed " + seed + ": " + text, all, faults);
  }
}
