package dev.riskmanager.sim;

import dev.riskmanager.sim.exchange.AccountView;
import dev.riskmanager.sim.exchange.Exchange;
import dev.riskmanager.sim.exchange.OrderRequest;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.sim.exchange.OrderView;
import dev.riskmanager.sim.exchange.Outcome;
import dev.riskmanager.sim.exchange.PositionView;
import dev.riskmanager.sim.exchange.TradeView;
import dev.riskmanager.sim.exchange.Trader;
import dev.riskmanager.sim.exchange.UserEvent;
import dev.riskmanager.sim.http.RequestLog;
import dev.riskmanager.sim.http.RequestRecord;
import dev.riskmanager.sim.http.Tokens;
import dev.riskmanager.sim.http.VenueServer;
import dev.riskmanager.sim.hub.MarketHub;
import dev.riskmanager.sim.hub.UserHub;
import dev.riskmanager.sim.knob.Knob;
import dev.riskmanager.sim.knob.Knobs;
import dev.riskmanager.sim.knob.RestKnobs;
import dev.riskmanager.sim.market.BarHistory;
import dev.riskmanager.sim.market.Contract;
import dev.riskmanager.sim.market.ContractCatalog;
import dev.riskmanager.sim.market.Quote;
import dev.riskmanager.sim.market.Quotes;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A venue that speaks the real protocol on a loopback port and can be made to misbehave.
 *
 * <p>The methods that act as the trader and the market do what the {@code /sim} endpoints do.
 * Contracts are named by id ({@code CON.F.US.MNQ.Z25}), symbol ({@code MNQ}) or name ({@code
 * MNQU6}). All methods may be called from any thread. Prices and money are exact decimals, money in
 * dollars.
 */
public final class SimVenue implements AutoCloseable {
  private final Knobs knobs;
  private final InstantSource venueClock;
  private final ContractCatalog catalog;
  private final Quotes quotes;
  private final BarHistory history;
  private final Timers timers = new Timers();
  private final Exchange exchange;
  private final Trader trader;
  private final UserHub userHub;
  private final MarketHub marketHub;
  private final Tokens tokens;
  private final RequestLog log;
  private final VenueServer server;
  private final Settings settings;
  private @Nullable LedgerFile ledger;
  private final List<Consumer<UserEvent>> listeners = new CopyOnWriteArrayList<>();

  /**
   * What a builder collected.
   *
   * @param balances by account id, in the order they are listed
   * @param ledger where the books are kept beyond the process
   */
  record Settings(
      InstantSource clock,
      int port,
      Map<Long, BigDecimal> balances,
      String userName,
      String apiKey,
      Consumer<Knobs> presets,
      Optional<Path> ledger) {}

  SimVenue(Settings settings) {
    this.settings = settings;
    this.knobs = new Knobs();
    settings.presets().accept(knobs);
    InstantSource clock = settings.clock();
    this.venueClock = () -> clock.instant().plus(knobs.get(RestKnobs.CLOCK_SKEW));
    this.catalog = new ContractCatalog();
    this.quotes = new Quotes(catalog, knobs, venueClock);
    this.history = new BarHistory(catalog, venueClock);
    this.exchange =
        new Exchange(catalog, quotes, knobs, venueClock, timers, this::publish, this::publish);
    this.trader = new Trader(catalog, exchange);
    this.userHub = new UserHub(knobs, timers, () -> exchange.reader().accounts());
    this.marketHub = new MarketHub(knobs, timers, catalog, quotes);
    this.tokens = new Tokens(knobs, venueClock);
    this.log = new RequestLog(venueClock);
    int n = 0;
    for (Map.Entry<Long, BigDecimal> account : settings.balances().entrySet()) {
      String name = String.format("PRAC-V2-%06d-%08d", 100001, ++n);
      exchange.open(account.getKey(), name, account.getValue());
    }
    knobs.onChange(
        RestKnobs.REVOKE_TOKENS,
        revoke -> {
          if (revoke) {
            tokens.revokeAll();
          }
        });
    settings.ledger().ifPresent(this::goOn);
    MarketDriver driver = new MarketDriver(knobs, catalog, exchange, marketHub, timers);
    this.server = new VenueServer(settings.port(), parts());
    driver.start();
    timers.every(
        100,
        () -> {
          userHub.server().tick();
          marketHub.server().tick();
        });
    timers.every(1_000, exchange::sessionCheck);
  }

  /** The books are those of the file before anything is added to it. */
  private void goOn(Path path) {
    List<UserEvent> told = LedgerFile.read(path, catalog);
    LedgerFile opened = LedgerFile.open(path);
    ledger = opened;
    exchange.recover(told);
    log.onArrival(opened::append);
  }

  private VenueServer.Parts parts() {
    return new VenueServer.Parts(
        knobs,
        settings.clock(),
        venueClock,
        tokens,
        log,
        exchange,
        trader,
        catalog,
        history,
        List.of(userHub.server(), marketHub.server()),
        settings.userName(),
        settings.apiKey(),
        () -> VenueState.of(venueClock, exchange.reader(), quotes, knobs));
  }

  private void publish(List<UserEvent> step) {
    if (ledger != null) {
      ledger.append(venueClock.instant(), step);
    }
    userHub.publish(step);
    for (Consumer<UserEvent> listener : listeners) {
      step.forEach(listener);
    }
  }

  private void publish(Quote quote) {
    history.traded(quote);
    marketHub.publish(quote);
  }

  /**
   * A builder of venues.
   *
   * @param clock gives the venue its time; its {@code clock_skew} comes on top
   */
  public static SimVenueBuilder builder(InstantSource clock) {
    return new SimVenueBuilder(clock);
  }

  /** {@code http://127.0.0.1:PORT}; REST is under {@code /api}. */
  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Address of the user hub, for SignalR clients. */
  public String userHubUrl() {
    return url() + "/hubs/user";
  }

  /** Address of the market hub, for SignalR clients. */
  public String marketHubUrl() {
    return url() + "/hubs/market";
  }

  public int port() {
    return server.port();
  }

  public String userName() {
    return settings.userName();
  }

  public String apiKey() {
    return settings.apiKey();
  }

  /** The first account. */
  public long accountId() {
    return settings.balances().keySet().iterator().next();
  }

  /**
   * Sets a knob; null takes it back to its initial value.
   *
   * @throws dev.riskmanager.sim.knob.KnobException for an unknown knob or a value it does not take
   */
  public void knob(String name, @Nullable Object value) {
    knobs.set(name, value);
  }

  /** What a knob is now. */
  public <T> T knob(Knob<T> knob) {
    return knobs.get(knob);
  }

  /** A market order of the trader; it fills after the fill delay. */
  public Outcome trade(long accountId, String contract, OrderSide side, int size) {
    return trader.market(accountId, contract, side, size);
  }

  /** A market order filled at once at this price, to which the market moves first. */
  public Outcome tradeAt(
      long accountId, String contract, OrderSide side, int size, BigDecimal price) {
    return trader.marketAt(accountId, contract, side, size, price);
  }

  /** In and out again at these prices. */
  public Outcome roundTrip(
      long accountId,
      String contract,
      OrderSide side,
      int size,
      BigDecimal entryPrice,
      BigDecimal exitPrice) {
    return trader.roundTrip(accountId, contract, side, size, entryPrice, exitPrice);
  }

  /** Moves the balance by something that is no trade: a deposit, a withdrawal, a correction. */
  public void adjustBalance(long accountId, BigDecimal dollars) {
    exchange.adjust(accountId, dollars);
  }

  /** A closing half-turn of one contract with this P&amp;L; no position is touched. */
  public TradeView halfTurn(long accountId, String contract, BigDecimal profitAndLoss) {
    return halfTurn(accountId, contract, OrderSide.SELL, 1, null, profitAndLoss, null);
  }

  /**
   * A half-turn as given; no position is touched.
   *
   * @param price null for the market's
   * @param profitAndLoss null for an opening half
   * @param fees null for the product's own
   */
  public TradeView halfTurn(
      long accountId,
      String contract,
      OrderSide side,
      int size,
      @Nullable BigDecimal price,
      @Nullable BigDecimal profitAndLoss,
      @Nullable BigDecimal fees) {
    return trader.halfTurn(accountId, contract, side, size, price, profitAndLoss, fees);
  }

  /** Any order of the trader, by the contract's id. */
  public Outcome order(OrderRequest request) {
    return exchange.place(request);
  }

  /** The trader cancels an order. */
  public Outcome cancel(long accountId, long orderId) {
    return exchange.cancel(accountId, orderId);
  }

  /** The market trades at this price. */
  public Quote price(String contract, BigDecimal price) {
    return trader.price(contract, price);
  }

  /** The contract somebody means by a symbol, name or id. */
  public Contract contract(String text) {
    return trader.contract(text);
  }

  public Quote quote(String contract) {
    return exchange.quote(contract(contract));
  }

  public List<PositionView> positions(long accountId) {
    return exchange.reader().positions(accountId);
  }

  /** All orders, oldest first, whatever their state. */
  public List<OrderView> orders(long accountId) {
    return exchange.reader().orders(accountId, o -> true);
  }

  /** All fills, newest first. */
  public List<TradeView> trades(long accountId) {
    return exchange.reader().trades(accountId, null, null);
  }

  /**
   * @throws java.util.NoSuchElementException when the venue has no such account
   */
  public AccountView account(long accountId) {
    return exchange.reader().account(accountId).orElseThrow();
  }

  /** The requests received, oldest first, the newest ten thousand. */
  public List<RequestRecord> requests() {
    return log.all();
  }

  /** The requests of one operation such as {@code Position/closeContract}, oldest first. */
  public List<RequestRecord> requests(String operation) {
    return log.of(operation);
  }

  /** REST requests that hang now. */
  public int hanging() {
    return server.hanging();
  }

  /** Forgets the request log and what was counted against the rate limit. */
  public void resetLog() {
    server.reset();
  }

  /** Ends all tokens: the next request of anybody gets 401. */
  public void revokeTokens() {
    tokens.revokeAll();
  }

  /**
   * Called for each event of the books, in order, on the thread that caused it and just after it
   * was handed to the hub's sockets; it must not block.
   */
  public void onEvent(Consumer<UserEvent> listener) {
    listeners.add(listener);
  }

  /**
   * Called for each request when it has arrived and before anything is done about it, hangs and
   * latency included; the request waits for the listener.
   */
  public void onRequest(Consumer<RequestRecord> listener) {
    log.onArrival(listener);
  }

  /** What {@code GET /sim/state} answers. */
  public ObjectNode state() {
    return server.state(() -> VenueState.of(venueClock, exchange.reader(), quotes, knobs));
  }

  /** Cuts every connection and frees the port. */
  @Override
  public void close() {
    timers.close();
    server.close();
    if (ledger != null) {
      ledger.close();
    }
  }
}
