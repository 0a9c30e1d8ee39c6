package dev.riskmanager.daemon.gateway;

import dev.riskmanager.payload.WireJson;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.SocketFactory;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One HTTP exchange with the venue, on one of two independent sets of connections: closes have
 * their own, so that a read can pass a close that hangs. Never repeats anything by itself.
 *
 * <p>Thread-safe; {@link #send} blocks its caller.
 */
final class RestClient implements AutoCloseable {
  private static final MediaType JSON = Objects.requireNonNull(MediaType.parse("application/json"));

  /** More than any list the venue returns; a reply beyond it is not one of the venue's. */
  private static final long MAX_REPLY_BYTES = 32L << 20;

  private final HttpUrl base;
  private final OkHttpClient general;
  private final OkHttpClient closes;
  private final InstantSource clock;
  private final Consumer<Instant> venueTime;
  private final RestHealth health = new RestHealth();

  /** Which set of connections a request takes. */
  enum Lane {
    GENERAL,
    CLOSES
  }

  /** What happened to a request. */
  sealed interface Exchange {
    Duration took();
  }

  /**
   * There was an answer, of whatever kind.
   *
   * @param retryAfter how long the venue asks to be left alone
   */
  record Answered(int status, String body, Optional<Duration> retryAfter, Duration took)
      implements Exchange {}

  /** It had been sent, at least in part, and no whole answer came. */
  record Unanswered(String why, Duration took) implements Exchange {}

  /** Not one byte of it left. */
  record NotSent(String why, Duration took) implements Exchange {}

  RestClient(GatewaySettings settings, InstantSource clock) {
    this(settings, clock, date -> {});
  }

  /**
   * Connects nothing yet.
   *
   * @param venueTime is told the venue's time, to the second, with each answer that names it
   */
  RestClient(GatewaySettings settings, InstantSource clock, Consumer<Instant> venueTime) {
    this(settings, clock, venueTime, SocketFactory.getDefault());
  }

  RestClient(
      GatewaySettings settings,
      InstantSource clock,
      Consumer<Instant> venueTime,
      SocketFactory sockets) {
    HttpUrl url = HttpUrl.get(settings.apiUrl());
    if (url == null) {
      throw new IllegalArgumentException(
          "gateway.api_url must begin with http:// or https://, not " + settings.apiUrl());
    }
    this.base = url;
    this.clock = clock;
    this.venueTime = venueTime;
    this.general = client(settings, settings.readTimeout(), sockets);
    this.closes = client(settings, settings.closeTimeout(), sockets);
  }

  private static OkHttpClient client(
      GatewaySettings settings, Duration timeout, SocketFactory sockets) {
    return new OkHttpClient.Builder()
        .socketFactory(sockets)
        .connectTimeout(settings.connectTimeout())
        .readTimeout(timeout)
        .writeTimeout(timeout)
        .callTimeout(timeout)
        // A silent second sending of a mutation could execute it twice.
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .connectionPool(new ConnectionPool(8, 5, TimeUnit.MINUTES))
        .dispatcher(new Dispatcher())
        .eventListenerFactory(call -> new SentMarker(call.request().tag(AtomicBoolean.class)))
        .build();
  }

  /** Whether requests come through. */
  RestHealth health() {
    return health;
  }

  /** Where requests go, for messages. */
  String address() {
    return base.toString();
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @param token null for the two operations that need none
   */
  Exchange send(Operation operation, JsonNode body, @Nullable String token, Lane lane) {
    AtomicBoolean sent = new AtomicBoolean();
    Request.Builder request =
        new Request.Builder()
            .url(base.newBuilder().addPathSegments("api/" + operation.path()).build())
            .header("Accept", "application/json")
            .tag(AtomicBoolean.class, sent)
            .post(RequestBody.create(WireJson.mapper().writeValueAsBytes(body), JSON));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return execute(request.build(), lane, sent);
  }

  /** Opens a connection for closes ahead of the first, so that it need not wait for one. */
  Exchange warmUp() {
    AtomicBoolean sent = new AtomicBoolean();
    Request request =
        new Request.Builder()
            .url(base.newBuilder().addPathSegments("api/Status/ping").build())
            .tag(AtomicBoolean.class, sent)
            .get()
            .build();
    return execute(request, Lane.CLOSES, sent);
  }

  private Exchange execute(Request request, Lane lane, AtomicBoolean sent) {
    var began = clock.instant();
    Exchange exchange = exchange(request, lane, sent, began);
    String path = request.url().encodedPath();
    health.ended(path.substring(path.indexOf("/api/") + "/api/".length()), exchange);
    return exchange;
  }

  private Exchange exchange(Request request, Lane lane, AtomicBoolean sent, Instant began) {
    OkHttpClient client = lane == Lane.CLOSES ? closes : general;
    try (Response response = client.newCall(request).execute()) {
      BufferedSource source = response.body().source();
      if (source.request(MAX_REPLY_BYTES + 1)) {
        return new Unanswered("the reply is larger than any of the venue's", since(began));
      }
      Answered answer =
          new Answered(
              response.code(),
              source.readUtf8(),
              Throttle.retryAfter(response.headers(), clock.instant()),
              since(began));
      // Only now: the clock may move, and what the request took would be wrong.
      Instant date = response.headers().getInstant("Date");
      if (date != null) {
        venueTime.accept(date);
      }
      return answer;
    } catch (IOException e) {
      String why = why(e);
      return sent.get() ? new Unanswered(why, since(began)) : new NotSent(why, since(began));
    }
  }

  private Duration since(Instant began) {
    Duration took = Duration.between(began, clock.instant());
    return took.isNegative() ? Duration.ZERO : took;
  }

  private String why(IOException e) {
    if (e instanceof UnknownHostException) {
      return "the host of " + base + " is unknown: check gateway.api_url and the network";
    }
    if (e instanceof InterruptedIOException) {
      return "no answer in time";
    }
    if (e instanceof ConnectException) {
      return "no connection to " + base + ": check gateway.api_url and the network";
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  /** Requests under way are broken off. */
  @Override
  public void close() {
    for (OkHttpClient client : new OkHttpClient[] {general, closes}) {
      client.dispatcher().cancelAll();
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }

  /** Tells a request that failed before it left from one whose fate is unknown. */
  private static final class SentMarker extends EventListener {
    private final @Nullable AtomicBoolean sent;

    SentMarker(@Nullable AtomicBoolean sent) {
      this.sent = sent;
    }

    @Override
    public void requestHeadersStart(Call call) {
      if (sent != null) {
        sent.set(true);
      }
    }
  }
}
