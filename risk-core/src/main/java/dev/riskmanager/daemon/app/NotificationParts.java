package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.Notifications;
import dev.riskmanager.daemon.notify.DesktopTarget;
import dev.riskmanager.daemon.notify.HttpTargets;
import dev.riskmanager.daemon.notify.MailTarget;
import dev.riskmanager.daemon.notify.Notifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The targets that {@code notifications} in {@code engine.yaml} asks for. */
final class NotificationParts {
  /** How long a target may take to answer before it counts as silent. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private NotificationParts() {}

  static List<Notifier.Subscription> targets(Notifications wanted, HttpTargets http) {
    List<Notifier.Subscription> targets = new ArrayList<>();
    wanted
        .webhook()
        .ifPresent(
            w -> targets.add(new Notifier.Subscription(http.webhook(w.url().value()), w.events())));
    wanted
        .discord()
        .ifPresent(
            d -> targets.add(new Notifier.Subscription(http.discord(d.url().value()), d.events())));
    wanted
        .telegram()
        .ifPresent(
            t ->
                targets.add(
                    new Notifier.Subscription(
                        http.telegram(t.api().toString(), t.botToken().value(), t.chatId()),
                        t.events())));
    wanted.email().ifPresent(e -> targets.add(new Notifier.Subscription(mail(e), e.events())));
    wanted
        .desktop()
        .ifPresent(
            d ->
                targets.add(
                    new Notifier.Subscription(
                        new DesktopTarget("notify-send", TIMEOUT), d.events())));
    return targets;
  }

  private static MailTarget mail(Notifications.Email email) {
    return new MailTarget(
        new MailTarget.Server(
            email.host(),
            email.port(),
            MailTarget.Security.valueOf(email.security().name()),
            email
                .username()
                .flatMap(
                    name ->
                        email
                            .password()
                            .map(password -> new MailTarget.Login(name, password.value())))),
        email.from(),
        email.to(),
        TIMEOUT);
  }
}
