package dev.riskmanager.daemon.enforce;

import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.daemon.port.VenueReply;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends requests to the real venue, each call on a (virtual) thread of its own. */
final class VenueCalls implements Calls {
  private static final Logger LOG = LoggerFactory.getLogger(VenueCalls.class);

  private final Venue venue;
  private final Executor threads;
  private final LongSupplier nanos;

  VenueCalls(Venue venue, Executor threads, LongSupplier nanos) {
    this.venue = venue;
    this.threads = threads;
    this.nanos = nanos;
  }

  @Override
  public void send(VenueRequest request, Consumer<VenueReply<?>> onReply) {
    try {
      threads.execute(() -> onReply.accept(call(request)));
    } catch (RejectedExecutionException closing) {
      LOG.warn("{} not sent: the executor is being closed", request.operation());
    }
  }

  private VenueReply<?> call(VenueRequest request) {
    long sent = nanos.getAsLong();
    try {
      return request.sendTo(venue);
    } catch (RuntimeException e) {
      // A plan that never hears of its request would wait for the deadline instead of trying again.
      LOG.error("{} failed inside the client", request.operation(), e);
      return new VenueReply.Ambiguous<Void>(
          e.getClass().getSimpleName(), Duration.ofNanos(nanos.getAsLong() - sent));
    }
  }
}
