package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.contracts.ShippedContracts;
import dev.riskmanager.daemon.gateway.ConnectionStatus.Health;
import dev.riskmanager.daemon.gateway.ConnectionStatus.Part;
import dev.riskmanager.daemon.port.EventSink;
import dev.riskmanager.daemon.port.RequestAllowance;
import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway: the venue's REST operations at once, and from {@link #start} on the events of the
 * watched accounts and of the contracts held, with reconnecting and reconciling as long as it is
 * open.
 *
 * <p>Thread-safe. Nothing but {@link #login} and the calls of {@link #venue} blocks.
 */
public final class GatewayClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayClient.class);

  /** A token that could not be renewed is still good for hours; meanwhile it is tried again. */
  private static final long RENEW_AGAIN_SECONDS = 60;

  /** Well below the idle time after which servers and proxies drop a connection. */
  private static final long WARM_UP_SECONDS = 60;

  private final GatewaySettings settings;
  private final InstantSource clock;
  private final ScheduledExecutorService scheduler;
  private final RandomGenerator random;
  private final ExecutorService worker =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("gateway-", 0).factory());
  private final RestClient rest;
  private final TokenSource tokens;
  private final RestVenue venue;
  private final Object starting = new Object();
  private @Nullable UserFeed user;
  private @Nullable MarketFeed market;
  private @Nullable StatusBoard board;
  private @Nullable ScheduledFuture<?> renewal;
  private @Nullable ScheduledFuture<?> warming;
  private boolean closed;

  /**
   * Connects nothing yet.
   *
   * @param clock the engine's
   * @param scheduler for delays; its threads are not blocked, and it is not shut down here
   * @param random for the jitter of delays
   * @throws IllegalArgumentException for an address that is none
   */
  public GatewayClient(
      GatewaySettings settings,
      Credentials credentials,
      InstantSource clock,
      ScheduledExecutorService scheduler,
      RandomGenerator random) {
    this(settings, credentials, clock, scheduler, random, date -> {});
  }

  /**
   * The same, with somebody who wants to know the venue's time.
   *
   * @param venueTime is told it, to the second, with each answer that names it; must not block
   */
  public GatewayClient(
      GatewaySettings settings,
      Credentials credentials,
      InstantSource clock,
      ScheduledExecutorService scheduler,
      RandomGenerator random,
      Consumer<Instant> venueTime) {
    this.settings = settings;
    this.clock = clock;
    this.scheduler = scheduler;
    this.random = random;
    this.rest = new RestClient(settings, clock, venueTime);
    this.tokens = new TokenSource(rest, credentials, clock);
    this.venue = new RestVenue(rest, tokens, clock);
    // RxJava would otherwise print failures nobody waits for any more, as if they were crashes.
    RxJavaPlugins.setErrorHandler(e -> LOG.debug("A failure after the end of a connection", e));
  }

  /** The REST operations; usable without {@link #start}. */
  public Venue venue() {
    return venue;
  }

  /**
   * Asks the venue for its time, which whoever wanted to know it is told. Blocks, for as long as a
   * close may at most; an answer that does not come changes nothing.
   */
  public void askTime() {
    rest.warmUp();
  }

  /** Logs in, to find out whether one can. Blocks. */
  public void login() throws LoginException {
    tokens.current();
  }

  /**
   * Begins to listen. Returns at once; the first event is a {@code ContractsListed}, the first of
   * the accounts a {@code SnapshotTaken}. At most once.
   *
   * @param accounts to watch
   * @param since from when on trades of an account are wanted, asked at every snapshot; on a worker
   * @param allowance the request rate that is left for reading the accounts again and again
   * @param sink takes the events
   */
  public void start(
      Collection<AccountId> accounts,
      Function<AccountId, Instant> since,
      RequestAllowance allowance,
      EventSink sink,
      GatewayListener listener) {
    start(accounts, since, allowance, sink, listener, CmeHours::isOpen);
  }

  void start(
      Collection<AccountId> accounts,
      Function<AccountId, Instant> since,
      RequestAllowance allowance,
      EventSink sink,
      GatewayListener listener,
      Predicate<Instant> marketOpen) {
    synchronized (starting) {
      if (user != null || closed) {
        throw new IllegalStateException("a gateway is started once");
      }
      StatusBoard status = new StatusBoard(listener::statusChanged);
      rest.health().tell(status);
      var parts = new HubLink.Parts(settings, tokens, clock, scheduler, worker, random);
      Gate gate = new Gate(sink);
      Contracts contracts =
          new Contracts(venue, sink, ShippedContracts.load(), worker, clock, status);
      UserFeed userFeed =
          new UserFeed(accounts, since, gate, venue, parts, allowance, status, listener, contracts);
      MarketFeed marketFeed = new MarketFeed(gate, parts, status, listener, marketOpen);
      board = status;
      user = userFeed;
      market = marketFeed;
      userFeed.start();
      marketFeed.start();
      renewIn(settings.tokenRefresh().toSeconds());
      warming =
          scheduler.scheduleWithFixedDelay(
              () -> worker.execute(rest::warmUp), 0, WARM_UP_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void renewIn(long seconds) {
    synchronized (starting) {
      if (!closed) {
        renewal = scheduler.schedule(() -> worker.execute(this::renew), seconds, TimeUnit.SECONDS);
      }
    }
  }

  private void renew() {
    StatusBoard status = board;
    try {
      tokens.renew();
      if (status != null) {
        status.solved("token");
      }
      renewIn(settings.tokenRefresh().toSeconds());
    } catch (LoginException e) {
      LOG.warn("The token could not be renewed: {}", e.getMessage());
      if (status != null) {
        status.problem(
            Part.REST,
            Health.DEGRADED,
            "token",
            "the token could not be renewed: " + e.getMessage());
      }
      renewIn(RENEW_AGAIN_SECONDS);
    }
  }

  /**
   * The contracts whose market data is wanted from now on: those of the open positions and of
   * working orders. Returns at once.
   */
  public void holdMarketData(Collection<ContractId> contracts) {
    MarketFeed feed = market;
    if (feed != null) {
      feed.hold(contracts);
    }
  }

  /** How it is now. */
  public GatewayStatus status() {
    StatusBoard status = board;
    return status != null
        ? status.status()
        : new GatewayStatus(
            GatewayStatus.State.DISCONNECTED, Optional.empty(), 0, List.of(), List.of(), List.of());
  }

  /** Drops both hubs; scheduled work ends. The scheduler stays. */
  @Override
  public void close() {
    synchronized (starting) {
      closed = true;
      for (ScheduledFuture<?> future : new ScheduledFuture<?>[] {renewal, warming}) {
        if (future != null) {
          future.cancel(false);
        }
      }
      if (user != null) {
        user.close();
      }
      if (market != null) {
        market.close();
      }
    }
    rest.close();
    worker.shutdown();
  }
}
