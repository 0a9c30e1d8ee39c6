package dev.riskmanager.chaos;

import dev.riskmanager.e2e.Programs;
import dev.riskmanager.sim.Venue;
import dev.riskmanager.wire.WireJson;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/**
 * The simulated venue as a process of its own that can be killed and comes back on the same port
 * with the books it had. What the trader does may be lost when the venue is not there.
 */
final class VenueProcess implements AutoCloseable {
  static final String SYMBOL = "MNQ";
  static final BigDecimal PRICE = new BigDecimal("21000");

  /** Requests a minute, as the real venue has it; 0 for any number. */
  private static final int RATE_LIMIT = Integer.getInteger("chaos.rate_limit", 200);

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long START_SECONDS = 30;

  private final Path ledger;
  private final Path output;
  private final List<Long> accounts;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong tags = new AtomicLong();
  private Process process;
  private final int port;

  VenueProcess(Path directory, List<Long> accounts) throws IOException, InterruptedException {
    this.ledger = directory.resolve("ledger.jsonl");
    this.output = directory.resolve("venue.out");
    this.accounts = List.copyOf(accounts);
    this.process = launch(0);
    this.port = awaitPort();
    settle();
  }

  Path ledger() {
    return ledger;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  private Process launch(int wanted) throws IOException {
    List<String> command =
        Programs.java(
            List.of("-XX:TieredStopAtLevel=1"), Programs.classPath(), Venue.class.getName());
    command.addAll(List.of("--port", String.valueOf(wanted), "--ledger", ledger.toString()));
    accounts.forEach(account -> command.addAll(List.of("--account", String.valueOf(account))));
    // Trading as such costs nothing, and prices stand still: what is lost is lost on purpose.
    for (String knob :
        List.of(
            "price_path=manual",
            "rate_limit=" + RATE_LIMIT,
            "spread_ticks=0",
            "fees={\"MNQ\":0}")) {
      command.addAll(List.of("--knob", knob));
    }
    Files.deleteIfExists(output);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectInput(new File("/dev/null"))
        .redirectOutput(output.toFile())
        .start();
  }

  private int awaitPort() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < end && process.isAlive()) {
      String text = Files.readString(output);
      int at = text.indexOf("{\"url\":\"http://127.0.0.1:");
      int line = text.indexOf('\n', Math.max(0, at));
      if (at >= 0 && line > at) {
        return Integer.parseInt(text.substring(at, line).replaceAll(".*:(\\d+)\".*", "$1"));
      }
      Thread.sleep(20);
    }
    String how =
        process.isAlive()
            ? "it has not said its address within " + START_SECONDS + " s"
            : "it ended with " + process.waitFor();
    String said = Files.readString(output);
    throw new IOException(
        "the venue does not start: " + how + ", saying: " + (said.isBlank() ? "nothing" : said));
  }

  private void settle() {
    price();
  }

  long pid() {
    return process.pid();
  }

  /** As {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Starts it again where it was, with the books it had. */
  void restart() throws IOException, InterruptedException {
    process = launch(port);
    awaitPort();
    settle();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The market trades where it always does. */
  boolean price() {
    return post("price", Map.of("symbol", SYMBOL, "price", PRICE));
  }

  /** A market order of the trader. */
  boolean trade(long account, int signed) {
    return order(account, "MARKET", signed, Map.of());
  }

  /** A limit order far away: it rests. */
  boolean limit(long account, int signed) {
    BigDecimal price = PRICE.subtract(BigDecimal.valueOf(signed > 0 ? 100 : -100));
    return order(account, "LIMIT", signed, Map.of("limitPrice", price));
  }

  /** A stop far away. */
  boolean stop(long account, int signed) {
    BigDecimal price = PRICE.add(BigDecimal.valueOf(signed > 0 ? 100 : -100));
    return order(account, "STOP", signed, Map.of("stopPrice", price));
  }

  private boolean order(long account, String type, int signed, Map<String, Object> prices) {
    Map<String, Object> body = new java.util.HashMap<>(prices);
    body.put("accountId", account);
    body.put("symbol", SYMBOL);
    body.put("type", type);
    body.put("side", signed > 0 ? "BUY" : "SELL");
    body.put("size", Math.abs(signed));
    body.put("customTag", "chaos-" + tags.incrementAndGet());
    return post("order", body);
  }

  /** A loss or a profit out of nowhere. */
  boolean book(long account, String profitAndLoss) {
    return post(
        "trade",
        Map.of(
            "accountId",
            account,
            "symbol",
            SYMBOL,
            "profitAndLoss",
            new BigDecimal(profitAndLoss),
            "fees",
            0));
  }

  boolean cancel(long account, long order) {
    return post("cancel", Map.of("accountId", account, "orderId", order));
  }

  boolean knob(String name, Object value) {
    return post("knobs", Map.of(name, value));
  }

  /**
   * What the venue was asked.
   *
   * @param number counts the requests since it was started
   * @param errorCode −1 when there was none
   */
  record Request(long number, String operation, int status, int errorCode) {
    boolean isClose() {
      return operation.equals("Position/closeContract");
    }
  }

  /** The newest requests with a higher number; none when it does not answer. */
  List<Request> requestsSince(long number) {
    HttpRequest request =
        HttpRequest.newBuilder(url().resolve("/sim/state")).timeout(PATIENCE).build();
    List<Request> found = new ArrayList<>();
    try {
      String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      for (JsonNode row : WireJson.mapper().readTree(body).path("requests").path("log")) {
        if (row.path("number").asLong(0) > number) {
          found.add(
              new Request(
                  row.path("number").asLong(0),
                  row.path("operation").asString(""),
                  row.path("status").asInt(0),
                  row.path("errorCode").asInt(-1)));
        }
      }
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return found;
  }

  private boolean post(String what, Map<String, Object> body) {
    HttpRequest request =
        HttpRequest.newBuilder(url().resolve("/sim/" + what))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(WireJson.mapper().writeValueAsString(body)))
            .build();
    try {
      HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (reply.statusCode() == 400) {
        throw new IllegalStateException(what + " " + body + ": " + reply.body());
      }
      return reply.statusCode() == 200;
    } catch (IOException e) {
      // Stopped or killed: whether it was done, the ledger tells.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    kill();
    client.close();
  }
}
