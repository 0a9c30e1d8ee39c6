package dev.riskmanager.trader;

import dev.riskmanager.trader.app.RiskTrader;
import dev.riskmanager.trader.term.Display;
import dev.riskmanager.trader.view.ColorDepth;
import dev.riskmanager.trader.view.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A screen that dies of an exception, so that a test can look at the terminal afterwards. */
public final class FailingScreenMain {
  private FailingScreenMain() {}

  /**
   * Takes the terminal, draws, and fails; on its own thread when {@code args[0]} is {@code thread}:
   * then nothing closes the display but the end of the process. With {@code other HOME} it is the
   * real live screen, and a thread beside it that dies as soon as there is a file {@code fail}.
   */
  public static void main(String[] args) throws IOException {
    if (args[0].equals("other")) {
      Path fail = Path.of(args[1], "fail");
      Thread.ofPlatform().daemon().name("beside").start(() -> dieAfter(fail));
      System.exit(RiskTrader.run("status", "--home", args[1]));
    }
    if (args[0].equals("thread")) {
      Display display = Display.open(ColorDepth.BASIC);
      display.draw(List.of(Line.of("about to fail")));
      throw new IllegalStateException("on purpose");
    }
    try (Display display = Display.open(ColorDepth.BASIC)) {
      display.draw(List.of(Line.of("about to fail")));
      throw new IllegalStateException("on purpose");
    }
  }

  private static void dieAfter(Path file) {
    // Not by Awaitility, which puts its own handler in the place of the screen's.
    while (!Files.exists(file)) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    throw new IllegalStateException("on purpose");
  }
}
