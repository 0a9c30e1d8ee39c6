package dev.riskmanager.wire;

import java.util.List;

/**
 * What would become of an entry that is made now, as far as the engine knows: its rules, the
 * lockouts and what an admin acknowledged are asked about one contract more of each symbol.
 *
 * @param state in short
 * @param open the symbols in which it would be left standing, of those that are named by a rule or
 *     held
 * @param blocked where it would be undone, by symbol, every other symbol last
 */
public record EntriesView(EntriesState state, List<String> open, List<EntryBlockView> blocked) {
  public EntriesView {
    open = Lists.copy(open);
    blocked = Lists.copy(blocked);
  }
}
