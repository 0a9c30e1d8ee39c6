package dev.riskmanager.daemon.notify;

import dev.riskmanager.daemon.port.Notice;
import java.util.List;

/** Where notices go. Used by one thread at a time. */
public interface Target {
  /** Its section in the configuration, such as {@code discord}. */
  String name();

  /** How many notices one message can carry. */
  int batch();

  /**
   * Sends one message; returns when the target has taken it.
   *
   * @param notices at least one, at most {@link #batch}, oldest first
   * @param lost how many before them could not be delivered
   * @throws SendException when it was not taken; the message of the exception names no secret
   * @throws InterruptedException when the engine ends meanwhile
   */
  void send(List<Notice> notices, long lost) throws SendException, InterruptedException;
}
