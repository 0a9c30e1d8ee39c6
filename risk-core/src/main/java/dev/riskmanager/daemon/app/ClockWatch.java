package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.gateway.GatewayClient;
import dev.riskmanager.domain.event.RiskEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the machine's clock: tells when it disagrees with the venue's, and refuses a first start
 * under a wrong time. Safe for many threads.
 */
final class ClockWatch {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  /** A first start is refused when the clock is further ahead: every lockout would end early. */
  private static final Duration WRONG_TIME = Duration.ofMinutes(1);

  private final EngineClock clock;
  private final Health health;
  private final Consumer<String> refuse;
  private volatile EngineClock.Kind clockTrouble = EngineClock.Kind.NOTHING;
  private volatile boolean hasRunBefore;

  /**
   * @param refuse ends the engine with that line
   */
  ClockWatch(EngineClock clock, Health health, Consumer<String> refuse) {
    this.clock = clock;
    this.health = health;
    this.refuse = refuse;
  }

  /** How long the engine was down, the machine's clock alone does not prove: the venue is asked. */
  void resumeFrom(Optional<Instant> lastSeen, GatewayClient gateway) {
    lastSeen.ifPresent(clock::resumeFrom);
    hasRunBefore = lastSeen.isPresent();
    gateway.askTime();
    look();
  }

  /** Nothing is locked yet at the first start of all, and nothing shall be with a wrong end. */
  void refuseWrongTime() throws StartException {
    EngineClock.Trouble trouble = clock.trouble();
    if (isRefused(trouble)) {
      throw new StartException(refusal(trouble));
    }
  }

  private boolean isRefused(EngineClock.Trouble trouble) {
    return !hasRunBefore
        && trouble.kind() == EngineClock.Kind.ENGINE_AHEAD
        && trouble.by().compareTo(WRONG_TIME) > 0;
  }

  private static String refusal(EngineClock.Trouble trouble) {
    return "not started: " + trouble.text();
  }

  /** What is wrong with the clocks goes into the status, and into the log when it is news. */
  void look() {
    EngineClock.Trouble trouble = clock.trouble();
    health.problem("clock", trouble.text());
    if (trouble.kind() != clockTrouble) {
      clockTrouble = trouble.kind();
      LOG.warn("Clock: {}", trouble.text().isEmpty() ? "right again" : trouble.text());
      // The venue may have answered only after the start.
      if (isRefused(trouble) && !health.isReady()) {
        refuse.accept(refusal(trouble));
      }
    }
  }

  /** The venue's own times tell whether a jump of the machine's clock is true. */
  void witness(RiskEvent event) {
    if (event instanceof RiskEvent.TradeReported reported) {
      clock.witness(reported.trade().executedAt());
    } else if (event instanceof RiskEvent.OrderReported reported) {
      clock.witness(reported.order().updatedAt());
    }
  }
}
