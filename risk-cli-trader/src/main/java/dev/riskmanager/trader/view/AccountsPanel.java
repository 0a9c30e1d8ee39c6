package dev.riskmanager.trader.view;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.StatusView;
import java.time.Instant;
import java.util.List;

/**
 * All accounts at a glance, the chosen one marked.
 *
 * <pre>
 *     account   name                  state          ends in  total $  trades  positions
 *     13298777  Main Trading Account  LOCKED OUT    04:38:40  -570.50      12  flat
 *   &gt; 20202020  Second                OK TO TRADE             +12.00       2  MNQ +1
 * </pre>
 */
final class AccountsPanel {
  private AccountsPanel() {}

  /** The titles, then one line for each account. */
  static List<Line> lines(
      Link link, StatusView status, int chosen, Instant now, int columns, Glyphs glyphs) {
    Table table =
        new Table(glyphs)
            .left(" ", 0)
            .right("account", 0)
            .name("name")
            .left("state", 0)
            .right("ends in", 1)
            .right("total $", 0)
            .right("trades", 3)
            .left("positions", 2);
    int place = 0;
    for (AccountView account : status.accounts()) {
      Verdict verdict = Verdict.of(link, status, account, Times.of(status.clock()));
      boolean here = place++ == chosen;
      table.row(
          new Span(here ? ">" : " ", Style.KEY),
          new Span(Long.toString(account.accountId()), here ? Style.STRONG : Style.NORMAL),
          new Span(account.name(), here ? Style.STRONG : Style.NORMAL),
          new Span(verdict.word(), OneLine.style(verdict.kind())),
          new Span(ends(verdict, account, now), Style.STRONG),
          Figures.gain(account.pnl().total()),
          new Span(Integer.toString(account.pnl().trades()), Style.NORMAL),
          new Span(OneLine.positions(account), Style.NORMAL));
    }
    return table.lines(columns);
  }

  /** Also where nobody enforces it: what is locked stays so. */
  private static String ends(Verdict verdict, AccountView account, Instant now) {
    List<LockoutView> locks = LockVerdict.ofAccount(account);
    if (locks.isEmpty()) {
      return verdict.ends() == null ? "" : Times.countdown(verdict.ends(), now);
    }
    Instant ends = LockVerdict.last(locks).expiresAt();
    return ends == null ? "no time set" : Times.countdown(ends, now);
  }
}
