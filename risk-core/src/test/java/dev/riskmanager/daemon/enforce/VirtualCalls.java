package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.VenueReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** The way to a {@link FakeVenue} in virtual time: latency both ways, and faults on the way. */
final class VirtualCalls implements Calls {
  /** What goes wrong with a request. */
  enum Fault {
    /** It never arrives and is never answered. */
    HANG,
    /** It is carried out and never answered. */
    EXECUTED_THEN_HANG,
    REFUSED,
    REFUSED_FOR_EVER,
    THROTTLED,
    UNREACHABLE,
    UNAUTHORIZED,
    /** HTTP 500, nothing happened. */
    FAILED,
    /** HTTP 500, and it happened. */
    EXECUTED_BUT_FAILED,
    /** The venue says yes and does nothing. */
    IGNORED
  }

  /** A request as it left. */
  record Departure(long atMillis, VenueRequest request) {}

  private static final class Rule {
    final Predicate<VenueRequest> which;
    final Fault fault;
    int times;

    Rule(Predicate<VenueRequest> which, Fault fault, int times) {
      this.which = which;
      this.fault = fault;
      this.times = times;
    }
  }

  private final FakeVenue venue;
  private final VirtualTime time;
  private final List<Rule> rules = new ArrayList<>();
  final List<Departure> departures = new ArrayList<>();

  /** There and back. */
  long latencyMillis = 50;

  VirtualCalls(FakeVenue venue, VirtualTime time) {
    this.venue = venue;
    this.time = time;
  }

  /** The next {@code times} requests of that kind meet the fault. */
  void fail(Predicate<VenueRequest> which, Fault fault, int times) {
    rules.add(new Rule(which, fault, times));
  }

  void heal() {
    rules.clear();
    chaos = Optional.empty();
  }

  /** Decides the fate of each request that no rule is about; empty: it is carried out. */
  Optional<Function<VenueRequest, Optional<Fault>>> chaos = Optional.empty();

  /** Round trip of the next request. */
  LongSupplier latency = () -> latencyMillis;

  @Override
  public void send(VenueRequest request, Consumer<VenueReply<?>> onReply) {
    departures.add(new Departure(time.millis(), request));
    Optional<Fault> fault = next(request);
    long roundTrip = latency.getAsLong();
    time.after(roundTrip / 2, () -> arrive(request, fault, roundTrip, onReply));
  }

  private Optional<Fault> next(VenueRequest request) {
    for (Rule rule : rules) {
      if (rule.times > 0 && rule.which.test(request)) {
        rule.times--;
        return Optional.of(rule.fault);
      }
    }
    return chaos.flatMap(c -> c.apply(request));
  }

  private void arrive(
      VenueRequest request,
      Optional<Fault> fault,
      long roundTrip,
      Consumer<VenueReply<?>> onReply) {
    Duration took = Duration.ofMillis(roundTrip);
    Consumer<VenueReply<?>> back =
        reply -> time.after(roundTrip - roundTrip / 2, () -> onReply.accept(reply));
    if (fault.isEmpty()) {
      back.accept(tookSoLong(request.sendTo(venue), took));
      return;
    }
    switch (fault.get()) {
      case HANG -> {}
      case EXECUTED_THEN_HANG -> request.sendTo(venue);
      case REFUSED ->
          back.accept(
              new VenueReply.Refused<Void>(5, "OrderRejected", "halted", false, false, took));
      case REFUSED_FOR_EVER ->
          back.accept(
              new VenueReply.Refused<Void>(
                  8, "AccountRejected", "Live accounts not supported", false, true, took));
      case THROTTLED -> back.accept(new VenueReply.Throttled<Void>(took));
      case UNREACHABLE -> back.accept(new VenueReply.Unreachable<Void>("refused", took));
      case UNAUTHORIZED -> back.accept(new VenueReply.Unauthorized<Void>("expired", took));
      case FAILED -> back.accept(new VenueReply.Ambiguous<Void>("HTTP 500", took));
      case EXECUTED_BUT_FAILED -> {
        request.sendTo(venue);
        back.accept(new VenueReply.Ambiguous<Void>("HTTP 500", took));
      }
      case IGNORED -> back.accept(new VenueReply.Done<>("", took));
    }
  }

  private static VenueReply<?> tookSoLong(VenueReply<?> reply, Duration took) {
    return switch (reply) {
      case VenueReply.Done<?> done -> new VenueReply.Done<>(done.value(), took);
      case VenueReply.Refused<?> r ->
          new VenueReply.Refused<Void>(
              r.code(), r.name(), r.message(), r.gone(), r.permanent(), took);
      default -> reply;
    };
  }

  /** Requests of that kind that left, in order. */
  List<Departure> sent(Class<? extends VenueRequest> kind) {
    return departures.stream().filter(d -> kind.isInstance(d.request())).toList();
  }
}
