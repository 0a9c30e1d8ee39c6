package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.loop.EngineLoop;
import dev.riskmanager.daemon.loop.Handled;
import dev.riskmanager.daemon.port.Answer;
import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.daemon.port.Refusal;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.AccountId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what an admin asks for through the loop, with its record in the audit, also when nobody
 * waits for the answer any more; an outcome that is not known is said to be unknown.
 */
final class AdminRequests {
  private static final Logger AUDIT = LoggerFactory.getLogger("audit");
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  /** A loop that takes longer is in trouble of its own; the request is then still in its inbox. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String LOOK =
      "look at `risk-admin lockouts`, and at `risk-trader log` for what was done";

  private final EngineLoop loop;
  private final InstantSource clock;
  private final Duration patience;

  AdminRequests(EngineLoop loop, InstantSource clock) {
    this(loop, clock, PATIENCE);
  }

  AdminRequests(EngineLoop loop, InstantSource clock, Duration patience) {
    this.loop = loop;
    this.clock = clock;
    this.patience = patience;
  }

  /** Makes an answer of what became of an event. */
  @FunctionalInterface
  interface Result<T> {
    T of(Handled handled);
  }

  boolean isDurable() {
    return loop.isDurable();
  }

  /**
   * Submits the event and waits for its outcome.
   *
   * @param audit what is written with what it leads to, in one transaction
   * @param result makes the answer
   */
  <T> Answer<T> through(RiskEvent.AdminRequested event, Store.Change audit, Result<T> result) {
    record Outcome<T>(T answer, boolean durable) {}
    CompletableFuture<Outcome<T>> outcome =
        loop.submit(clock.instant(), event, List.of(audit))
            .thenApplyAsync(
                handled -> new Outcome<>(result.of(handled), handled.durable()),
                Thread::startVirtualThread);
    try {
      Outcome<T> known = outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return known.durable()
          ? Answer.done(known.answer())
          : unknown(
              "carried out, but the database has not taken it yet: it holds as long as the engine"
                  + " runs, and a restart now would forget it; "
                  + LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      LOG.error("What {} asked for failed", event.by(), e.getCause());
      return unknown("not known: the engine failed over it (" + e.getCause() + "); " + LOOK);
    } catch (TimeoutException e) {
      LOG.error("What {} asked for has not been taken up yet", event.by());
    }
    return unknown(
        "not known yet: the engine has not answered within "
            + patience.toSeconds()
            + " s, and may still carry it out; "
            + LOOK);
  }

  private static <T> Answer<T> unknown(String message) {
    return Answer.refused(Refusal.Kind.OUTCOME_UNKNOWN, message);
  }

  /** Writes who did what. */
  void audit(Peer by, String action, Optional<AccountId> account, String detail, String reason) {
    loop.append(List.of(audited(by, action, account, detail, reason)));
  }

  /** The row that says who did what, to be written with what it led to. */
  Store.Change audited(
      Peer by, String action, Optional<AccountId> account, String detail, String reason) {
    AUDIT.info(
        "{} {}{} {} {}",
        by.user(),
        action,
        account.map(id -> " account " + id).orElse(""),
        detail,
        reason.isEmpty() ? "" : "reason: " + reason);
    return new Store.AuditAppended(clock.instant(), by.user(), action, account, detail, reason);
  }
}
