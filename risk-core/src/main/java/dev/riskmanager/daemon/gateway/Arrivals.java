package dev.riskmanager.daemon.gateway;

import dev.riskmanager.domain.model.AccountId;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Accounts that the venue has listed since a connection began. They are read when the round under
 * way is over: rounds follow one another, as one at a time holds the gate. Thread-safe.
 */
final class Arrivals {
  private final Set<AccountId> waiting = new LinkedHashSet<>();
  private boolean reading;

  /** A connection has begun, and all accounts are about to be read. */
  synchronized void begin() {
    waiting.clear();
    reading = true;
  }

  /** Whether a round has to be begun for them; else the one under way takes them up. */
  synchronized boolean add(Set<AccountId> listed) {
    waiting.addAll(listed);
    boolean idle = !reading;
    reading = true;
    return idle;
  }

  /** Those that wait, for a round that begins now. */
  synchronized Set<AccountId> take() {
    Set<AccountId> taken = new LinkedHashSet<>(waiting);
    waiting.clear();
    return taken;
  }

  /** Whether none waits, after which the rounds are over. */
  synchronized boolean none() {
    reading = !waiting.isEmpty();
    return !reading;
  }
}
