package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.port.EventSink;
import dev.riskmanager.daemon.port.RequestAllowance;
import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** What finds lost events, in virtual time: whoever drives it calls {@link #look}. */
public final class SimulatedWatch {
  private final QuietWatch watch;

  /** Reads the venue without asking for leave: its share of requests is not the subject. */
  public SimulatedWatch(
      Venue venue, Supplier<EngineState> state, EventSink sink, InstantSource clock) {
    watch = new QuietWatch(venue, state, EngineParts::tradesSince, sink, clock, new Unlimited());
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

  private static final class Unlimited implements RequestAllowance {
    @Override
    public boolean tryTake() {
      return true;
    }

    @Override
    public Duration untilFree() {
      return Duration.ZERO;
    }

    @Override
    public void throttled() {}
  }
}
