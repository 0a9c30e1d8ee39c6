package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.loop.EngineLoop;
import dev.riskmanager.daemon.loop.Handled;
import dev.riskmanager.daemon.port.Refusal;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.rule.change.Changeover;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Puts rules in force through the loop, one change after the other, and follows what becomes of
 * each also when nobody waits for it any more: the keeper never says anything else than the loop.
 */
final class RuleInstaller {
  /** A loop that takes longer is in trouble of its own; the change is then still under way. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final EngineLoop loop;
  private final RuleKeeper keeper;
  private final Duration patience;
  private volatile CompletableFuture<Handled> last = CompletableFuture.completedFuture(null);

  RuleInstaller(EngineLoop loop, RuleKeeper keeper) {
    this(loop, keeper, PATIENCE);
  }

  RuleInstaller(EngineLoop loop, RuleKeeper keeper, Duration patience) {
    this.loop = loop;
    this.keeper = keeper;
    this.patience = patience;
  }

  RuleKeeper keeper() {
    return keeper;
  }

  /** Nobody else changes rules or files while this is done. */
  synchronized <T> T alone(Supplier<T> work) {
    return work.get();
  }

  /** Why nothing can be changed at the moment; empty when it can. */
  Optional<Refusal> busy() {
    if (!loop.isDurable()) {
      return Optional.of(
          Refusal.of(
              Refusal.Kind.UNAVAILABLE,
              "the database does not take writes; changes of the configuration wait for it"));
    }
    return last.isDone()
        ? Optional.empty()
        : Optional.of(
            Refusal.of(
                Refusal.Kind.UNAVAILABLE,
                "an earlier change is still on its way into force; look at `risk-admin config"
                    + " show` and try again"));
  }

  /**
   * Puts a changeover in force. To be called {@link #alone}.
   *
   * @param audit rows that are written with it
   * @return why it cannot be said that it is, durably; empty when it is
   */
  Optional<Refusal> put(Changeover change, List<Store.Change> audit, Instant now) {
    // Not on the loop's thread: the keeper may be judging for somebody else.
    CompletableFuture<Handled> taken =
        loop.configure(RuleKeeper.event(change, audit))
            .thenApplyAsync(
                handled -> {
                  keeper.took(change, now);
                  return handled;
                },
                Thread::startVirtualThread);
    last = taken;
    try {
      return taken.get(patience.toMillis(), TimeUnit.MILLISECONDS).durable()
          ? Optional.empty()
          : Optional.of(
              unknown(
                  "it is in force, but the database has not taken it yet; a restart now would"
                      + " forget it"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      return Optional.of(
          unknown(
              "the engine failed over it ("
                  + e.getCause()
                  + "); look at `risk-admin config show` and at its log"));
    } catch (TimeoutException e) {
      // Said below: it is on its way.
    }
    return Optional.of(
        unknown(
            "not known yet: the engine has not put it in force within "
                + patience.toSeconds()
                + " s, and may still do so; look at `risk-admin config show`"));
  }

  private static Refusal unknown(String message) {
    return Refusal.of(Refusal.Kind.OUTCOME_UNKNOWN, message);
  }
}
