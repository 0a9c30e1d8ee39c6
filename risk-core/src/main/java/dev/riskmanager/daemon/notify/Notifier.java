package dev.riskmanager.daemon.notify;

import dev.riskmanager.daemon.port.Notice;
import dev.riskmanager.daemon.port.Notices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Passes each notice to the targets that want its kind. Thread-safe; never blocks its caller. */
public final class Notifier implements Notices, AutoCloseable {
  /** What one target may have waiting. */
  private static final int CAPACITY = 500;

  private final List<Route> routes;

  /** A target and what it wants to be told of. */
  public record Subscription(Target target, Set<Notice.Kind> kinds) {}

  private record Route(Target target, Set<Notice.Kind> kinds, Lane lane) {}

  /** Starts a thread for each target. */
  public Notifier(List<Subscription> subscriptions) {
    this(subscriptions, CAPACITY, Thread::sleep);
  }

  Notifier(List<Subscription> subscriptions, int capacity, Lane.Pause pause) {
    List<Route> all = new ArrayList<>();
    for (Subscription one : subscriptions) {
      all.add(new Route(one.target(), one.kinds(), new Lane(one.target(), capacity, pause)));
    }
    this.routes = List.copyOf(all);
  }

  @Override
  public void tell(Notice notice) {
    for (Route route : routes) {
      if (route.kinds.contains(notice.kind())) {
        route.lane.offer(notice);
      }
    }
  }

  /** How many notices wait, by target. */
  TreeMap<String, Integer> backlog() {
    TreeMap<String, Integer> waiting = new TreeMap<>();
    routes.forEach(route -> waiting.put(route.target.name(), route.lane.backlog()));
    return waiting;
  }

  /** How many notices were never delivered, by target. */
  TreeMap<String, Long> lost() {
    TreeMap<String, Long> lost = new TreeMap<>();
    routes.forEach(route -> lost.put(route.target.name(), route.lane.lost()));
    return lost;
  }

  /** Gives what waits a moment to be delivered: for the last word before the end. */
  public void flush(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (Route route : routes) {
      route.lane.awaitIdle(deadline - System.nanoTime());
    }
  }

  /** Ends the threads; what waits is lost. */
  @Override
  public void close() {
    routes.forEach(route -> route.lane.close());
  }
}
