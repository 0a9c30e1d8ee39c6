package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.gateway.ConnectionStatus.Health;
import dev.riskmanager.daemon.gateway.ConnectionStatus.Part;
import dev.riskmanager.daemon.gateway.HubSession.Call;
import dev.riskmanager.daemon.gateway.HubWire.Invocation;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.payload.Translation;
import dev.riskmanager.payload.Translation.Translated;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Quotes and trades of the contracts that are wanted, and of no others. Whatever happens here
 * leaves the user hub alone.
 *
 * <p>A hub that is connected and silent while the market is open is connected anew, ever more
 * rarely as long as that does not help.
 */
final class MarketFeed implements HubOwner, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MarketFeed.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int MAX_PATIENCE = 16;

  private final Gate gate;
  private final HubLink.Parts parts;
  private final HubLink link;
  private final StatusBoard board;
  private final GatewayListener listener;
  private final Predicate<Instant> marketOpen;
  private final Logouts logouts;
  private final ReentrantLock syncing = new ReentrantLock();
  private final AtomicInteger quietTicks = new AtomicInteger();
  private volatile Set<ContractId> wanted = Set.of();
  private volatile int patience = 1;
  private Set<ContractId> subscribed = new TreeSet<>();
  private @Nullable HubSession on;
  private volatile @Nullable ScheduledFuture<?> looking;

  MarketFeed(
      Gate gate,
      HubLink.Parts parts,
      StatusBoard board,
      GatewayListener listener,
      Predicate<Instant> marketOpen) {
    this.gate = gate;
    this.parts = parts;
    this.board = board;
    this.listener = listener;
    this.marketOpen = marketOpen;
    this.logouts = new Logouts(parts.clock());
    this.link = new HubLink("market", parts.settings().marketHubUrl(), this, parts);
  }

  void start() {
    link.start();
    long every = LOOK_EVERY.toMillis();
    looking =
        parts.scheduler().scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
  }

  /** From now on these contracts' market data is wanted. Never blocks. */
  void hold(Collection<ContractId> contracts) {
    Set<ContractId> next = new TreeSet<>(contracts);
    if (next.equals(wanted)) {
      return;
    }
    wanted = next;
    quietTicks.set(0);
    if (next.isEmpty()) {
      board.solved("market data");
    }
    try {
      parts.worker().execute(this::sync);
    } catch (RejectedExecutionException e) {
      LOG.debug("Shutting down");
    }
  }

  @Override
  public void opened(HubSession session) throws HubFailure {
    syncing.lock();
    try {
      on = session;
      subscribed = new TreeSet<>();
      quietTicks.set(0);
      subscribe(session);
    } finally {
      syncing.unlock();
    }
  }

  @Override
  public void up(HubSession session) {
    board.connected(Part.MARKET_HUB, "market hub");
    // What was wanted may have changed since the subscriptions were sent.
    sync();
  }

  private void sync() {
    syncing.lock();
    try {
      HubSession session = on;
      if (session != null && link.isCurrent(session)) {
        subscribe(session);
      }
    } catch (HubFailure e) {
      link.restart("subscribing failed: " + e.reason());
    } finally {
      syncing.unlock();
    }
  }

  /** Makes the subscriptions what is wanted. Holding the lock. */
  private void subscribe(HubSession session) throws HubFailure {
    Set<ContractId> target = wanted;
    List<Call> calls = new ArrayList<>();
    for (ContractId contract : target) {
      if (!subscribed.contains(contract)) {
        calls.add(Call.of("SubscribeContractQuotes", contract.value()));
        calls.add(Call.of("SubscribeContractTrades", contract.value()));
      }
    }
    for (ContractId contract : subscribed) {
      if (!target.contains(contract)) {
        calls.add(Call.of("UnsubscribeContractQuotes", contract.value()));
        calls.add(Call.of("UnsubscribeContractTrades", contract.value()));
      }
    }
    if (!calls.isEmpty()) {
      session.invokeAll(calls);
      subscribed = new TreeSet<>(target);
    }
  }

  @Override
  public void heard(Instant at) {
    // A ping is no market data; see look().
  }

  @Override
  public void invoked(HubSession session, Invocation invocation) {
    String target = invocation.target();
    if (Logouts.isOne(target)) {
      parts.tokens().invalidate();
      String reason = logouts.heard(invocation.arguments());
      watched();
      link.reject(session, reason);
      return;
    }
    quietTicks.set(0);
    if (patience != 1) {
      patience = 1;
      board.solved("market data");
    }
    Translated translated = Translation.hubEvent(target, invocation.arguments());
    translated.events().forEach(event -> gate.pass(invocation.arrivedAt(), event));
    translated.rejected().forEach(listener::rejected);
  }

  @Override
  public void watched() {
    logouts.tell(board, Part.MARKET_HUB, "second market session", "market data hub: ");
  }

  @Override
  public void unreadable(String why) {
    listener.rejected(new Translation.Rejected("market hub", why));
  }

  @Override
  public void lost(String reason, Instant lastHeard) {
    board.problem(Part.MARKET_HUB, Health.DISCONNECTED, "market hub", "market data hub: " + reason);
  }

  @Override
  public void failed(Exception cause, boolean often) {
    String hint =
        cause instanceof HubFailure failure && failure.status() == 401
            ? " (is there a market data entitlement?)"
            : "";
    board.problem(
        Part.MARKET_HUB,
        Health.DISCONNECTED,
        "market hub",
        "market data hub: " + cause.getMessage() + hint);
  }

  private void look() {
    try {
      if (wanted.isEmpty() || !marketOpen.test(parts.clock().instant())) {
        quietTicks.set(0);
        return;
      }
      long quiet = quietTicks.incrementAndGet() * LOOK_EVERY.toMillis();
      if (quiet < parts.settings().marketSilence().toMillis() * patience) {
        return;
      }
      quietTicks.set(0);
      patience = Math.min(patience * 2, MAX_PATIENCE);
      String text = "no market data for " + quiet / 1000 + " s";
      board.problem(
          Part.MARKET_HUB, Health.DEGRADED, "market data", text + " although the market is open");
      link.restart(text);
    } catch (RuntimeException e) {
      // Thrown on, it would end the watch for good.
      LOG.error("The watch over market data failed", e);
    }
  }

  @Override
  public void close() {
    ScheduledFuture<?> future = looking;
    if (future != null) {
      future.cancel(false);
    }
    link.close();
  }
}
