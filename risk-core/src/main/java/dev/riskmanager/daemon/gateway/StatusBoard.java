package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.gateway.GatewayStatus.State;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects what is known of the gateway's health and tells of changes. Thread-safe. */
final class StatusBoard {
  private static final int WINDOWS_KEPT = 50;

  private final Consumer<GatewayStatus> changed;
  private final Deque<BlindWindow> windows = new ArrayDeque<>();
  private final Map<String, String> problems = new LinkedHashMap<>();
  private State state = State.CONNECTING;
  private long reconnects;
  private volatile @Nullable Instant heardAt;

  StatusBoard(Consumer<GatewayStatus> changed) {
    this.changed = changed;
  }

  void heard(Instant at) {
    heardAt = at;
  }

  void state(State now) {
    update(() -> state = now);
  }

  /** States a problem of that kind in the place of an earlier one of it. */
  void problem(String kind, String text) {
    update(() -> problems.put(kind, text));
  }

  void solved(String kind) {
    update(() -> problems.remove(kind));
  }

  void blind(Instant from, String reason) {
    update(
        () -> {
          windows.addLast(new BlindWindow(from, Optional.empty(), reason));
          if (windows.size() > WINDOWS_KEPT) {
            windows.removeFirst();
          }
        });
  }

  /** Connected and reconciled: ends the blind window, if there is one. */
  void connected(Instant at) {
    update(
        () -> {
          state = State.CONNECTED;
          BlindWindow last = windows.peekLast();
          if (last != null && last.to().isEmpty()) {
            windows.removeLast();
            windows.addLast(new BlindWindow(last.from(), Optional.of(at), last.reason()));
            reconnects++;
          }
        });
  }

  synchronized GatewayStatus status() {
    return new GatewayStatus(
        state,
        Optional.ofNullable(heardAt),
        reconnects,
        List.copyOf(windows),
        List.copyOf(problems.values()));
  }

  private void update(Runnable change) {
    GatewayStatus before;
    GatewayStatus after;
    synchronized (this) {
      before = status();
      change.run();
      after = status();
    }
    if (!same(before, after)) {
      changed.accept(after);
    }
  }

  private static boolean same(GatewayStatus a, GatewayStatus b) {
    return a.state() == b.state()
        && a.reconnects() == b.reconnects()
        && a.blindWindows().equals(b.blindWindows())
        && a.problems().equals(b.problems());
  }
}
