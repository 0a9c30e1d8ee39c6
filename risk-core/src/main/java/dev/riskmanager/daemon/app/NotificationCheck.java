package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.config.Notifications;
import dev.riskmanager.daemon.notify.HttpTargets;
import dev.riskmanager.daemon.notify.Notifier;
import dev.riskmanager.daemon.notify.SendException;
import dev.riskmanager.daemon.notify.Target;
import dev.riskmanager.daemon.port.Notice;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.ProbesView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends a message to each configured target now, to see whether it arrives. */
public final class NotificationCheck {
  private static final String HEARTBEAT = "heartbeat";

  private NotificationCheck() {}

  /**
   * Tries the targets that the files of the home name, one after another, without an engine.
   *
   * @param only this target; empty means all
   * @return a verdict for each
   * @throws StartException when the files have errors, or there is no such target
   */
  public static List<ProbesView.Probe> run(
      HomeDir home, Map<String, String> environment, Optional<String> only) throws StartException {
    Instant now = InstantSource.system().instant();
    Notifications wanted =
        Configuration.load(
                home,
                environment,
                AccountsFile.CredentialsUse.SKIP,
                LocalDate.ofInstant(now, ZoneOffset.UTC))
            .files()
            .engine()
            .notifications();
    List<ProbesView.Probe> probes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    try (HttpTargets http = new HttpTargets(NotificationParts.TIMEOUT)) {
      for (Notifier.Subscription one : NotificationParts.targets(wanted, http)) {
        Target target = one.target();
        names.add(target.name());
        if (only.isEmpty() || only.get().equals(target.name())) {
          probes.add(probe(target.name(), () -> target.send(List.of(notice(now)), 0)));
        }
      }
      if (wanted.heartbeat().isPresent()) {
        names.add(HEARTBEAT);
        if (only.isEmpty() || only.get().equals(HEARTBEAT)) {
          String url = wanted.heartbeat().get().value();
          probes.add(probe(HEARTBEAT, () -> http.get(url)));
        }
      }
    }
    if (names.isEmpty()) {
      throw new StartException(
          "engine.yaml has no notifications; its sample shows how a target is written");
    }
    if (probes.isEmpty()) {
      throw new StartException(
          only.orElse("") + " is not configured; there are: " + String.join(", ", names));
    }
    return probes;
  }

  private static Notice notice(Instant now) {
    return new Notice(
        Notice.Kind.AUDIT,
        now,
        Optional.empty(),
        Optional.empty(),
        "a test of this notification, asked for by `risk-admin notify test`");
  }

  private interface Attempt {
    void run() throws SendException, InterruptedException;
  }

  private static ProbesView.Probe probe(String name, Attempt attempt) {
    long began = System.nanoTime();
    String failure = "";
    try {
      attempt.run();
    } catch (SendException e) {
      failure = String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = "interrupted";
    }
    long took = Duration.ofNanos(System.nanoTime() - began).toMillis();
    return failure.isEmpty()
        ? new ProbesView.Probe(name, true, took, "taken", null)
        : new ProbesView.Probe(
            name, false, took, failure, "correct notifications." + key(name) + " in engine.yaml");
  }

  private static String key(String name) {
    return name.equals(HEARTBEAT) ? "heartbeat_url" : name;
  }
}
