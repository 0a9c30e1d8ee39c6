package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.loop.EngineLoop;
import dev.riskmanager.daemon.service.ServiceManager;
import dev.riskmanager.daemon.service.SleepGuard;
import dev.riskmanager.wire.EngineView;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine and the system it runs on: the service manager's watchdog, and sleep. */
final class Supervision {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  private Supervision() {}

  static void begin(
      Map<String, String> environment,
      EngineLoop loop,
      Health health,
      Picture picture,
      InstantSource clock,
      ScheduledExecutorService scheduler,
      Closing closing) {
    SleepGuard.ofSystem(scheduler)
        .ifPresent(
            guard -> {
              closing.add("sleep guard", guard::close);
              picture.watch(() -> guard.positionsOpen(picture.state().holders().size() > 0));
            });
    ServiceManager.of(environment, loop::rounds, health::isReady, () -> status(health, clock))
        .ifPresent(
            manager -> {
              long every = ServiceManager.interval(environment).toMillis();
              LOG.info("Service manager: a sign of life every {} ms", every);
              scheduler.scheduleWithFixedDelay(manager::look, 0, every, TimeUnit.MILLISECONDS);
              closing.add("service manager", manager::stopping);
            });
  }

  private static String status(Health health, InstantSource clock) {
    EngineView view = health.view(clock.instant());
    return view.problems().isEmpty()
        ? view.state().toString()
        : view.state() + ": " + String.join("; ", view.problems());
  }
}
