package dev.riskmanager.daemon.status;

import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.EntryOutlook;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.wire.EntriesState;
import dev.riskmanager.wire.EntriesView;
import dev.riskmanager.wire.EntryBlockView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the account may be traded, as its owner wants to know it. */
final class EntriesViews {
  private EntriesViews() {}

  /** Null while nobody can tell. */
  static @Nullable EntriesView of(EngineState state, AccountState account, Instant now) {
    EntryOutlook outlook = EntryOutlook.of(state, now, account).orElse(null);
    if (outlook == null) {
      return null;
    }
    List<EntryBlockView> blocked = new ArrayList<>();
    outlook.undone().forEach((symbol, undone) -> blocked.add(view(symbol, undone)));
    outlook.others().ifPresent(undone -> blocked.add(view(null, undone)));
    boolean none = outlook.others().isPresent() && outlook.open().isEmpty();
    EntriesState told =
        blocked.isEmpty() ? EntriesState.OPEN : none ? EntriesState.BLOCKED : EntriesState.PARTLY;
    return new EntriesView(told, outlook.open(), blocked);
  }

  private static EntryBlockView view(@Nullable String symbol, EntryOutlook.Undone undone) {
    return new EntryBlockView(
        symbol,
        undone.rule().toString(),
        undone.rule().key(),
        undone.until().orElse(null),
        undone.reason());
  }
}
