package dev.riskmanager.trader;

import dev.riskmanager.trader.term.Display;
import dev.riskmanager.trader.view.ColorDepth;
import dev.riskmanager.trader.view.Line;
import java.io.IOException;
import java.util.List;

/** A screen that dies of an exception, so that a test can look at the terminal afterwards. */
public final class FailingScreenMain {
  private FailingScreenMain() {}

  /**
   * Takes the terminal, draws, and fails; on its own thread when {@code args[0]} is {@code thread}:
   * then nothing closes the display but the end of the process.
   */
  public static void main(String[] args) throws IOException {
    if (args.length > 0 && args[0].equals("thread")) {
      Display display = Display.open(ColorDepth.BASIC);
      display.draw(List.of(Line.of("about to fail")));
      throw new IllegalStateException("on purpose");
    }
    try (Display display = Display.open(ColorDepth.BASIC)) {
      display.draw(List.of(Line.of("about to fail")));
      throw new IllegalStateException("on purpose");
    }
  }
}
