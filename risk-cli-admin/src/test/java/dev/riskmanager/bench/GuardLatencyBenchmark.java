package dev.riskmanager.bench;

import dev.riskmanager.e2e.CloseTimer;
import dev.riskmanager.e2e.EngineProcess;
import dev.riskmanager.e2e.Stage;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderSide;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * From an opening fill in a locked account to the close request for it, both stamped in the venue's
 * process: when the events of the fill had been handed to the hub's socket, and when the bytes of
 * the request had arrived. Beside it a bare HTTP request over loopback to the same venue and back,
 * in the same run, one for each fill and as long idle before as the engine was.
 *
 * <p>Arguments: the number of fills (default 340), the milliseconds between them (default 200), the
 * accounts they go round (default 20), and how many come before the first that counts (default 40;
 * they are printed apart, the very first after the start among them). So many fills use up the
 * venue's 200 requests a minute: closes leave even so (rules.md §5), their proofs wait.
 */
public final class GuardLatencyBenchmark {
  /** An account of the venue that the engine is not told to watch. */
  private static final long UNWATCHED = 99;

  private static final int VENUE_WARM_UP = 3_000;

  private final Figures all = new Figures();
  private final Figures first = new Figures();
  private final Figures trip = new Figures();
  private long veryFirst;

  private GuardLatencyBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    new GuardLatencyBenchmark()
        .run(number(args, 0, 340), number(args, 1, 200), number(args, 2, 20), number(args, 3, 40));
  }

  private static int number(String[] args, int at, int otherwise) {
    return args.length > at ? Integer.parseInt(args[at]) : otherwise;
  }

  private void run(int fills, int gapMillis, int accounts, int warmUp) throws Exception {
    try (Stage stage = Stage.setBeside(UNWATCHED, accounts);
        HttpClient client = HttpClient.newHttpClient()) {
      SimVenue venue = stage.venue();
      venue.knob("rate_limit", 0);
      venue.knob("fees", Map.of("MNQ", 0));
      CloseTimer timer = new CloseTimer(venue);
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
        lock(stage, engine, accounts);
        HttpRequest ping =
            HttpRequest.newBuilder(URI.create(venue.url() + "/api/Status/ping")).build();
        warmUpVenue(venue, client);
        for (int i = 0; i < fills; i++) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(gapMillis));
          long took = fill(timer, venue, Stage.ACCOUNT + i % accounts, i);
          veryFirst = i == 0 ? took : veryFirst;
          (i < warmUp || i == 0 ? first : all).add(took);
          long began = System.nanoTime();
          client.send(ping, HttpResponse.BodyHandlers.ofString());
          if (i > 0) {
            trip.add(System.nanoTime() - began);
          }
        }
      }
    }
    report();
  }

  /** It is not what is measured: its code is compiled first, with an account nobody watches. */
  private static void warmUpVenue(SimVenue venue, HttpClient client) throws Exception {
    String token =
        post(client, venue, "Auth/loginKey", "", credentials(venue))
            .replaceAll("(?s).*\"token\":\"([^\"]*)\".*", "$1");
    String contract = venue.contract("MNQ").id();
    for (int i = 0; i < VENUE_WARM_UP; i++) {
      venue.trade(UNWATCHED, "MNQ", OrderSide.BUY, 1);
      post(
          client,
          venue,
          "Position/closeContract",
          token,
          "{\"accountId\":" + UNWATCHED + ",\"contractId\":\"" + contract + "\"}");
    }
  }

  private static String credentials(SimVenue venue) {
    return "{\"userName\":\"" + venue.userName() + "\",\"apiKey\":\"" + venue.apiKey() + "\"}";
  }

  private static String post(
      HttpClient client, SimVenue venue, String operation, String token, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(venue.url() + "/api/" + operation))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Each of the stage's accounts loses more than it may. */
  static void lock(Stage stage, EngineProcess engine, int accounts) throws InterruptedException {
    for (int i = 0; i < accounts; i++) {
      long account = Stage.ACCOUNT + i;
      stage.venue().halfTurn(account, "MNQ", new BigDecimal("-600"));
      engine.awaitStatus("locked", s -> Stage.account(s, account).locked());
    }
  }

  /**
   * One that opens a position in a locked account.
   *
   * @param turn even ones buy
   * @return nanoseconds to its close
   */
  static long fill(CloseTimer timer, SimVenue venue, long account, int turn)
      throws InterruptedException {
    OrderSide side = turn % 2 == 0 ? OrderSide.BUY : OrderSide.SELL;
    return timer.time(() -> venue.trade(account, "MNQ", side, 1)).fromTold();
  }

  private void report() {
    Figures.quantilesHead(System.out);
    first.quantiles(System.out, "the first after the start");
    all.quantiles(System.out, "a fill in a lockout -> its close request");
    trip.quantiles(System.out, "a bare HTTP request and its answer");
    System.out.printf(
        Locale.ROOT, "p99: %.2f, aim 5; the very first: %.2f%n", all.millis(99), veryFirst / 1e6);
  }
}
