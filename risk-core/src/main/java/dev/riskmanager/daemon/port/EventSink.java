package dev.riskmanager.daemon.port;

import dev.riskmanager.domain.event.RiskEvent;
import java.time.Instant;

/** Where the gateway puts what it heard; safe for many threads, never blocks for long. */
@FunctionalInterface
public interface EventSink {

  /**
   * Takes an event in. Quotes may replace an older quote of their contract that is still waiting;
   * nothing else is ever dropped.
   *
   * @param arrivedAt when its bytes reached this process
   */
  void accept(Instant arrivedAt, RiskEvent event);
}
