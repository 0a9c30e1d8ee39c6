package dev.riskmanager.daemon.simulation;

import dev.riskmanager.daemon.enforce.Calls;
import dev.riskmanager.daemon.enforce.VenueRequest;
import dev.riskmanager.daemon.enforce.VirtualTime;
import dev.riskmanager.daemon.port.VenueReply;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The way of requests to the venue and of answers back: late, lost on the way there or back,
 * refused, carried out and reported as failed. A process that has died gets no answers, but what it
 * sent arrives.
 */
final class Wire implements Calls {
  private enum Fault {
    HANG,
    EXECUTED_THEN_HANG,
    REFUSED,
    THROTTLED,
    UNREACHABLE,
    UNAUTHORIZED,
    FAILED,
    EXECUTED_BUT_FAILED,
    IGNORED
  }

  private final SimVenue venue;
  private final VirtualTime time;
  private final SplittableRandom random;
  private final Consumer<VenueRequest> departures;
  private final RequestRate rate;

  /** One in so many requests meets a fault; 0: none does. */
  int oneFaultIn;

  private boolean dead;

  Wire(
      SimVenue venue,
      VirtualTime time,
      SplittableRandom random,
      Consumer<VenueRequest> departures,
      RequestRate rate) {
    this.venue = venue;
    this.time = time;
    this.random = random;
    this.departures = departures;
    this.rate = rate;
  }

  void die() {
    dead = true;
  }

  @Override
  public void send(VenueRequest request, Consumer<VenueReply<?>> onReply) {
    departures.accept(request);
    long roundTrip = 4 + random.nextInt(random.nextInt(12) == 0 ? 700 : 60);
    boolean faulty = oneFaultIn > 0 && random.nextInt(oneFaultIn) == 0;
    Fault[] faults = Fault.values();
    int which = random.nextInt(faults.length);
    time.after(
        roundTrip / 2,
        () -> {
          if (!rate.admits()) {
            back(new VenueReply.Throttled<Void>(Duration.ofMillis(roundTrip)), roundTrip, onReply);
          } else if (faulty) {
            arriveBadly(request, faults[which], roundTrip, onReply);
          } else {
            back(request.sendTo(venue), roundTrip, onReply);
          }
        });
  }

  private void back(VenueReply<?> reply, long roundTrip, Consumer<VenueReply<?>> onReply) {
    time.after(
        roundTrip - roundTrip / 2,
        () -> {
          if (!dead) {
            onReply.accept(reply);
          }
        });
  }

  private void arriveBadly(
      VenueRequest request, Fault fault, long roundTrip, Consumer<VenueReply<?>> onReply) {
    Duration took = Duration.ofMillis(roundTrip);
    switch (fault) {
      case HANG -> {}
      case EXECUTED_THEN_HANG -> request.sendTo(venue);
      case REFUSED ->
          back(
              new VenueReply.Refused<Void>(5, "OrderRejected", "halted", false, false, took),
              roundTrip,
              onReply);
      case THROTTLED -> back(new VenueReply.Throttled<Void>(took), roundTrip, onReply);
      case UNREACHABLE ->
          back(new VenueReply.Unreachable<Void>("refused", took), roundTrip, onReply);
      case UNAUTHORIZED ->
          back(new VenueReply.Unauthorized<Void>("expired", took), roundTrip, onReply);
      case FAILED -> back(new VenueReply.Ambiguous<Void>("HTTP 500", took), roundTrip, onReply);
      case EXECUTED_BUT_FAILED -> {
        request.sendTo(venue);
        back(new VenueReply.Ambiguous<Void>("HTTP 500", took), roundTrip, onReply);
      }
      case IGNORED -> back(new VenueReply.Done<>("", took), roundTrip, onReply);
    }
  }
}
