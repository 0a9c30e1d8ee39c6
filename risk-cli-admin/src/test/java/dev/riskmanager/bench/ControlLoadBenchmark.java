package dev.riskmanager.bench;

import dev.riskmanager.e2e.EngineProcess;
import dev.riskmanager.e2e.Stage;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.sim.exchange.UserEvent;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How much later the engine answers an event while its control sockets are flooded. The event is an
 * opening fill in a locked account and the answer the request that closes it, both stamped in the
 * venue's process. Fills without a flood and within one take turns, so that both meet the same
 * machine; a flood is {@link ControlFlood}, a process of its own, and only fills that were answered
 * before their flood was over count. The 200 idle connections are there as long as that process.
 *
 * <p>Arguments: fills of each kind (default 100), milliseconds between them (default 1000).
 */
public final class ControlLoadBenchmark {
  private static final String CLOSE = "Position/closeContract";
  private static final int ACCOUNTS = 20;
  private static final int WARM_UP = 40;
  private static final int TURN = 10;

  private final Figures quiet = new Figures();
  private final Figures flooded = new Figures();
  private final Figures floods = new Figures();
  private final BlockingQueue<Long> closes = new LinkedBlockingQueue<>();
  private final AtomicLong told = new AtomicLong();
  private int turn;

  private ControlLoadBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    new ControlLoadBenchmark()
        .run(
            args.length > 0 ? Integer.parseInt(args[0]) : 100,
            args.length > 1 ? Integer.parseInt(args[1]) : 1_000);
  }

  private void run(int fills, int gapMillis) throws Exception {
    try (Stage stage = Stage.set(ACCOUNTS)) {
      SimVenue venue = stage.venue();
      venue.knob("rate_limit", 0);
      venue.knob("fees", Map.of("MNQ", 0));
      listen(venue);
      try (EngineProcess engine = EngineProcess.start(stage.home(), List.of())) {
        engine.awaitProtecting();
        for (int i = 0; i < ACCOUNTS; i++) {
          long account = Stage.ACCOUNT + i;
          venue.halfTurn(account, "MNQ", new BigDecimal("-600"));
          engine.awaitStatus("locked", s -> Stage.account(s, account).locked());
        }
        for (int i = 0; i < WARM_UP; i++) {
          fill(venue, gapMillis);
        }
        for (int done = 0; done < fills; done += TURN) {
          for (int i = 0; i < TURN; i++) {
            quiet.add(fill(venue, gapMillis));
          }
          flood(stage, venue, gapMillis);
        }
      }
    }
    report();
  }

  private void flood(Stage stage, SimVenue venue, int gapMillis) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ControlFlood.class.getName(), stage.home().run().toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader answers =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        OutputStream orders = process.getOutputStream()) {
      answers.readLine();
      int done = 0;
      while (done < TURN) {
        orders.write('\n');
        orders.flush();
        do {
          long took = fill(venue, gapMillis);
          if (!answers.ready()) {
            flooded.add(took);
            done++;
          }
        } while (done < TURN && !answers.ready());
        floods.add(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(answers.readLine())));
      }
    } finally {
      process.destroy();
    }
  }

  private void listen(SimVenue venue) {
    venue.onRequest(
        request -> {
          if (request.operation().equals(CLOSE)) {
            closes.add(request.nanos());
          }
        });
    venue.onEvent(
        event -> {
          if (event instanceof UserEvent.Traded) {
            told.compareAndSet(0, System.nanoTime());
          }
        });
  }

  private long fill(SimVenue venue, int afterMillis) throws InterruptedException {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(afterMillis));
    closes.clear();
    told.set(0);
    long account = Stage.ACCOUNT + turn % ACCOUNTS;
    venue.trade(account, "MNQ", turn++ % 2 == 0 ? OrderSide.BUY : OrderSide.SELL, 1);
    Long close = closes.poll(20, TimeUnit.SECONDS);
    if (close == null) {
      throw new IllegalStateException("no close within 20 s of a fill");
    }
    return close - told.get();
  }

  private void report() {
    System.out.printf(
        Locale.ROOT,
        "%-44s %7s %7s %7s %7s %6s%n",
        "milliseconds",
        "p50",
        "p90",
        "p99",
        "max",
        "n");
    quiet.quantiles(System.out, "a fill in a lockout -> its close request");
    flooded.quantiles(System.out, "the same while the sockets are flooded");
    floods.quantiles(System.out, "a flood, until all is answered");
    System.out.printf(
        Locale.ROOT,
        "p99 with a flood / without: %.2f, aim 2%n",
        flooded.millis(99) / quiet.millis(99));
  }
}
