package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.gateway.ConnectionStatus.Health;
import dev.riskmanager.daemon.gateway.ConnectionStatus.Part;
import dev.riskmanager.daemon.gateway.GatewayStatus.State;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects what is known of the gateway's health and tells of changes. Thread-safe. */
final class StatusBoard {
  private static final int WINDOWS_KEPT = 50;

  private final Consumer<GatewayStatus> changed;
  private final Deque<BlindWindow> windows = new ArrayDeque<>();
  private final Map<String, Problem> problems = new LinkedHashMap<>();

  /** Hubs that were connected once: until then there is nothing wrong with them either. */
  private final Set<Part> begun = EnumSet.of(Part.REST);

  private State state = State.CONNECTING;
  private long reconnects;
  private volatile @Nullable Instant heardAt;

  private record Problem(Optional<Part> part, Health health, String text) {}

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
  void problem(Part part, Health health, String kind, String text) {
    update(() -> problems.put(kind, new Problem(Optional.of(part), health, text)));
  }

  /** A problem that is no connection's. */
  void problem(String kind, String text) {
    update(() -> problems.put(kind, new Problem(Optional.empty(), Health.DEGRADED, text)));
  }

  void solved(String kind) {
    update(() -> problems.remove(kind));
  }

  /** That hub is connected, which ends the problem of that kind. */
  void connected(Part hub, String kind) {
    update(
        () -> {
          begun.add(hub);
          problems.remove(kind);
        });
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
        problems.values().stream().map(Problem::text).toList(),
        connections());
  }

  private List<ConnectionStatus> connections() {
    List<ConnectionStatus> all = new ArrayList<>();
    for (Part part : Part.values()) {
      Health health = begun.contains(part) ? Health.HEALTHY : Health.DISCONNECTED;
      List<String> reasons = new ArrayList<>();
      for (Problem problem : problems.values()) {
        if (problem.part().filter(part::equals).isPresent()) {
          health = problem.health().compareTo(health) > 0 ? problem.health() : health;
          reasons.add(problem.text());
        }
      }
      if (reasons.isEmpty() && health != Health.HEALTHY) {
        reasons.add(ConnectionStatus.CONNECTING);
      }
      all.add(new ConnectionStatus(part, health, reasons));
    }
    return List.copyOf(all);
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
        && a.problems().equals(b.problems())
        && a.connections().equals(b.connections());
  }
}
