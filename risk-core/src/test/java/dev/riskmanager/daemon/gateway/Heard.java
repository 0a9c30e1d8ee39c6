package dev.riskmanager.daemon.gateway;

import static org.awaitility.Awaitility.await;

import dev.riskmanager.daemon.port.EventSink;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.payload.Translation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Everything a gateway told, in its order. */
final class Heard implements EventSink, GatewayListener {
  private final List<RiskEvent> events = new CopyOnWriteArrayList<>();
  private final List<Instant> arrivals = new CopyOnWriteArrayList<>();
  final List<GatewayStatus> statuses = new CopyOnWriteArrayList<>();
  final List<LoginRejected> rejections = new CopyOnWriteArrayList<>();
  final List<Set<AccountId>> unlisted = new CopyOnWriteArrayList<>();
  final List<Translation.Rejected> unusable = new CopyOnWriteArrayList<>();

  @Override
  public void accept(Instant arrivedAt, RiskEvent event) {
    synchronized (events) {
      events.add(event);
      arrivals.add(arrivedAt);
    }
  }

  List<RiskEvent> events() {
    return List.copyOf(events);
  }

  List<Instant> arrivals() {
    return List.copyOf(arrivals);
  }

  <T extends RiskEvent> List<T> of(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Waits until so many events of the kind are there, and returns the last of them. */
  <T extends RiskEvent> T nth(int count, Class<T> type) {
    return nth(count, type, event -> true);
  }

  <T extends RiskEvent> T nth(int count, Class<T> type, Predicate<T> wanted) {
    until(() -> of(type).stream().filter(wanted).count() >= count);
    return of(type).stream().filter(wanted).toList().get(count - 1);
  }

  static void until(java.util.concurrent.Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5)).until(condition);
  }

  int indexOf(RiskEvent event) {
    return events.indexOf(event);
  }

  @Override
  public void statusChanged(GatewayStatus status) {
    statuses.add(status);
  }

  @Override
  public void loginRejected(LoginRejected rejected) {
    rejections.add(rejected);
  }

  @Override
  public boolean accountsListed(Set<AccountId> missing, List<Account> listed) {
    unlisted.add(missing);
    return true;
  }

  @Override
  public void rejected(Translation.Rejected rejected) {
    unusable.add(rejected);
  }
}
