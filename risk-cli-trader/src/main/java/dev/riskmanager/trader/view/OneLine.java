package dev.riskmanager.trader.view;

import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.EngineView;
import dev.riskmanager.wire.GatewayState;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.PositionSide;
import dev.riskmanager.wire.PositionView;
import dev.riskmanager.wire.StatusView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The state in one short line, for the status bar of tmux or a shell's prompt.
 *
 * <pre>
 *   LOCKED OUT RULE-003 04:38:40 | -183.00 | MNQ +1
 *   OK TO TRADE | +120.50 | flat
 *   OK TO TRADE except RTY | +120.50 | flat
 *   NO NEW TRADES until Mon 08:30 Chicago: session hours (RULE-009) 2d 17:08:30 | +120.50 | flat
 *   STARTING | - | positions ?
 *   NOT PROTECTED, locked by RULE-003 04:38:40 | -183.00 | flat
 *   LOCKED OUT RULE-003 03:42:54 | -401.80 | MNQ +3 | DEGRADED: still open after 12 requests
 * </pre>
 */
public final class OneLine {
  /** A prompt is not the place for all of it. */
  private static final int TROUBLE_COLUMNS = 80;

  private OneLine() {}

  /**
   * Draws it.
   *
   * @param link the way to the engine
   * @param status the picture
   * @param now the time, for countdowns
   * @return one line; several accounts stand after each other with their ids
   */
  public static Line of(Link link, StatusView status, Instant now) {
    if (status.accounts().isEmpty()) {
      Verdict verdict = Verdict.of(link, status, null, Times.of(status.clock()));
      return Line.of(verdict.word(), Style.WARN);
    }
    Line.Builder line = Line.build();
    for (AccountView account : status.accounts()) {
      if (!line.line().spans().isEmpty()) {
        line.add("; ");
      }
      if (status.accounts().size() > 1) {
        line.add(account.accountId() + ": ");
      }
      account(line, Verdict.of(link, status, account, Times.of(status.clock())), account, now);
      if (status.gateway().state() != GatewayState.CONNECTED && !unknown(account)) {
        // What is held was true when the venue was last seen.
        line.add("?", Style.WARN);
      }
    }
    trouble(line, status.engine());
    return line.line();
  }

  /** What is wrong with the engine: a lockout that cannot be enforced must not look like any. */
  private static void trouble(Line.Builder line, EngineView engine) {
    if (engine.problems().isEmpty()) {
      return;
    }
    int more = engine.problems().size() - 1;
    line.add(" | ")
        .add(engine.state().words() + ": ", Header.style(engine.state()))
        .add(Width.shorten(Width.clean(engine.problems().getFirst()), TROUBLE_COLUMNS, "~"))
        .add(more == 0 ? "" : " (and " + more + " more)");
  }

  /**
   * The line while there is no engine.
   *
   * @param why in a word or two
   */
  public static Line gone(String why) {
    return Line.of("NOT PROTECTED (" + why + ")", Style.BAD);
  }

  private static void account(
      Line.Builder line, Verdict verdict, AccountView account, Instant now) {
    Style style = style(verdict.kind());
    line.add(verdict.word(), style);
    boolean entries =
        verdict.word().equals("OK TO TRADE") || verdict.word().equals(EntryVerdict.WORD);
    if (entries && !verdict.what().isEmpty()) {
      line.add(" " + verdict.what(), style);
    }
    List<LockoutView> locks = LockVerdict.ofAccount(account);
    Instant ends = verdict.ends();
    if (!locks.isEmpty()) {
      LockoutView lock = LockVerdict.last(locks);
      boolean unprotected = verdict.kind() == Verdict.Kind.NOT_PROTECTED;
      line.add((unprotected ? ", locked by " : " ") + lock.ruleId(), style);
      line.add(LockVerdict.more(locks), style);
      ends = unprotected ? lock.expiresAt() : ends;
    }
    if (ends != null) {
      line.add(" " + Times.countdown(ends, now), style);
    }
    Span total = Figures.gain(account.pnl().total());
    line.add(" | ").add(total.text(), total.style()).add(" | " + positions(account));
  }

  /** How a verdict looks where there is no room for a block. */
  static Style style(Verdict.Kind kind) {
    return switch (kind) {
      case OK -> Style.GOOD;
      case CAUTION, COOLDOWN, UNKNOWN -> Style.WARN;
      case LOCKED, NOT_PROTECTED -> Style.BAD;
    };
  }

  private static boolean unknown(AccountView account) {
    return account.positions().isEmpty() && Boolean.FALSE.equals(account.booksRead());
  }

  /** What is held, {@code flat}, or a question mark where nobody has looked. */
  static String positions(AccountView account) {
    if (account.positions().isEmpty()) {
      return unknown(account) ? "positions ?" : "flat";
    }
    List<String> held = new ArrayList<>();
    for (PositionView position : account.positions()) {
      String sign = position.side() == PositionSide.SHORT ? "-" : "+";
      held.add(
          position.symbol() + " " + sign + position.size() + (position.stopCovered() ? "" : "!"));
    }
    return String.join(" ", held);
  }
}
