package dev.riskmanager.trader;

import dev.riskmanager.wire.StatusView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/**
 * The fake engine as a process of its own, for pictures and measurements: {@code FakeEngineMain
 * HOME free|locked|cooldown|two}.
 */
public final class FakeEngineMain {
  private FakeEngineMain() {}

  /** Runs until killed. */
  public static void main(String[] args) throws Exception {
    StatusView status =
        switch (args[1]) {
          case "free" -> Samples.status(Samples.free());
          case "locked" -> Samples.status(Samples.lockedOut());
          case "cooldown" -> Samples.status(Samples.cooling());
          case "two" -> Samples.status(Samples.free(), Samples.second());
          default -> throw new IllegalArgumentException(args[1]);
        };
    try (FakeEngine engine = new FakeEngine(Path.of(args[0]), status)) {
      long started = System.nanoTime();
      // The sample day goes on from its moment at the speed of the world.
      engine.live(
          () -> {
            Instant now = Samples.NOW.plusNanos(System.nanoTime() - started);
            return Samples.at(now, status);
          });
      engine.hours(Samples.hours());
      engine.lockouts(Samples.lockouts());
      engine.receipt(Samples.receipt());
      System.out.println("listening");
      new CountDownLatch(1).await();
    }
  }
}
