package dev.riskmanager.daemon.app;

import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.EngineView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How well the engine protects, from what its parts report. Safe for many threads. */
final class Health {
  private final Instant startedAt;
  private final Map<String, String> problems = new TreeMap<>();
  private final Map<String, String> unprotected = new TreeMap<>();
  private boolean ready;
  private boolean stopping;

  Health(Instant startedAt) {
    this.startedAt = startedAt;
  }

  /** The venue was read, the rules evaluated and what they asked for was done. */
  synchronized void ready() {
    ready = true;
  }

  synchronized boolean isReady() {
    return ready;
  }

  synchronized void stopping() {
    stopping = true;
  }

  /**
   * A part is not well, or is again.
   *
   * @param text empty when it is
   */
  synchronized void problem(String part, String text) {
    set(problems, part, text);
  }

  /**
   * An account cannot be protected, or can again.
   *
   * @param text empty when it can
   */
  synchronized void notProtected(String account, String text) {
    set(unprotected, account, text);
  }

  private static void set(Map<String, String> texts, String key, String text) {
    if (text.isEmpty()) {
      texts.remove(key);
    } else {
      texts.put(key, text);
    }
  }

  synchronized EngineState state() {
    if (stopping) {
      return EngineState.STOPPING;
    }
    if (!unprotected.isEmpty()) {
      return EngineState.NOT_PROTECTED;
    }
    if (!problems.isEmpty()) {
      return EngineState.DEGRADED;
    }
    return ready ? EngineState.PROTECTING : EngineState.STARTING;
  }

  synchronized EngineView view(Instant now) {
    List<String> texts = new ArrayList<>(unprotected.values());
    texts.addAll(problems.values());
    return new EngineView(
        state(),
        texts,
        ProcessHandle.current().pid(),
        Build.version(),
        startedAt,
        Math.max(0, Duration.between(startedAt, now).toSeconds()));
  }
}
