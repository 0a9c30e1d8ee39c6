package dev.riskmanager.trader.app;

import dev.riskmanager.trader.view.Link;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.ViewClient;
import java.time.Duration;

/**
 * Notices an engine that is there and says nothing: a process that was stopped or hangs keeps its
 * connections. It is asked for a sign of life when it has been silent for a while. What counts as
 * silence is what the screen calls stale and no data. Thread-safe.
 */
final class Pulse implements AutoCloseable {
  /** How often one that waits for the engine should {@link #check}. */
  static final Duration EVERY = Duration.ofMillis(500);

  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final int ENGINE_NOT_RUNNING = 3;

  private final ViewClient engine;
  private final Console console;
  private volatile long heardAt;
  private volatile boolean closed;
  private boolean warned;

  Pulse(ViewClient engine, Console console) {
    this.engine = engine;
    this.console = console;
    this.heardAt = console.nanos().getAsLong();
    Thread.ofPlatform().daemon().name("pulse").start(this::ask);
  }

  /** The engine said something. */
  void heard() {
    heardAt = console.nanos().getAsLong();
  }

  /**
   * Says on standard error that the engine is silent, and that it no longer is.
   *
   * @throws Failure when it has been for so long that it counts as gone
   */
  void check() throws Failure {
    Duration silence = silence();
    if (silence.compareTo(Link.NO_DATA_AFTER) > 0) {
      throw new Failure(
          ENGINE_NOT_RUNNING,
          "the engine has said nothing for "
              + silence.toSeconds()
              + " s: it is stopped or hangs, and nothing is protected; try: risk-admin engine"
              + " restart");
    }
    boolean silent = silence.compareTo(Link.STALE_AFTER) > 0;
    if (silent != warned) {
      warned = silent;
      console
          .err()
          .println(
              "risk-trader: "
                  + (silent
                      ? "the engine has said nothing for "
                          + silence.toSeconds()
                          + " s; what was printed last is stale"
                      : "the engine answers again"));
    }
  }

  private Duration silence() {
    return Duration.ofNanos(console.nanos().getAsLong() - heardAt);
  }

  private void ask() {
    while (!closed) {
      try {
        Thread.sleep(EVERY);
        if (silence().compareTo(QUIET) > 0) {
          var unused = engine.hoursJson();
          heard();
        }
      } catch (ControlException.TimedOut e) {
        // That is what check() tells.
      } catch (ControlException e) {
        // The connection has ended, which its listener is told.
        return;
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
