package dev.riskmanager.daemon.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the machine from going to sleep while positions are open, where systemd can: a machine that
 * sleeps protects nobody. The lock is held by a helper process whose standard input is a pipe from
 * this one, so that it ends with the engine however the engine ends.
 */
public final class SleepGuard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("engine");
  private static final Path PROGRAM = Path.of("/usr/bin/systemd-inhibit");

  /** Is there only where systemd runs the machine: sd_booted(3). */
  private static final Path BOOTED = Path.of("/run/systemd/system");

  private final List<String> command;
  private final Executor executor;
  private boolean wanted;
  private boolean refused;
  private @Nullable Process holder;

  SleepGuard(List<String> command, Executor executor) {
    this.command = List.copyOf(command);
    this.executor = executor;
  }

  /**
   * The guard of this machine; empty where the system offers none.
   *
   * @param executor starts and ends the helper: never the caller's thread
   */
  public static Optional<SleepGuard> ofSystem(Executor executor) {
    if (!Files.isDirectory(BOOTED) || !Files.isExecutable(PROGRAM)) {
      return Optional.empty();
    }
    return Optional.of(
        new SleepGuard(
            List.of(
                PROGRAM.toString(),
                "--what=sleep:handle-lid-switch",
                "--mode=block",
                "--who=Risk Manager",
                "--why=positions are open",
                "cat"),
            executor));
  }

  /** Whether positions are open. Returns at once. */
  public synchronized void positionsOpen(boolean open) {
    if (open != wanted) {
      wanted = open;
      executor.execute(this::follow);
    }
  }

  private synchronized void follow() {
    Process running = holder;
    if (wanted && running == null && !refused) {
      hold();
    } else if (!wanted && running != null) {
      release(running);
      LOG.info("Sleep is allowed again: no position is open");
    }
  }

  private void hold() {
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      holder = started;
      LOG.info("Sleep is inhibited while positions are open");
      started.onExit().thenAccept(this::ended);
    } catch (IOException e) {
      refused = true;
      LOG.warn("Sleep cannot be inhibited: {}", e.getMessage());
    }
  }

  /** One that ends by itself was refused, and would be again. */
  private synchronized void ended(Process process) {
    if (process.equals(holder)) {
      holder = null;
      refused = true;
      LOG.warn(
          "Sleep is not inhibited: the system refused it (exit code {}); see docs/service.md",
          process.exitValue());
    }
  }

  /** Its input ends, and with that the lock: the same as when the engine is killed. */
  private void release(Process running) {
    holder = null;
    try {
      running.getOutputStream().close();
    } catch (IOException e) {
      running.destroy();
    }
  }

  synchronized boolean isHolding() {
    return holder != null;
  }

  @Override
  public synchronized void close() {
    wanted = false;
    Process running = holder;
    if (running != null) {
      release(running);
    }
  }
}
