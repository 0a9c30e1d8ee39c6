package dev.riskmanager.e2e;

import dev.riskmanager.daemon.app.Setup;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderRequest;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.sim.exchange.OrderType;
import dev.riskmanager.sim.exchange.OrderView;
import dev.riskmanager.sim.exchange.PositionView;
import dev.riskmanager.sim.market.Contract;
import dev.riskmanager.wire.HomeDir;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Makes a recording of a busy session: the real engine as a process, before the simulated venue,
 * while a trader wins and loses, reverses, works with brackets, stops and limits, comes into
 * cooldowns and into lockouts for the day, cheats in them, and loses the permission to trade for a
 * while. What is kept is the engine's own recording and, beside it, the venue's books.
 *
 * <p>{@code BusySession MINUTES SEED DIRECTORY}. It takes as long as the session does.
 */
public final class BusySession {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final List<String> SYMBOLS = List.of("MNQ", "MES", "MGC");
  private static final long HURRIED = 13_298_777L;
  private static final long LOSER = HURRIED + 1;
  private static final long WINNER = HURRIED + 2;
  private static final long FORBIDDEN = HURRIED + 3;
  private static final long HOLDER = HURRIED + 4;

  private static final String FREQUENT =
      "      trade_frequency_limit: {enabled: true, limits: {per_minute: 4, per_hour: 60,"
          + " per_session: 1000}, cooldown_on_breach: {enabled: true, per_minute_breach: 25,"
          + " per_hour_breach: 50}}\n";
  private static final String AFTER_LOSS =
      "      cooldown_after_loss: {enabled: true, loss_thresholds: [{loss_amount: -6,"
          + " cooldown_duration: 20}, {loss_amount: -15, cooldown_duration: 70}]}\n";

  /** The rules of each account. */
  private static final Map<Long, String> RULES =
      Map.of(
          HURRIED,
          FREQUENT + AFTER_LOSS,
          LOSER,
          "      daily_realized_loss: {enabled: true, limit: -40}\n" + AFTER_LOSS,
          WINNER,
          "      daily_realized_profit: {enabled: true, target: 40}\n" + AFTER_LOSS,
          FORBIDDEN,
          "      auth_loss_guard: {enabled: true}\n" + AFTER_LOSS,
          HOLDER,
          "      daily_realized_loss: {enabled: true, limit: -30, action: none}\n"
              + "      daily_realized_profit: {enabled: true, target: 60}\n"
              + AFTER_LOSS);

  private final SimVenue venue;
  private final Random random;
  private final Duration length;
  private final Instant began = CLOCK.instant();
  private final Map<String, BigDecimal> prices = new HashMap<>();

  private BusySession(SimVenue venue, Random random, Duration length) {
    this.venue = venue;
    this.random = random;
    this.length = length;
    for (String symbol : SYMBOLS) {
      prices.put(symbol, venue.quote(symbol).last());
    }
  }

  /** Makes one. */
  public static void main(String[] args) throws Exception {
    if (args.length != 3) {
      System.err.println("usage: BusySession MINUTES SEED DIRECTORY");
      System.exit(2);
    }
    Duration length = Duration.ofMinutes(Long.parseLong(args[0]));
    Path into = Files.createDirectories(Path.of(args[2]));
    Path directory = Files.createTempDirectory("rm-session-");
    Path ledger = directory.resolve("ledger.jsonl");
    try (SimVenue venue = venue(ledger)) {
      HomeDir home = home(directory, venue);
      try (EngineProcess engine = EngineProcess.start(home)) {
        engine.awaitProtecting();
        new BusySession(venue, new Random(Long.parseLong(args[1])), length).play();
        System.out.println(engine.status());
      }
      try (Stream<Path> made = Files.list(home.root().resolve("data/recordings"))) {
        Path recording = made.findFirst().orElseThrow();
        pack(recording, "", into.resolve("busy-session.jsonl.gz"));
      }
    }
    pack(ledger, "\"request\"", into.resolve("busy-session-venue.jsonl.gz"));
  }

  private static SimVenue venue(Path ledger) {
    var builder = SimVenue.builder(InstantSource.system()).ledger(ledger).knob("rate_limit", 0);
    RULES.keySet().stream().sorted().forEach(builder::account);
    return builder.start();
  }

  private static HomeDir home(Path directory, SimVenue venue) throws Exception {
    HomeDir home = new HomeDir(directory.resolve("home"));
    Setup.initialise(
        home,
        new Setup.Choices(
            HURRIED,
            "Busy",
            venue.userName(),
            venue.apiKey(),
            Optional.of(URI.create(venue.url())),
            "none",
            List.of("general.blind={policy: hold, after: 30s}")));
    StringBuilder text = new StringBuilder();
    text.append("topstepx: {username: demo, api_key: demo}\naccounts:\n");
    RULES.keySet().stream()
        .sorted()
        .forEach(
            id ->
                text.append("  - account_id: ")
                    .append(id)
                    .append("\n    rules:\n")
                    .append(RULES.get(id)));
    Files.writeString(home.accountsYaml(), text);
    Path engine = home.config().resolve("engine.yaml");
    String settings = Files.readString(engine);
    Files.writeString(
        engine,
        settings.replaceFirst("(recording:\n(?: *#.*\n)*) *enabled: false", "$1  enabled: true"));
    return home;
  }

  /** Without the lines that contain that. */
  private static void pack(Path from, String without, Path to) throws IOException {
    try (Stream<String> lines = Files.lines(from);
        BufferedWriter out =
            new BufferedWriter(
                new OutputStreamWriter(
                    new GZIPOutputStream(Files.newOutputStream(to)), StandardCharsets.UTF_8))) {
      for (String line : (Iterable<String>) lines::iterator) {
        if (without.isEmpty() || !line.contains(without)) {
          out.write(line);
          out.write('\n');
        }
      }
    }
    System.out.println(to + ": " + Files.size(to) + " bytes");
  }

  private void play() throws InterruptedException {
    while (part() < 1) {
      market();
      permission();
      int who = random.nextInt(12);
      if (who < 5) {
        act(HURRIED);
      } else if (who < 7) {
        steer(LOSER, 0.3, -1);
      } else if (who < 9) {
        steer(WINNER, 0.45, 1);
      } else if (who < 10) {
        act(FORBIDDEN);
      } else {
        steer(HOLDER, 0.55, -1);
      }
      Thread.sleep(200 + random.nextInt(900));
    }
    Thread.sleep(5_000);
  }

  private BigDecimal priceOf(String symbol) {
    return Objects.requireNonNull(prices.get(symbol), symbol);
  }

  /** How much of it is over. */
  private double part() {
    return (double) Duration.between(began, CLOCK.instant()).toMillis() / length.toMillis();
  }

  private void market() {
    String symbol = SYMBOLS.get(random.nextInt(SYMBOLS.size()));
    BigDecimal step = venue.contract(symbol).tickSize();
    BigDecimal move = step.multiply(BigDecimal.valueOf(random.nextInt(17) - 8));
    prices.merge(symbol, move, BigDecimal::add);
    venue.price(symbol, priceOf(symbol));
  }

  /** For longer than any gap is put into it. */
  private void permission() {
    boolean may = part() < 0.35 || part() > 0.6;
    if (venue.account(FORBIDDEN).canTrade() != may) {
      venue.knob("can_trade", Map.of("accountId", FORBIDDEN, "value", may));
    }
  }

  /** From some time on he loses, or wins, on purpose. */
  private void steer(long account, double from, int sign) {
    if (part() < from || random.nextInt(3) == 0) {
      act(account);
      return;
    }
    BigDecimal at = priceOf("MES");
    BigDecimal away =
        venue
            .contract("MES")
            .tickSize()
            .multiply(BigDecimal.valueOf(sign * (6 + random.nextInt(6))));
    venue.roundTrip(account, "MES", OrderSide.BUY, 1, at, at.add(away));
    venue.price("MES", at);
  }

  private void act(long account) {
    String symbol = SYMBOLS.get(random.nextInt(SYMBOLS.size()));
    Contract contract = venue.contract(symbol);
    int held = held(account, contract);
    OrderSide side = random.nextBoolean() ? OrderSide.BUY : OrderSide.SELL;
    OrderSide against = held > 0 ? OrderSide.SELL : OrderSide.BUY;
    int size = 1 + random.nextInt(2);
    switch (random.nextInt(9)) {
      case 0, 1 -> venue.trade(account, symbol, held == 0 ? side : against, size);
      case 2 -> brackets(account, contract, side);
      case 3 -> limit(account, contract, side, size);
      case 4 -> stop(account, contract, against, Math.max(1, Math.abs(held)));
      case 5 -> cancel(account);
      case 6 -> {
        // A reversal.
        venue.trade(account, symbol, held == 0 ? side : against, Math.abs(held) + size);
      }
      default -> {
        if (held != 0) {
          venue.trade(account, symbol, against, Math.abs(held));
        }
      }
    }
  }

  private int held(long account, Contract contract) {
    for (PositionView position : venue.positions(account)) {
      if (position.contract().equals(contract)) {
        return position.type() == 1 ? position.size() : -position.size();
      }
    }
    return 0;
  }

  private void brackets(long account, Contract contract, OrderSide side) {
    int sign = side == OrderSide.BUY ? 1 : -1;
    venue.order(
        new OrderRequest(
            account,
            contract.id(),
            OrderType.MARKET.code(),
            side.code(),
            1 + random.nextInt(2),
            null,
            null,
            null,
            null,
            new OrderRequest.Bracket(-sign * 12, OrderType.STOP.code()),
            new OrderRequest.Bracket(sign * 12, OrderType.LIMIT.code())));
  }

  private void limit(long account, Contract contract, OrderSide side, int size) {
    venue.order(OrderRequest.limit(account, contract.id(), side, size, away(contract, side, -1)));
  }

  private void stop(long account, Contract contract, OrderSide side, int size) {
    venue.order(OrderRequest.stop(account, contract.id(), side, size, away(contract, side, 1)));
  }

  /** Some ticks off the market: above for a buy when the sign is. */
  private BigDecimal away(Contract contract, OrderSide side, int sign) {
    int ticks = (4 + random.nextInt(12)) * sign * (side == OrderSide.BUY ? 1 : -1);
    return venue
        .quote(contract.id())
        .last()
        .add(contract.tickSize().multiply(BigDecimal.valueOf(ticks)));
  }

  private void cancel(long account) {
    List<OrderView> working =
        venue.orders(account).stream().filter(order -> order.status().code() == 1).toList();
    if (!working.isEmpty()) {
      venue.cancel(account, working.get(random.nextInt(working.size())).id());
    }
  }
}
