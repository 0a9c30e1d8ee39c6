package dev.riskmanager.wire;

import org.jspecify.annotations.Nullable;

/**
 * The part of {@link PnlView} that one symbol made.
 *
 * @param symbol the symbol
 * @param realized realized P&amp;L, net of fees as in {@link PnlView}
 * @param open open P&amp;L, null when not known
 * @param fees fees and commissions
 * @param trades the number of non-voided trades
 */
public record SymbolPnlView(
    String symbol, String realized, @Nullable String open, String fees, int trades) {}
