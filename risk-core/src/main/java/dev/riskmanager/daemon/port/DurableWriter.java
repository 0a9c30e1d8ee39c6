package dev.riskmanager.daemon.port;

import java.util.List;

/** Takes rows to the disk: all that the event loop needs of a {@link Store}. */
@FunctionalInterface
public interface DurableWriter {

  /**
   * Writes all of it durably, or nothing, in the order given: a lockout that replaces another comes
   * after the end of that one.
   */
  void commit(List<Store.Change> changes) throws Store.StoreException;
}
