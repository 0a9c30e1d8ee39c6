package dev.riskmanager.chaos;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Sends signals to processes that this program started. */
final class Signals {
  private Signals() {}

  static void stop(long pid) {
    send("-STOP", pid);
  }

  static void goOn(long pid) {
    send("-CONT", pid);
  }

  private static void send(String signal, long pid) {
    try {
      Process kill = new ProcessBuilder("kill", signal, Long.toString(pid)).start();
      if (!kill.waitFor(5, TimeUnit.SECONDS)) {
        throw new IOException("kill does not end");
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
