package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.port.EventSink;
import dev.riskmanager.daemon.port.RequestAllowance;
import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.AccountId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** What finds lost events, in virtual time: whoever drives it calls {@link #look}. */
public final class SimulatedWatch {
  private final QuietWatch watch;

  public SimulatedWatch(
      Venue venue,
      Supplier<EngineState> state,
      EventSink sink,
      InstantSource clock,
      RequestAllowance allowance) {
    watch = new QuietWatch(venue, state, EngineParts::tradesSince, sink, clock, allowance);
  }

  /** Hears what the hub tells, and passes it on. */
  public void pass(Instant at, RiskEvent event) {
    watch.pass(at, event);
  }

  public void look() {
    watch.look();
  }

  /** As the balance does when it moved by what no trade explains. */
  public void doubt(AccountId account) {
    watch.doubt(account);
  }
}
