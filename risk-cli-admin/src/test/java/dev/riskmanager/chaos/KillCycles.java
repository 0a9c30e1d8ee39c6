package dev.riskmanager.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Kills the engine again and again, at the moments that hurt: between a breach and its commit,
 * between the commit and the close, in the middle of a flatten, in the middle of a start. After
 * each the engine has to come back PROTECTING with every lockout and nothing open that must not be.
 *
 * <p>The venue lives on. A home and its accounts serve until all of them are locked, then come the
 * next.
 */
final class KillCycles {
  private static final int ACCOUNTS = 8;
  private static final long FIRST = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private enum Moment {
    BREACH,
    COMMITTED,
    FLATTEN,
    START,
    REST
  }

  private final long seed;
  private final PrintStream out;
  private final Random random;
  private final Path directory;
  private final VenueProcess venue;
  private final Map<Moment, Integer> done = new EnumMap<>(Moment.class);
  private final List<String> findings = new ArrayList<>();
  private final List<Long> locked = new ArrayList<>();
  private final List<Long> fresh = new ArrayList<>();
  private final Instant end;
  private final Figures back = new Figures();
  private int season;

  private KillCycles(long seed, int cycles, Duration limit, Path directory, PrintStream out)
      throws IOException, InterruptedException {
    this.seed = seed;
    this.end = World.now().plus(limit);
    this.out = out;
    this.random = new Random(seed);
    this.directory = directory;
    // Three cycles in five breach an account; with one home more than that needs.
    int homes = cycles * 3 / 5 / ACCOUNTS + 3;
    List<Long> accounts =
        new ArrayList<>(LongStream.range(FIRST, FIRST + (long) homes * ACCOUNTS).boxed().toList());
    accounts.add(Storm.UNWATCHED);
    this.venue = new VenueProcess(directory, accounts);
  }

  /**
   * Plays so many cycles, and says every tenth where it is.
   *
   * @param limit no cycle is begun after this
   */
  static Report play(int cycles, long seed, Duration limit, PrintStream out) throws Exception {
    Path directory = Files.createTempDirectory("rm-kill-");
    KillCycles cyclesOfSeed = new KillCycles(seed, cycles, limit, directory, out);
    Report report;
    try (VenueProcess open = cyclesOfSeed.venue) {
      report = cyclesOfSeed.play(cycles);
    }
    if (report.findings().isEmpty()) {
      World.delete(directory);
    }
    return report;
  }

  private Report play(int cycles) throws Exception {
    Instant began = World.now();
    int cycle = 0;
    while (cycle < cycles && findings.isEmpty() && World.now().isBefore(end)) {
      cycle = season(cycle, cycles);
    }
    String text =
        cycle
            + " kills in "
            + Duration.between(began, World.now()).toSeconds()
            + " s with seed "
            + seed
            + ": "
            + done
            + back.text("; from the start to PROTECTING");
    return new Report(text, findings);
  }

  /** One home, until all its accounts are locked. */
  private int season(int from, int cycles) throws Exception {
    long first = FIRST + (long) season * ACCOUNTS;
    Path place = directory.resolve("season-" + season);
    season++;
    List<Long> watched = LongStream.range(first, first + ACCOUNTS).boxed().toList();
    fresh.clear();
    locked.clear();
    fresh.addAll(watched);
    int cycle = from;
    try (World world = World.make(place, venue, watched, Set.of(), false)) {
      boolean good = world.firstStart();
      if (!good) {
        findings.add("the engine does not start");
      }
      while (good && cycle < cycles && !fresh.isEmpty() && World.now().isBefore(end)) {
        strike(world);
        cycle++;
        if (random.nextBoolean()) {
          cheat();
        }
        long began = System.nanoTime();
        world.startEngine();
        good = comesBack(world, cycle);
        back.add(System.nanoTime() - began);
        good = good && isSound(world, cycle, watched);
        if (cycle % 10 == 0) {
          out.println(cycle + " kills, " + findings.size() + " finding(s) " + done);
        }
      }
      if (!findings.isEmpty()) {
        world.lastLines(30).forEach(line -> findings.add("  engine " + line));
        findings.add("again with: .ci/chaos kill " + cycle + " " + seed + "; files in " + place);
      }
    }
    return cycle;
  }

  private void strike(World world) throws IOException, InterruptedException {
    Moment moment = Moment.values()[random.nextInt(Moment.values().length)];
    done.merge(moment, 1, Integer::sum);
    switch (moment) {
      case BREACH -> {
        breach(false);
        pause(0, 25);
      }
      case COMMITTED -> {
        breach(true);
        pause(0, 80);
      }
      case FLATTEN -> {
        venue.knob("latency_ms", 50 + random.nextInt(150));
        if (locked.isEmpty()) {
          breach(true);
        } else {
          cheat();
        }
        pause(0, 700);
      }
      case START -> {
        world.killEngine();
        if (random.nextBoolean()) {
          breach(random.nextBoolean());
        }
        world.startEngine();
        pause(0, 3_000);
      }
      case REST -> pause(0, 300);
    }
    world.killEngine();
    venue.knob("latency_ms", 0);
  }

  private void breach(boolean holding) {
    long account = fresh.removeFirst();
    if (holding) {
      venue.trade(account, random.nextBoolean() ? 2 : -2);
      venue.limit(account, 1);
    }
    venue.book(account, "-" + (500 + random.nextInt(300)));
    locked.add(account);
  }

  private void cheat() {
    if (!locked.isEmpty()) {
      long account = locked.get(random.nextInt(locked.size()));
      venue.trade(account, random.nextBoolean() ? 1 : -3);
      if (random.nextBoolean()) {
        venue.stop(account, random.nextBoolean() ? 1 : -1);
      }
    }
  }

  private void pause(int least, int most) throws InterruptedException {
    Thread.sleep(least + random.nextInt(most - least));
  }

  private boolean comesBack(World world, int cycle) throws InterruptedException {
    boolean back = world.awaitProtecting(PATIENCE);
    if (!back) {
      findings.add("after kill " + cycle + " the engine does not come back to PROTECTING");
    }
    return back;
  }

  private boolean isSound(World world, int cycle, List<Long> watched)
      throws IOException, InterruptedException {
    Instant end = World.now().plus(world.bound());
    List<Long> open = openIn(watched);
    while (!open.isEmpty() && World.now().isBefore(end)) {
      Thread.sleep(50);
      open = openIn(watched);
    }
    if (!open.isEmpty()) {
      findings.add("after kill " + cycle + " locked accounts still hold something: " + open);
    }
    Ledger ledger = Ledger.read(venue.ledger(), Set.of());
    new Checks(ledger, world.timeline(), Set.copyOf(watched), Set.of(), world.bound())
        .ofHome(LongStream.range(FIRST, FIRST + (long) season * ACCOUNTS).boxed().toList())
        .forEach(found -> findings.add("after kill " + cycle + ": " + found));
    return findings.isEmpty();
  }

  private List<Long> openIn(List<Long> watched) throws IOException {
    Ledger ledger = Ledger.read(venue.ledger(), Set.of());
    return watched.stream()
        .filter(account -> ledger.lockedSince(account).isPresent())
        .filter(
            account -> !ledger.positions(account).isEmpty() || !ledger.working(account).isEmpty())
        .toList();
  }
}
