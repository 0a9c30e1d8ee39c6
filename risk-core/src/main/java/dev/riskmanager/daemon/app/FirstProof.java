package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.loop.Handled;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.rule.RuleSet;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports PROTECTING when what the first evaluation asked for is proven done. */
final class FirstProof {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  /** A flatten not proven by then shows as an alarm, and the start is over all the same. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EnforcementDesk desk;
  private final Picture picture;
  private final Health health;
  private final ScheduledExecutorService scheduler;

  FirstProof(
      EnforcementDesk desk, Picture picture, Health health, ScheduledExecutorService scheduler) {
    this.desk = desk;
    this.picture = picture;
    this.health = health;
    this.scheduler = scheduler;
  }

  /**
   * Begins to wait.
   *
   * @param handled what was decided on the first reading of the venue
   */
  void begin(CompletableFuture<Handled> handled) {
    handled.thenAccept(
        result -> {
          Set<AccountId> waitFor = new TreeSet<>();
          for (Decision decision : result.decisions()) {
            if (decision instanceof Decision.Action action) {
              waitFor.add(action.account());
            }
          }
          look(waitFor, System.nanoTime() + PATIENCE.toNanos());
        });
  }

  private void look(Set<AccountId> waitFor, long deadline) {
    waitFor.removeIf(desk::hasSettled);
    if (!waitFor.isEmpty() && System.nanoTime() < deadline) {
      scheduler.schedule(() -> look(waitFor, deadline), 5, TimeUnit.MILLISECONDS);
      return;
    }
    health.ready();
    int rules = 0;
    for (RuleSet set : picture.state().rules().accounts()) {
      rules = Math.max(rules, set.rules().size());
    }
    LOG.info("Event loop running: {} active rules monitoring events", rules);
    LOG.info("Risk Manager ACTIVE - Protecting your capital!");
    picture.changed();
  }
}
