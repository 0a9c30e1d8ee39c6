package dev.riskmanager.bench;

import dev.riskmanager.e2e.CloseTimer;
import dev.riskmanager.e2e.EngineProcess;
import dev.riskmanager.e2e.Listeners;
import dev.riskmanager.e2e.Stage;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderSide;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * From a breaching {@code GatewayUserTrade} to the first close request at the venue, the lockout
 * committed in between, beside an append with {@code fdatasync} on the same disk in the same run.
 * Each breach is that of another account with a position of one contract, so that no plan of an
 * earlier one is still being watched.
 *
 * <p>Both ends are taken by one clock in the venue's process, so the figures contain the venue's
 * own work, the loopback and the HTTP exchange on both sides; they are an upper bound of what
 * happens inside the engine. Arguments: the number of breaches counted (default 60, after ten to
 * warm up) and the milliseconds between them (default 1500: the venue takes 200 requests a minute,
 * and what is measured is not the queue before that); {@code deaf} as the third has the engine tell
 * four notification targets that never answer. The temporary directory ({@code -Djava.io.tmpdir})
 * says which disk.
 */
public final class BreachLatencyBenchmark {
  private static final int WARM_UP = 10;

  /** Writes of the disk's own for each breach: so many that their p99 is one. */
  private static final int PROBES = 10;

  private final Figures fromBefore = new Figures();
  private final Figures fromHandedOver = new Figures();
  private final Figures sync = new Figures();

  private BreachLatencyBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int breaches = args.length > 0 ? Integer.parseInt(args[0]) : 60;
    long gapMillis = args.length > 1 ? Long.parseLong(args[1]) : 1_500;
    new BreachLatencyBenchmark()
        .run(breaches, gapMillis, args.length > 2 && args[2].equals("deaf"));
  }

  private void run(int breaches, long gapMillis, boolean deaf) throws Exception {
    try (Stage stage = Stage.set(WARM_UP + breaches);
        Listeners listeners = told(stage, deaf);
        EngineProcess engine = EngineProcess.start(stage.home());
        FileChannel probe = probe(stage.home().data())) {
      SimVenue venue = stage.venue();
      venue.knob("rate_limit", 0);
      CloseTimer timer = new CloseTimer(venue);
      engine.awaitProtecting();
      for (int i = 0; i < WARM_UP + breaches; i++) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(gapMillis));
        breach(timer, venue, engine, Stage.ACCOUNT + i, i >= WARM_UP);
        sync(probe, i >= WARM_UP);
      }
      report();
    }
  }

  private static Listeners told(Stage stage, boolean deaf) throws IOException {
    Listeners listeners = Listeners.open();
    if (deaf) {
      listeners.deaf(stage);
    }
    return listeners;
  }

  private void breach(
      CloseTimer timer, SimVenue venue, EngineProcess engine, long account, boolean counted)
      throws InterruptedException {
    venue.trade(account, "MNQ", OrderSide.BUY, 1);
    engine.awaitStatus("position", s -> Stage.account(s, account).positions().size() == 1);
    CloseTimer.Timed timed =
        timer.time(() -> venue.halfTurn(account, "MNQ", new BigDecimal("-600")));
    if (counted) {
      fromBefore.add(timed.fromBefore());
      fromHandedOver.add(timed.fromTold());
    }
    engine.awaitStatus(
        "locked and flat",
        s -> Stage.account(s, account).locked() && Stage.account(s, account).positions().isEmpty());
  }

  private static FileChannel probe(Path directory) throws IOException {
    return FileChannel.open(
        directory.resolve("probe"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Between the breaches, so under the same load. */
  private void sync(FileChannel probe, boolean counted) throws IOException {
    for (int i = 0; i < PROBES; i++) {
      long began = System.nanoTime();
      probe.write(ByteBuffer.allocate(256));
      probe.force(false);
      if (counted) {
        sync.add(System.nanoTime() - began);
      }
    }
  }

  private void report() {
    Figures.head(System.out);
    sync.print(System.out, "append + fdatasync");
    fromBefore.print(System.out, "trade made at the venue -> first close arrives");
    fromHandedOver.print(System.out, "trade handed to the socket -> first close arrives");
    System.out.printf(
        "median: %.2f, aim %.2f (one fdatasync + 1 ms); p99: %.2f, aim %.2f (twice fdatasync's + 5"
            + " ms)%n",
        fromBefore.millis(50), sync.millis(50) + 1, fromBefore.millis(99), 2 * sync.millis(99) + 5);
  }
}
