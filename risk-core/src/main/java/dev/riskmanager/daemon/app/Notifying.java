package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.Notifications;
import dev.riskmanager.daemon.loop.DecisionText;
import dev.riskmanager.daemon.loop.EngineLoop;
import dev.riskmanager.daemon.notify.Heartbeat;
import dev.riskmanager.daemon.notify.HttpTargets;
import dev.riskmanager.daemon.notify.Notifier;
import dev.riskmanager.daemon.port.DurableWriter;
import dev.riskmanager.daemon.port.Notice;
import dev.riskmanager.daemon.port.Notices;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.Step;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what people outside are told of: decisions after they are published, the audit after it
 * is committed, problems when they come and go. It only listens; nothing waits for it.
 */
final class Notifying implements Health.Listener {
  private static final Logger LOG = LoggerFactory.getLogger("notify");

  /** A connection that is back sooner is not worth a word; reconnecting takes a second or two. */
  private static final Duration SETTLE = Duration.ofSeconds(10);

  private static final Duration HEARTBEAT = Duration.ofMinutes(1);
  private static final Duration LAST_WORD = Duration.ofSeconds(2);
  private static final String GATEWAY = "gateway";

  /** The part of {@link Health} that says why the engine could not start. */
  static final String START = "start";

  private final Notices notices;
  private final InstantSource clock;
  private final Later later;
  private long outages;
  private boolean lost;
  private boolean toldLost;
  private volatile boolean refused;

  /** Runs something after a time. */
  @FunctionalInterface
  interface Later {
    void after(Duration time, Runnable action);
  }

  Notifying(Notices notices, InstantSource clock, Later later) {
    this.notices = notices;
    this.clock = clock;
    this.later = later;
  }

  /** Starts what the configuration asks for; nothing when it asks for nothing. */
  static Optional<Notifying> begin(
      Notifications wanted,
      InstantSource clock,
      ScheduledExecutorService scheduler,
      Health health,
      Closing closing) {
    if (!wanted.any()) {
      return Optional.empty();
    }
    HttpTargets http = new HttpTargets(NotificationParts.TIMEOUT);
    closing.add("notification connections", http::close);
    heartbeat(wanted, http, health, closing);
    List<Notifier.Subscription> targets = NotificationParts.targets(wanted, http);
    Notifier notifier = new Notifier(targets);
    Notifying notifying =
        new Notifying(
            notifier,
            clock,
            (time, action) -> scheduler.schedule(action, time.toMillis(), TimeUnit.MILLISECONDS));
    closing.add("notifications", () -> notifying.end(notifier));
    health.listen(notifying);
    targets.forEach(t -> LOG.info("Notification: {} is told of {}", t.target().name(), t.kinds()));
    return Optional.of(notifying);
  }

  private static void heartbeat(
      Notifications wanted, HttpTargets http, Health health, Closing closing) {
    wanted
        .heartbeat()
        .ifPresent(
            url -> {
              Heartbeat heartbeat =
                  new Heartbeat(
                      () -> http.get(url.value()),
                      () -> health.state() == dev.riskmanager.wire.EngineState.PROTECTING,
                      HEARTBEAT,
                      System::nanoTime);
              ScheduledExecutorService own =
                  Executors.newSingleThreadScheduledExecutor(
                      Thread.ofPlatform().daemon().name("notify-heartbeat").factory());
              own.scheduleWithFixedDelay(heartbeat::look, 1, 1, TimeUnit.SECONDS);
              closing.add("heartbeat", own::shutdownNow);
              LOG.info("Heartbeat: every {} s while protecting", HEARTBEAT.toSeconds());
            });
  }

  /** The last word: whoever is told of alarms knows that nobody protects now. */
  private void end(Notifier notifier) throws InterruptedException {
    if (!refused) {
      alarm("the engine has stopped; nothing is protected until it starts again");
    }
    notifier.flush(LAST_WORD);
    notifier.close();
  }

  /** Passes on, and tells of the decisions. */
  EngineLoop.Publisher around(EngineLoop.Publisher inner) {
    return new EngineLoop.Publisher() {
      @Override
      public void published(EngineState state, List<Decision> decisions) {
        inner.published(state, decisions);
        decisions.forEach(decision -> decided(state, decision));
      }

      @Override
      public void ruleFailed(Step.RuleFailure failure) {
        inner.ruleFailed(failure);
      }

      @Override
      public void written() {
        inner.written();
      }

      @Override
      public void journalTrouble(String why) {
        inner.journalTrouble(why);
      }
    };
  }

  private void decided(EngineState state, Decision decision) {
    kind(decision)
        .ifPresent(
            kind ->
                notices.tell(
                    new Notice(
                        kind,
                        decision.cause().at(),
                        Optional.of(decision.account()),
                        decision.cause().rule(),
                        new DecisionText(state).of(decision))));
  }

  private static Optional<Notice.Kind> kind(Decision decision) {
    return switch (decision) {
      case Decision.ViolationFound found -> Optional.of(Notice.Kind.VIOLATION);
      case Decision.LockoutSet set -> Optional.of(Notice.Kind.LOCKOUT);
      case Decision.LockoutCleared cleared -> Optional.of(Notice.Kind.UNLOCK);
      case Decision.Alert alert -> Optional.of(Notice.Kind.ALARM);
      case Decision.PrecheckBlocked other -> Optional.empty();
      case Decision.Action other -> Optional.empty();
      case Decision.Reset other -> Optional.empty();
    };
  }

  /** Passes on, and tells of the audit when it is on the disk. */
  DurableWriter around(DurableWriter inner) {
    return changes -> {
      inner.commit(changes);
      for (Store.Change change : changes) {
        if (change instanceof Store.AuditAppended audit) {
          notices.tell(
              new Notice(
                  Notice.Kind.AUDIT, audit.at(), audit.account(), Optional.empty(), text(audit)));
        }
      }
    };
  }

  private static String text(Store.AuditAppended audit) {
    return audit.by()
        + ": "
        + audit.action()
        + (audit.detail().isEmpty() ? "" : " " + audit.detail())
        + (audit.reason().isEmpty() ? "" : ", reason: " + audit.reason());
  }

  @Override
  public void problem(String part, String text) {
    if (part.equals(GATEWAY)) {
      connection(text);
    } else if (part.equals(START)) {
      refused = true;
    } else if (text.isEmpty()) {
      alarm("over: " + part);
    } else {
      alarm(text);
    }
  }

  private synchronized void connection(String text) {
    lost = !text.isEmpty();
    if (lost) {
      long outage = ++outages;
      later.after(SETTLE, () -> stillLost(outage, text));
    } else if (toldLost) {
      toldLost = false;
      tell(Notice.Kind.DISCONNECT, "the connection to the venue is back");
    }
  }

  private synchronized void stillLost(long outage, String text) {
    if (lost && outage == outages) {
      toldLost = true;
      tell(Notice.Kind.DISCONNECT, text);
    }
  }

  private void alarm(String text) {
    tell(Notice.Kind.ALARM, text);
  }

  private void tell(Notice.Kind kind, String text) {
    notices.tell(new Notice(kind, clock.instant(), Optional.empty(), Optional.empty(), text));
  }
}
