package dev.riskmanager.bench;

import dev.riskmanager.e2e.EngineProcess;
import dev.riskmanager.e2e.Stage;
import dev.riskmanager.sim.exchange.OrderSide;
import java.math.BigDecimal;

/**
 * From {@code kill -9} to PROTECTING again: the process starts, restores a lockout, logs in, reads
 * the venue and, in every second turn, closes a position opened while it was dead. As seen through
 * the view socket, asked every 10 ms. Argument: the number of restarts (default 20).
 */
public final class RestartBenchmark {
  private RestartBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int restarts = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    Figures quiet = new Figures();
    Figures closing = new Figures();
    try (Stage stage = Stage.set()) {
      stage.venue().knob("rate_limit", 0);
      EngineProcess engine = EngineProcess.start(stage.home());
      try {
        engine.awaitProtecting();
        stage.venue().halfTurn(Stage.ACCOUNT, "MNQ", new BigDecimal("-600"));
        engine.awaitStatus("locked", s -> s.accounts().getFirst().locked());
        for (int i = 0; i < restarts; i++) {
          boolean open = i % 2 == 1;
          long began = System.nanoTime();
          engine.kill();
          if (open) {
            stage.venue().trade(Stage.ACCOUNT, "MNQ", OrderSide.BUY, 1);
          }
          engine = EngineProcess.start(stage.home());
          engine.awaitProtecting();
          (open ? closing : quiet).add(System.nanoTime() - began);
          if (!stage.venue().positions(Stage.ACCOUNT).isEmpty()) {
            throw new IllegalStateException("PROTECTING with a position in a locked account");
          }
        }
      } finally {
        engine.close();
      }
    }
    Figures.head(System.out);
    quiet.print(System.out, "kill -9 -> PROTECTING, a lockout restored");
    closing.print(System.out, "the same, and a position closed first");
    System.out.println("aim: under 2000");
  }
}
