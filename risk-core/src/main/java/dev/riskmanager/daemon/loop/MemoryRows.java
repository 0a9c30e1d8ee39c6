package dev.riskmanager.daemon.loop;

import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.MemoryRow;
import java.util.ArrayList;
import java.util.List;

/** What an account remembers, as rows of the store. */
final class MemoryRows {
  private MemoryRows() {}

  static List<Store.Change> changes(AccountState then, AccountState now) {
    List<Store.Change> changes = new ArrayList<>();
    for (MemoryRow row : MemoryRow.changes(then, now)) {
      changes.add(
          row.value().isPresent()
              ? new Store.MemorySaved(now.id(), row.kind(), row.key(), row.value().get())
              : new Store.MemoryRemoved(now.id(), row.kind(), row.key()));
    }
    return changes;
  }
}
