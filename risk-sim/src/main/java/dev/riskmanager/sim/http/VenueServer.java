package dev.riskmanager.sim.http;

import dev.riskmanager.sim.api.Operation;
import dev.riskmanager.sim.exchange.Exchange;
import dev.riskmanager.sim.exchange.Trader;
import dev.riskmanager.sim.hub.HubServer;
import dev.riskmanager.sim.json.Json;
import dev.riskmanager.sim.knob.Faults.Fault;
import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.knob.RestKnobs;
import dev.riskmanager.sim.market.BarHistory;
import dev.riskmanager.sim.market.ContractCatalog;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import tools.jackson.databind.node.ObjectNode;

/** The venue's one HTTP port, on the loopback interface only: REST, both hubs, and {@code /sim}. */
public final class VenueServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int MOST_BYTES = 1 << 20;
  private static final String BEARER = "Bearer ";

  private final Knobs knobs;
  private final Tokens tokens;
  private final RequestLog log;
  private final RateLimiter limiter;
  private final Hangs hangs;
  private final RestServer rest;
  private final SimApi sim;
  private final List<HubServer> hubs;
  private final Javalin javalin;
  private final int port;

  /**
   * What the server serves.
   *
   * @param clock counts requests
   * @param venueClock tells the venue's time, skewed or not
   */
  public record Parts(
      Knobs knobs,
      InstantSource clock,
      InstantSource venueClock,
      Tokens tokens,
      RequestLog log,
      Exchange exchange,
      Trader trader,
      ContractCatalog catalog,
      BarHistory history,
      List<HubServer> hubs,
      String userName,
      String apiKey,
      Supplier<ObjectNode> marketState) {}

  /**
   * Starts listening.
   *
   * @param port 0 for any free port
   * @throws io.javalin.util.JavalinBindException when the port is taken
   */
  public VenueServer(int port, Parts parts) {
    this.knobs = parts.knobs();
    this.tokens = parts.tokens();
    this.log = parts.log();
    this.limiter = new RateLimiter(knobs, parts.clock());
    this.hangs = new Hangs(knobs);
    this.rest = new RestServer(knobs, tokens, log, limiter, hangs, parts.venueClock());
    this.hubs = parts.hubs();
    this.sim =
        new SimApi(
            knobs, parts.exchange(), parts.trader(), () -> state(parts.marketState()), this::reset);
    endpoints(parts);
    this.javalin = Javalin.create(config -> configure(config, port)).start();
    this.port = javalin.port();
  }

  private void endpoints(Parts parts) {
    AuthApi auth = new AuthApi(knobs, tokens, parts.userName(), parts.apiKey());
    rest.add(Operation.LOGIN_KEY, auth::loginKey);
    rest.add(Operation.LOGIN_APP, auth::loginApp);
    rest.add(Operation.VALIDATE, auth::validate);
    rest.add(Operation.LOGOUT, auth::logout);
    ReferenceApi reference = new ReferenceApi(knobs, parts.exchange().reader(), parts.catalog());
    HistoryApi history = new HistoryApi(knobs, parts.catalog(), parts.history());
    rest.add(Operation.BARS, history::bars);
    rest.add(Operation.ACCOUNT_SEARCH, reference::accounts);
    rest.add(Operation.CONTRACT_AVAILABLE, reference::available);
    rest.add(Operation.CONTRACT_SEARCH, reference::search);
    rest.add(Operation.CONTRACT_BY_ID, reference::byId);
    OrderApi orders = new OrderApi(parts.exchange());
    rest.add(Operation.ORDER_PLACE, orders::place);
    rest.add(Operation.ORDER_MODIFY, orders::modify);
    rest.add(Operation.ORDER_CANCEL, orders::cancel);
    rest.add(Operation.ORDER_SEARCH, orders::search);
    rest.add(Operation.ORDER_SEARCH_OPEN, orders::searchOpen);
    rest.add(Operation.ORDER_BY_ID, orders::byId);
    rest.add(Operation.ORDER_QUERY, orders::query);
    PositionApi positions = new PositionApi(parts.exchange());
    rest.add(Operation.POSITION_SEARCH_OPEN, positions::searchOpen);
    rest.add(Operation.POSITION_CLOSE, positions::close);
    rest.add(Operation.POSITION_PARTIAL_CLOSE, positions::partialClose);
    rest.add(Operation.TRADE_SEARCH, positions::trades);
  }

  private void configure(JavalinConfig config, int wanted) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.jetty.modifyServer(server -> server.setStopTimeout(0));
    config.jetty.addConnector(
        (server, http) -> {
          http.setSendServerVersion(false);
          ServerConnector connector =
              new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
          connector.setHost(HOST);
          connector.setPort(wanted);
          // A request that hangs, and a hub that is silent, stay connected.
          connector.setIdleTimeout(Duration.ofDays(1).toMillis());
          return connector;
        });
    config.jetty.modifyWebSocketServletFactory(
        factory -> {
          factory.setIdleTimeout(Duration.ofDays(1));
          factory.setMaxTextMessageSize(MOST_BYTES);
          factory.setMaxBinaryMessageSize(MOST_BYTES);
        });
    rest.routes(config.routes);
    sim.routes(config.routes);
    hubs.forEach(hub -> routes(config.routes, hub));
  }

  private void routes(RoutesConfig routes, HubServer hub) {
    String path = "/hubs/" + hub.name();
    Operation negotiate = Operation.byLabel("hubs/" + hub.name() + "/negotiate").orElseThrow();
    Operation connect = Operation.byLabel("hubs/" + hub.name()).orElseThrow();
    routes.post(
        path + "/negotiate",
        c -> {
          String user = admitted(c, negotiate, hub);
          int version = "1".equals(c.queryParam("negotiateVersion")) ? 1 : 0;
          c.attribute("user", user);
          c.contentType("application/json").result(Json.bytes(hub.negotiate(version)));
        });
    routes.wsBeforeUpgrade(
        path,
        c -> {
          String user = admitted(c, connect, hub);
          String id = c.queryParam("id");
          if (id != null && !hub.claim(id)) {
            throw new HttpResponseException(404, "No Connection with that ID");
          }
          c.attribute("user", user);
        });
    routes.ws(
        path,
        ws -> {
          ws.onConnect(
              c -> {
                String user = c.attribute("user");
                hub.opened(c.session, user == null ? "" : user);
              });
          ws.onMessage(c -> hub.received(c.session, c.message()));
          // Microsoft's Java client sends its JSON in binary messages.
          ws.onBinaryMessage(
              c -> hub.received(c.session, StandardCharsets.UTF_8.decode(c.data()).toString()));
          ws.onClose(c -> hub.closed(c.session));
          ws.onError(c -> hub.closed(c.session));
        });
  }

  /** The user of whoever wants to connect; or the refusal, as an exception. */
  private String admitted(Context context, Operation operation, HubServer hub)
      throws InterruptedException {
    long record = log.arrived(operation, Json.object());
    boolean stopped = !hangs.pass(operation);
    Optional<String> user =
        presented(context).stream().map(tokens::user).flatMap(Optional::stream).findFirst();
    Optional<Fault> fault = knobs.get(RestKnobs.STATUS).take(operation);
    int status = 0;
    if (stopped || knobs.get(RestKnobs.MAINTENANCE)) {
      status = 503;
    } else if (fault.isPresent()) {
      // There is no envelope here in which an error code could go.
      status = fault.get().status() == 0 ? 500 : fault.get().status();
    } else if (user.isEmpty() || !hub.admits()) {
      status = 401;
    }
    log.answered(record, status == 0 ? 200 : status, null);
    if (status == 429) {
      RestServer.retryAfter(context, knobs);
    }
    if (status != 0) {
      throw new HttpResponseException(status, status == 401 ? "Unauthorized" : "Refused");
    }
    return user.orElseThrow();
  }

  /** Tokens in the header and in the query; clients send either, both, or one twice. */
  private static List<String> presented(Context context) {
    List<String> tokens = new ArrayList<>(context.queryParams("access_token"));
    String header = context.header("Authorization");
    if (header != null && header.startsWith(BEARER)) {
      tokens.add(header.substring(BEARER.length()).trim());
    }
    return tokens;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** REST requests that hang now. */
  public int hanging() {
    return hangs.hanging();
  }

  /** Forgets the request log and the requests counted against the rate limit. */
  public void reset() {
    log.reset();
    limiter.reset();
  }

  /** What {@code GET /sim/state} answers. */
  public ObjectNode state(Supplier<ObjectNode> market) {
    ObjectNode state = market.get();
    state.set("requests", log.state());
    state.put("hanging", hangs.hanging());
    ObjectNode hubStates = state.putObject("hubs");
    hubs.forEach(hub -> hubStates.set(hub.name(), hub.state()));
    return state;
  }

  /** Releases hanging requests, cuts the hubs, stops listening. */
  @Override
  public void close() {
    hangs.close();
    hubs.forEach(HubServer::dropAll);
    javalin.stop();
  }
}
