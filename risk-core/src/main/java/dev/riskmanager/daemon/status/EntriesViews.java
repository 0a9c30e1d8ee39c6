package dev.riskmanager.daemon.status;

import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.EntryOutlook;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.wire.EntriesState;
import dev.riskmanager.wire.EntriesView;
import dev.riskmanager.wire.EntryBlockView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether an account may be traded, as its owner wants to know it. Pictures are made many times a
 * second while prices come in; the core is asked when the account has changed, and once a second.
 * Safe for many threads.
 */
final class EntriesViews {
  private final Map<AccountId, Kept> kept = new ConcurrentHashMap<>();

  /** What was found, and what it was found in. */
  private record Kept(
      AccountState account, Optional<RuleSet> rules, long second, @Nullable EntriesView view) {

    boolean isOf(AccountState other, Optional<RuleSet> others, long now) {
      // States are immutable: another object is another state, near enough.
      boolean same = account == other && rules.orElse(null) == others.orElse(null);
      return same && second == now;
    }
  }

  /** Null while nobody can tell. */
  @Nullable EntriesView of(EngineState state, AccountState account, Instant now) {
    Optional<RuleSet> rules = state.rules().of(account.id());
    Kept known = kept.get(account.id());
    if (known == null || !known.isOf(account, rules, now.getEpochSecond())) {
      known = new Kept(account, rules, now.getEpochSecond(), asked(state, account, now));
      kept.put(account.id(), known);
    }
    return known.view();
  }

  private static @Nullable EntriesView asked(EngineState state, AccountState account, Instant now) {
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
