package dev.riskmanager.chaos;

import java.time.Duration;
import java.time.Instant;

/**
 * The program: {@code storm ROUNDS SECONDS FROM_SEED FAULTS} or {@code kill CYCLES SEED}. Ends with
 * 1 when something was found. A round of a storm has at least so many faults; without a number, so
 * many that each kind strikes in the rounds together.
 */
public final class Chaos {
  private Chaos() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    String what = args.length > 0 ? args[0] : "";
    boolean good =
        switch (what) {
          case "storm" -> {
            long rounds = number(args, 1, 10);
            long enough = FaultDeck.least(rounds, FakeClock.isThere());
            yield storms(
                rounds, number(args, 2, 25), number(args, 3, 1), (int) number(args, 4, enough));
          }
          case "kill" -> kills((int) number(args, 1, 500), number(args, 2, 1));
          default -> {
            System.err.println(
                "usage: chaos storm [ROUNDS [SECONDS [FROM_SEED [FAULTS]]]] | chaos kill [CYCLES"
                    + " [SEED]]");
            yield false;
          }
        };
    System.exit(good ? 0 : 1);
  }

  private static boolean kills(int cycles, long seed) throws Exception {
    Report report = KillCycles.play(cycles, seed, Duration.ofDays(1), System.out);
    System.out.println(report.text() + ", " + report.findings().size() + " finding(s)");
    report.findings().forEach(System.out::println);
    return report.findings().isEmpty();
  }

  private static long number(String[] args, int at, long otherwise) {
    return args.length > at ? Long.parseLong(args[at]) : otherwise;
  }

  private static boolean storms(long rounds, long seconds, long from, int least) throws Exception {
    if (!FakeClock.isThere()) {
      System.out.println("libfaketime is not installed: the clock is not stepped");
    }
    Instant began = World.now();
    long bad = 0;
    Tally faults = new Tally();
    for (long seed = from; seed < from + rounds; seed++) {
      Report report = Storm.play(seed, Duration.ofSeconds(seconds), least);
      System.out.println(report.text());
      report.findings().forEach(System.out::println);
      faults.add(report.faults(), !report.findings().isEmpty());
      bad += report.findings().isEmpty() ? 0 : 1;
    }
    System.out.print(faults.table());
    System.out.printf(
        "%d rounds from seed %d in %d s: %d with findings%n",
        rounds, from, Duration.between(began, World.now()).toSeconds(), bad);
    return bad == 0;
  }
}
