package dev.riskmanager.daemon.port;

import dev.riskmanager.domain.event.RiskEvent;
import java.time.Instant;

/**
 * Hears every event just as the loop takes it in, in the loop's order and after conflation: what it
 * writes down replays to the same decisions. Called by the loop; never blocks.
 */
@FunctionalInterface
public interface EventTap {

  /**
   * @param at the time the step is given: the event's arrival, never before the previous one's
   */
  void taken(Instant at, RiskEvent event);

  /**
   * Other rules were put in force.
   *
   * @param rules the whole rule set, as {@code ConfigChanged} carries it
   */
  default void configured(Instant at, String rules) {}

  /** Hears nothing. */
  EventTap NONE = (at, event) -> {};
}
