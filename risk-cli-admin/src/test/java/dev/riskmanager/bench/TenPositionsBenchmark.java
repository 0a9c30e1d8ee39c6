package dev.riskmanager.bench;

import dev.riskmanager.e2e.EngineProcess;
import dev.riskmanager.e2e.Stage;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.sim.exchange.UserEvent;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flattens ten positions in ten contracts at a venue that takes 50 ms for every request: from the
 * breaching trade until the venue's books are flat, and until the engine has proven it by a
 * re-read. Each repetition is that of another account. Arguments: the number of repetitions
 * (default 15, after three to warm up) and the milliseconds between them (default 6000: the venue
 * takes 200 requests a minute, and what is measured is not the queue before that).
 */
public final class TenPositionsBenchmark {
  private static final List<String> SYMBOLS =
      List.of("MNQ", "MES", "NQ", "ES", "RTY", "M2K", "YM", "MYM", "CL", "GC");
  private static final int LATENCY = 50;
  private static final int WARM_UP = 3;
  private static final Pattern PROVEN = Pattern.compile("FLAT: proven after (\\d+) ms");

  private TenPositionsBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int repetitions = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    long gapMillis = args.length > 1 ? Long.parseLong(args[1]) : 6_000;
    Figures books = new Figures();
    Figures proven = new Figures();
    try (Stage stage = Stage.set(WARM_UP + repetitions);
        EngineProcess engine = EngineProcess.start(stage.home())) {
      SimVenue venue = stage.venue();
      venue.knob("rate_limit", 0);
      BlockingQueue<Long> flat = new ArrayBlockingQueue<>(1024);
      venue.onEvent(
          event -> {
            if (event instanceof UserEvent.PositionChanged changed
                && changed.position().size() == 0) {
              flat.add(System.nanoTime());
            }
          });
      engine.awaitProtecting();
      for (int i = 0; i < WARM_UP + repetitions; i++) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(gapMillis));
        long account = Stage.ACCOUNT + i;
        for (String symbol : SYMBOLS) {
          venue.trade(account, symbol, OrderSide.BUY, 1);
        }
        engine.awaitStatus(
            "ten positions", s -> Stage.account(s, account).positions().size() == SYMBOLS.size());
        flat.clear();
        venue.knob("latency_ms", LATENCY);
        int plans = provenMillis(engine).size();
        long began = System.nanoTime();
        venue.halfTurn(account, "MNQ", new BigDecimal("-600"));
        long last = last(flat);
        engine.awaitStatus("the proof", s -> provenMillis(engine).size() > plans);
        if (i >= WARM_UP) {
          books.add(last - began);
          proven.add(TimeUnit.MILLISECONDS.toNanos(provenMillis(engine).getLast()));
        }
        venue.knob("latency_ms", 0);
      }
    }
    Figures.head(System.out);
    books.print(System.out, "breaching trade -> ten positions flat at the venue");
    proven.print(System.out, "breach decided -> proven flat by a re-read");
    System.out.printf(
        "aim: at most %d (three round trips of %d + 50)%n", 3 * LATENCY + 50, LATENCY);
  }

  private static long last(BlockingQueue<Long> flat) throws InterruptedException {
    long last = 0;
    for (int i = 0; i < SYMBOLS.size(); i++) {
      Long one = flat.poll(20, TimeUnit.SECONDS);
      if (one == null) {
        throw new IllegalStateException("only " + i + " positions were closed within 20 s");
      }
      last = one;
    }
    return last;
  }

  private static List<Long> provenMillis(EngineProcess engine) {
    return engine.output().stream()
        .map(PROVEN::matcher)
        .filter(Matcher::find)
        .map(found -> Long.valueOf(found.group(1)))
        .toList();
  }
}
