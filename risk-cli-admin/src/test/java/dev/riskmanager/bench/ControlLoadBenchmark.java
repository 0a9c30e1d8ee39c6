package dev.riskmanager.bench;

import dev.riskmanager.e2e.CloseTimer;
import dev.riskmanager.e2e.EngineProcess;
import dev.riskmanager.e2e.Stage;
import dev.riskmanager.sim.SimVenue;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
  private static final int ACCOUNTS = 20;
  private static final int WARM_UP = 40;
  private static final int TURN = 10;

  private final Figures quiet = new Figures();
  private final Figures flooded = new Figures();
  private final Figures floods = new Figures();
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
      CloseTimer timer = new CloseTimer(venue);
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
        GuardLatencyBenchmark.lock(stage, engine, ACCOUNTS);
        for (int i = 0; i < WARM_UP; i++) {
          fill(timer, venue, gapMillis);
        }
        for (int done = 0; done < fills; done += TURN) {
          for (int i = 0; i < TURN; i++) {
            quiet.add(fill(timer, venue, gapMillis));
          }
          flood(stage, timer, gapMillis);
        }
      }
    }
    report();
  }

  private void flood(Stage stage, CloseTimer timer, int gapMillis) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ControlFlood.class.getName(), stage.home().run().toString()));
    SimVenue venue = stage.venue();
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
          long took = fill(timer, venue, gapMillis);
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

  private long fill(CloseTimer timer, SimVenue venue, int afterMillis) throws InterruptedException {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(afterMillis));
    long account = Stage.ACCOUNT + turn % ACCOUNTS;
    return GuardLatencyBenchmark.fill(timer, venue, account, turn++);
  }

  private void report() {
    Figures.quantilesHead(System.out);
    quiet.quantiles(System.out, "a fill in a lockout -> its close request");
    flooded.quantiles(System.out, "the same while the sockets are flooded");
    floods.quantiles(System.out, "a flood, until all is answered");
    System.out.printf(
        Locale.ROOT,
        "p99 with a flood / without: %.2f, aim 2%n",
        flooded.millis(99) / quiet.millis(99));
  }
}
