package dev.riskmanager.daemon.gateway;

import com.microsoft.signalr.HubConnection;
import com.microsoft.signalr.HubConnectionBuilder;
import com.microsoft.signalr.TransportEnum;
import dev.riskmanager.daemon.gateway.HubWire.Invocation;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dispatcher;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to one hub, from its opening to its end; never used twice. After {@link #abandon}
 * nothing of it is heard any more.
 */
final class HubSession {
  /** Completions of the venue come within milliseconds; later ones are a connection that hangs. */
  private static final Duration INVOKE_TIMEOUT = Duration.ofSeconds(10);

  /** As the client's own, and the venue's, but not longer than a silent hub is borne at all. */
  private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(HubSession.class);

  private final Dispatcher dispatcher;
  private final HubConnection hub;
  private final GatewaySettings settings;
  private final AtomicInteger upgradeStatus = new AtomicInteger();
  private volatile Optional<Duration> retryAfter = Optional.empty();
  private final AtomicInteger quietTicks = new AtomicInteger();
  private final Listener listener;
  private final LastHeard lastHeard;
  private volatile boolean abandoned;
  private volatile @Nullable String ended;

  /** Called on the SignalR client's threads; must not block. */
  interface Listener {
    void heard(Instant at);

    void invoked(HubSession session, Invocation invocation);

    void ended(HubSession session, String reason);

    void unreadable(String why);
  }

  /** A method of the hub to invoke. */
  record Call(String method, List<Object> arguments) {
    static Call of(String method, Object... arguments) {
      return new Call(method, List.of(arguments));
    }
  }

  HubSession(
      URI url, GatewaySettings settings, String token, InstantSource clock, Listener listener) {
    this.settings = settings;
    this.listener = listener;
    this.lastHeard = new LastHeard(clock.instant());
    // An own dispatcher, so that abandoning can break this socket and no other.
    this.dispatcher =
        new Dispatcher(
            Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("hub-" + name(url) + "-", 0).factory()));
    this.hub = build(url, token, clock);
    hub.onClosed(e -> end(e == null ? "the venue closed the connection" : reason(e)));
  }

  private HubConnection build(URI url, String token, InstantSource clock) {
    return HubConnectionBuilder.create(url.toString())
        .withTransport(TransportEnum.WEBSOCKETS)
        .shouldSkipNegotiate(true)
        // In the header of the upgrade, never in the address, where proxies would log it.
        .withAccessTokenProvider(Single.just(token))
        .withHubProtocol(new HubWire(clock, receiver()))
        .withHandshakeResponseTimeout(handshakeTimeout().toMillis())
        .withKeepAliveInterval(settings.keepAlive().toMillis())
        // Ours acts first: the library waits for a dead peer's farewell before it says anything.
        .withServerTimeout(settings.serverTimeout().multipliedBy(2).toMillis())
        .setHttpClientBuilderCallback(
            builder ->
                builder
                    .dispatcher(dispatcher)
                    .connectTimeout(settings.connectTimeout())
                    .readTimeout(settings.readTimeout())
                    .addInterceptor(
                        chain -> {
                          Response response = chain.proceed(chain.request());
                          upgradeStatus.set(response.code());
                          retryAfter = Throttle.retryAfter(response.headers(), clock.instant());
                          return response;
                        }))
        .build();
  }

  private static String name(URI url) {
    String path = url.getPath();
    return path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
  }

  /** Opens the connection and shakes hands. Blocks. */
  void connect() throws HubFailure {
    await(hub.start(), settings.connectTimeout().plus(handshakeTimeout()), "connecting");
  }

  private Duration handshakeTimeout() {
    Duration silence = settings.serverTimeout();
    return silence.compareTo(HANDSHAKE_TIMEOUT) < 0 ? silence : HANDSHAKE_TIMEOUT;
  }

  /** Invokes the methods at once and waits for all of them. Blocks. */
  void invokeAll(Collection<Call> calls) throws HubFailure {
    try {
      List<Completable> pending =
          calls.stream()
              .map(call -> hub.invoke(call.method(), call.arguments().toArray()))
              .toList();
      await(Completable.merge(pending), INVOKE_TIMEOUT, "subscribing");
    } catch (RuntimeException e) {
      throw new HubFailure(reason(e));
    }
  }

  /**
   * Invokes the methods at once and waits for all of them. Blocks.
   *
   * @return what the hub said against those it refused
   * @throws HubFailure when it answers none of them, or not all in time
   */
  Map<Call, String> tryAll(Collection<Call> calls) throws HubFailure {
    Map<Call, String> refused = new ConcurrentHashMap<>();
    List<Completable> pending = new ArrayList<>();
    try {
      for (Call call : calls) {
        pending.add(
            hub.invoke(call.method(), call.arguments().toArray())
                .doOnError(e -> refused.put(call, reason(e)))
                .onErrorComplete());
      }
      await(Completable.merge(pending), INVOKE_TIMEOUT, "subscribing");
    } catch (RuntimeException e) {
      throw new HubFailure(reason(e));
    }
    return refused;
  }

  private void await(Completable work, Duration limit, String what) throws HubFailure {
    try {
      if (!work.blockingAwait(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new HubFailure(what + ": no answer within " + limit.toSeconds() + " s");
      }
    } catch (RuntimeException e) {
      throw new HubFailure(what + ": " + reason(e), upgradeStatus.get(), retryAfter);
    }
    String over = ended;
    if (over != null) {
      throw new HubFailure(what + ": " + over, upgradeStatus.get(), retryAfter);
    }
  }

  /** The last message of any kind that came in time; the time of creation before the first. */
  Instant lastHeard() {
    return lastHeard.inTime();
  }

  /** Counts the ticks of a watch since the last message: elapsed time that no clock can forge. */
  int tick(Instant now) {
    lastHeard.watched(now);
    return quietTicks.incrementAndGet();
  }

  boolean isOver() {
    return abandoned || ended != null;
  }

  private HubWire.Receiver receiver() {
    return new HubWire.Receiver() {
      @Override
      public void heard(Instant at) {
        lastHeard.heard(at);
        quietTicks.set(0);
        if (!abandoned) {
          listener.heard(at);
        }
      }

      @Override
      public void invoked(Invocation invocation) {
        if (!abandoned) {
          listener.invoked(HubSession.this, invocation);
        }
      }

      @Override
      public void unreadable(String why) {
        if (!abandoned) {
          listener.unreadable(why);
        }
      }
    };
  }

  private void end(String reason) {
    ended = reason;
    if (!abandoned) {
      listener.ended(this, reason);
    }
  }

  /** Breaks the connection off without waiting for the other side. Does not block. */
  void abandon() {
    abandoned = true;
    dispatcher.cancelAll();
    // The library waits for its own end; whatever becomes of that, nobody else waits with it.
    Thread.ofVirtual().name("hub-farewell").start(this::dispose);
  }

  private void dispose() {
    try {
      hub.close();
    } catch (RuntimeException e) {
      LOG.debug("An abandoned connection did not close cleanly: {}", reason(e));
    }
  }

  private static String reason(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    return message == null || message.isBlank() ? deepest.getClass().getSimpleName() : message;
  }
}
