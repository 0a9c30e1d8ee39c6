package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.loop.EngineLoop;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.store.BooksAtStart;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.state.AccountState;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds every account when the database was not trusted at the start, and shows it until an admin
 * has ended the last hold (ADR 0009).
 */
final class BookTrust {
  private static final Logger LOG = LoggerFactory.getLogger("engine");
  private static final String PART = "books";

  private final EngineLoop loop;
  private final InstantSource clock;
  private final Health health;
  private volatile boolean shown;

  BookTrust(EngineLoop loop, InstantSource clock, Health health) {
    this.loop = loop;
    this.clock = clock;
    this.health = health;
  }

  /** Holds the accounts if there is a reason to. The loop has been started. */
  void hold(BooksAtStart.Opened books, List<AccountId> accounts) {
    if (books.distrusted().isEmpty()) {
      return;
    }
    String why = books.distrusted().get();
    String text =
        why
            + (books.rebuilt() == 0
                ? "; no lockout had to be rebuilt from audit.log, and"
                : "; " + books.rebuilt() + " lockout(s) were rebuilt from audit.log, and")
            + " every account is held until an admin has looked: risk-admin audit, then risk-admin"
            + " unlock ACCOUNT --rule BOOKS";
    LOG.error("ALARM: {}", text);
    health.problem(PART, text);
    for (int i = 0; i < accounts.size(); i++) {
      boolean last = i == accounts.size() - 1;
      // Once this row is there, so are the holds: the next start need not do it again.
      List<Store.Change> rows =
          last
              ? List.of(
                  new Store.AuditAppended(
                      clock.instant(), "engine", BooksAtStart.HELD, Optional.empty(), why, ""))
              : List.of();
      loop.submit(clock.instant(), new RiskEvent.Held(accounts.get(i), why), rows)
          .thenRun(() -> shown |= last);
    }
  }

  /** No longer shown when no account is held any more; called every second. */
  void tick() {
    if (shown && !anyHeld()) {
      shown = false;
      health.problem(PART, "");
    }
  }

  private boolean anyHeld() {
    for (LongMap.Entry<AccountState> entry : loop.state().accounts()) {
      if (isHeld(entry.value())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHeld(AccountState account) {
    for (Lockout lockout : account.locks().active()) {
      if (lockout.rule().equals(RuleId.BOOKS)) {
        return true;
      }
    }
    return false;
  }
}
