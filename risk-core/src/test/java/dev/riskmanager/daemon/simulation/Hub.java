package dev.riskmanager.daemon.simulation;

import dev.riskmanager.daemon.enforce.VirtualTime;
import dev.riskmanager.daemon.port.EventSink;
import dev.riskmanager.daemon.port.RequestAllowance;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.AccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The connection that tells of changes: late, out of order, twice, or not at all; and when it was
 * lost, the venue's state first, as the gateway does it. What an old connection still had to tell
 * is lost with it.
 */
final class Hub {
  private final SimVenue venue;
  private final VirtualTime time;
  private final SplittableRandom random;
  private final Set<AccountId> watched;
  private final EventSink sink;
  private final RequestRate rate;
  private final RequestAllowance others;
  private final List<RiskEvent> held = new ArrayList<>();
  private long session;
  private boolean connected;
  private boolean reading;
  private boolean begun;

  /** One in so many events is lost; 0: none is. Quotes are not counted as lost. */
  int oneLostIn;

  /** One in so many events comes late, one in so many twice. */
  int oneOddIn;

  Hub(
      SimVenue venue,
      VirtualTime time,
      SplittableRandom random,
      Set<AccountId> watched,
      EventSink sink,
      RequestRate rate,
      RequestAllowance others) {
    this.venue = venue;
    this.time = time;
    this.random = random;
    this.watched = watched;
    this.sink = sink;
    this.rate = rate;
    this.others = others;
  }

  /** A change at the venue. */
  void changed(RiskEvent event) {
    boolean mine =
        !(event instanceof RiskEvent.AccountScoped scoped) || watched.contains(scoped.account());
    if (!connected || !mine || (oneLostIn > 0 && random.nextInt(oneLostIn) == 0)) {
      return;
    }
    tellLater(event);
    if (oneOddIn > 0 && random.nextInt(oneOddIn) == 0) {
      tellLater(event);
    }
  }

  private void tellLater(RiskEvent event) {
    boolean late = oneOddIn > 0 && random.nextInt(oneOddIn) == 0;
    long mine = session;
    time.after(
        2 + (late ? random.nextInt(400) : 0),
        () -> {
          if (mine == session) {
            if (reading) {
              held.add(event);
            } else {
              sink.accept(time.now(), event);
            }
          }
        });
  }

  /** It breaks, and comes back after a while. */
  void breaks(long downMillis) {
    if (connected) {
      connected = false;
      reading = false;
      held.clear();
      session++;
      sink.accept(time.now(), new RiskEvent.Disconnected("test"));
    }
    long mine = session;
    time.after(
        downMillis,
        () -> {
          if (mine == session && !connected) {
            connect();
          }
        });
  }

  /** The process that listened is gone. */
  void die() {
    connected = false;
    session++;
  }

  void connect() {
    connected = true;
    reading = true;
    session++;
    long mine = session;
    // A connection begins with the accounts, and three requests for each; that it is repeated when
    // the venue refuses it is the gateway's business.
    int requests = 1 + 3 * watched.size();
    others.take(requests);
    for (int i = 0; i < requests; i++) {
      rate.admits();
    }
    long asked = random.nextInt(60);
    time.after(
        asked,
        () -> {
          RiskEvent snapshot = snapshot();
          time.after(
              random.nextInt(80),
              () -> {
                if (mine == session) {
                  deliver(snapshot);
                }
              });
        });
  }

  private void deliver(RiskEvent snapshot) {
    boolean again = begun;
    begun = true;
    Instant now = time.now();
    sink.accept(now, snapshot);
    if (again) {
      sink.accept(now, new RiskEvent.Reconnected());
    }
    reading = false;
    List<RiskEvent> heard = List.copyOf(held);
    held.clear();
    heard.forEach(event -> sink.accept(time.now(), event));
  }

  private RiskEvent snapshot() {
    return new RiskEvent.SnapshotTaken(
        begun,
        Optional.of(
            venue.accounts()
                    instanceof
                    dev.riskmanager.daemon.port.VenueReply.Done<
                            List<dev.riskmanager.domain.model.Account>>
                        done
                ? done.value().stream().filter(a -> watched.contains(a.id())).toList()
                : List.of()),
        Optional.of(rows(venue::positionsOf)),
        Optional.of(rows(venue::ordersOf)),
        Optional.of(rows(venue::tradesOf)));
  }

  private <T> List<T> rows(Function<AccountId, List<T>> of) {
    return watched.stream().flatMap(account -> of.apply(account).stream()).toList();
  }
}
