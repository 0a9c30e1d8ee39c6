package dev.riskmanager.domain.world;

import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.Restoration;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.LongMap;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.DayLedger;
import dev.riskmanager.domain.state.MemoryRow;
import dev.riskmanager.domain.timer.Timer;
import java.util.ArrayList;
import java.util.List;

/** An engine that stopped and goes on from what it wrote alone. */
public final class Restart {
  private Restart() {}

  /** The state it begins with. */
  public static EngineState of(EngineState before) {
    List<Lockout> lockouts = new ArrayList<>();
    List<Timer> timers = new ArrayList<>();
    List<Trade> trades = new ArrayList<>();
    List<Restoration.ResetMark> marks = new ArrayList<>();
    List<Restoration.Remembered> memory = new ArrayList<>();
    for (LongMap.Entry<AccountState> entry : before.accounts()) {
      AccountState one = entry.value();
      one.locks().active().forEach(lockouts::add);
      one.timers().forEach(timers::add);
      one.trades().trades().forEach(trade -> trades.add(trade.value()));
      for (DayLedger day : one.trades().days()) {
        marks.add(new Restoration.ResetMark(one.id(), day.reset(), day.tradingDay()));
      }
      for (MemoryRow row : MemoryRow.changes(AccountState.empty(one.id()), one)) {
        memory.add(new Restoration.Remembered(one.id(), row));
      }
    }
    return Restoration.restore(
        before.rules(),
        World.products(),
        new Restoration.Rows(
            lockouts,
            before.nextLockoutId(),
            timers,
            trades,
            marks,
            memory,
            List.of(),
            before.now()));
  }
}
