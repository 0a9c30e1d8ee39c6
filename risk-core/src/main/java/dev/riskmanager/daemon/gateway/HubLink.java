package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.gateway.HubWire.Invocation;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one hub connected, for ever: connects with a new token, lets its owner subscribe, notices
 * the end (closed, failed, or silent for too long), and begins again after a delay.
 *
 * <p>Thread-safe. The owner is called without a lock held.
 */
final class HubLink implements AutoCloseable, HubSession.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(HubLink.class);

  /** A connection that lasted this long was a good one: the delays begin again at the first. */
  private static final Duration STABLE = Duration.ofSeconds(30);

  private enum State {
    IDLE,
    CONNECTING,
    UP,
    WAITING,
    CLOSED
  }

  private final String name;
  private final URI url;
  private final HubOwner owner;
  private final Parts parts;
  private final Waits waits;
  private final Duration watchEvery;
  private final ReentrantLock lock = new ReentrantLock();
  private State state = State.IDLE;
  private @Nullable HubSession current;

  /** Every connection wants another token than this one; the two links may share one. */
  private volatile TokenSource.@Nullable Token used;

  private Instant upSince = Instant.EPOCH;
  private Instant watchedAt = Instant.MAX;
  private int tries;
  private @Nullable ScheduledFuture<?> next;
  private @Nullable ScheduledFuture<?> watch;

  /** What every link of a gateway shares. */
  record Parts(
      GatewaySettings settings,
      TokenSource tokens,
      InstantSource clock,
      ScheduledExecutorService scheduler,
      Executor worker,
      RandomGenerator random) {}

  HubLink(String name, URI url, HubOwner owner, Parts parts) {
    this.name = name;
    this.url = url;
    this.owner = owner;
    this.parts = parts;
    GatewaySettings settings = parts.settings();
    this.waits =
        new Waits(
            new Backoff(settings.reconnectDelays(), settings.jitterThousandths(), parts.random()));
    Duration quarter = parts.settings().serverTimeout().dividedBy(4);
    Duration second = Duration.ofSeconds(1);
    this.watchEvery = quarter.compareTo(second) < 0 ? quarter : second;
  }

  void start() {
    long every = watchEvery.toMillis();
    watch =
        parts.scheduler().scheduleWithFixedDelay(this::watch, every, every, TimeUnit.MILLISECONDS);
    schedule(Duration.ZERO);
  }

  boolean isCurrent(HubSession session) {
    lock.lock();
    try {
      return state == State.UP && current == session && !session.isOver();
    } finally {
      lock.unlock();
    }
  }

  private void schedule(Duration delay) {
    lock.lock();
    try {
      if (state == State.CLOSED) {
        return;
      }
      state = State.WAITING;
      next =
          parts
              .scheduler()
              .schedule(
                  () -> parts.worker().execute(this::attempt),
                  delay.toMillis(),
                  TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("{} hub: shutting down", name);
    } finally {
      lock.unlock();
    }
  }

  private void attempt() {
    lock.lock();
    try {
      if (state != State.WAITING) {
        return;
      }
      state = State.CONNECTING;
      tries++;
    } finally {
      lock.unlock();
    }
    HubSession session = null;
    try {
      TokenSource.Token token = parts.tokens().replace(used);
      used = token;
      session = new HubSession(url, parts.settings(), token.value(), parts.clock(), this);
      session.connect();
      owner.opened(session);
      if (!established(session)) {
        throw new HubFailure("the connection ended while subscribing");
      }
    } catch (LoginException | HubFailure | RuntimeException e) {
      failed(session, e);
      return;
    } catch (Error e) {
      // Whatever it is: a guardian that gives up connecting is none.
      failed(session, new IllegalStateException("internal error: " + e, e));
      return;
    }
    LOG.info("{} hub connected", name);
    owner.up(session);
  }

  private boolean established(HubSession session) {
    lock.lock();
    try {
      if (state != State.CONNECTING || session.isOver()) {
        return false;
      }
      state = State.UP;
      current = session;
      upSince = parts.clock().instant();
      watchedAt = upSince;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void failed(@Nullable HubSession session, Exception cause) {
    if (session != null) {
      session.abandon();
    }
    int sofar;
    lock.lock();
    try {
      if (state == State.CLOSED) {
        return;
      }
      sofar = tries;
    } finally {
      lock.unlock();
    }
    Duration delay = waits.after(cause, sofar);
    LOG.warn(
        "{} hub: {}; next attempt in {} ms",
        name,
        cause.getMessage(),
        delay.toMillis(),
        debug(cause));
    owner.failed(cause, waits.isExhausted(sofar));
    schedule(delay);
  }

  /** Stack traces only of what should not happen. */
  private static @Nullable Exception debug(Exception cause) {
    return cause instanceof RuntimeException ? cause : null;
  }

  @Override
  public void heard(Instant at) {
    owner.heard(at);
  }

  @Override
  public void invoked(HubSession session, Invocation invocation) {
    owner.invoked(session, invocation);
  }

  @Override
  public void unreadable(String why) {
    owner.unreadable(why);
  }

  @Override
  public void ended(HubSession session, String reason) {
    lose(session, reason);
  }

  /** Gives a connection up for what it said, established or still being so, and begins again. */
  void reject(HubSession session, String reason) {
    if (!lose(session, reason)) {
      session.abandon();
    }
  }

  /** Gives the connection up, if it is still the established one, and begins again. */
  private boolean lose(HubSession session, String reason) {
    Duration delay;
    lock.lock();
    try {
      if (state != State.UP || current != session) {
        return false;
      }
      state = State.WAITING;
      current = null;
      Instant good = upSince.plus(STABLE);
      tries = parts.clock().instant().isBefore(good) ? tries : 0;
      delay = waits.after(tries);
    } finally {
      lock.unlock();
    }
    LOG.warn("{} hub lost: {}; next attempt in {} ms", name, reason, delay.toMillis());
    session.abandon();
    owner.lost(reason, session.lastHeard());
    schedule(delay);
    return true;
  }

  /** Gives up whatever connection there is, and begins again. */
  void restart(String reason) {
    HubSession session;
    lock.lock();
    try {
      session = current;
    } finally {
      lock.unlock();
    }
    if (session != null) {
      lose(session, reason);
    }
  }

  private void watch() {
    try {
      owner.watched();
      look();
    } catch (RuntimeException e) {
      // Thrown on, it would end the watch for good.
      LOG.error("{} hub: the watch failed", name, e);
    }
  }

  private void look() {
    HubSession session;
    boolean slept;
    Instant now = parts.clock().instant();
    lock.lock();
    try {
      session = current;
      if (state != State.UP || session == null) {
        return;
      }
      slept = now.isAfter(watchedAt.plus(watchEvery).plus(parts.settings().serverTimeout()));
      watchedAt = now;
    } finally {
      lock.unlock();
    }
    long quiet = session.tick(now) * watchEvery.toMillis();
    if (slept) {
      // Suspended machine or process: the venue has given us up long before.
      lose(session, "this process stood still, or the clock was moved");
    } else if (quiet >= parts.settings().serverTimeout().toMillis()) {
      lose(session, "nothing heard for " + quiet / 1000 + " s, not even a ping");
    }
  }

  @Override
  public void close() {
    HubSession session;
    lock.lock();
    try {
      state = State.CLOSED;
      session = current;
      current = null;
      if (next != null) {
        next.cancel(false);
      }
      if (watch != null) {
        watch.cancel(false);
      }
    } finally {
      lock.unlock();
    }
    if (session != null) {
      session.abandon();
    }
  }
}
