package dev.riskmanager.trader;

import static java.util.Objects.requireNonNull;

import dev.riskmanager.wire.StatusView;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The fake engine as a process of its own, for pictures, measurements and tests: {@code
 * FakeEngineMain HOME free|locked|cooldown|two}. Each line of its input is the next state, or
 * {@code burst}.
 */
public final class FakeEngineMain {
  private FakeEngineMain() {}

  /** Runs until killed. */
  public static void main(String[] args) throws Exception {
    AtomicReference<StatusView> status = new AtomicReference<>(sample(args[1]));
    try (FakeEngine engine = new FakeEngine(Path.of(args[0]), requireNonNull(status.get()))) {
      long started = System.nanoTime();
      // The sample day goes on from its moment at the speed of the world.
      Supplier<StatusView> live =
          () -> {
            Instant now = Samples.NOW.plusNanos(System.nanoTime() - started);
            return Samples.at(now, requireNonNull(status.get()));
          };
      engine.live(live);
      engine.hours(Samples.hours());
      engine.lockouts(Samples.lockouts());
      engine.receipt(Samples.receipt());
      System.out.println("listening");
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals("burst")) {
          burst(engine, live);
          continue;
        }
        status.set(sample(line));
        engine.show(live.get());
      }
      new CountDownLatch(1).await();
    }
  }

  /** Three hundred pictures in three seconds, each of another second. */
  private static void burst(FakeEngine engine, Supplier<StatusView> live)
      throws InterruptedException {
    for (int i = 1; i <= 300; i++) {
      StatusView now = live.get();
      engine.show(Samples.at(now.asOf().plusSeconds(i), now));
      Thread.sleep(10);
    }
    System.out.println("burst");
  }

  private static StatusView sample(String name) {
    return switch (name) {
      case "free" -> Samples.status(Samples.free());
      case "locked" -> Samples.status(Samples.lockedOut());
      case "cooldown" -> Samples.status(Samples.cooling());
      case "two" -> Samples.status(Samples.free(), Samples.second());
      default -> throw new IllegalArgumentException(name);
    };
  }
}
