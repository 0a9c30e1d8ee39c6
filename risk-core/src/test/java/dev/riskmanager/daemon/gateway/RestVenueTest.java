package dev.riskmanager.daemon.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.gateway.ScriptedVenue.Reply;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Trade;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestVenueTest {
  private static final AccountId ACCOUNT = new AccountId(13298777);
  private static final ContractId MNQ = new ContractId("CON.F.US.MNQ.Z25");
  private static final Credentials CREDENTIALS =
      new Credentials("trader-name-1234", "secret-key-aaaa-bbbb-9876");

  private final ScriptedVenue server = new ScriptedVenue();
  private final InstantSource clock = InstantSource.system();
  private final RestClient client =
      new RestClient(
          GatewaySettings.at(server.url())
              .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(300)),
          clock);
  private final TokenSource tokens = new TokenSource(client, CREDENTIALS, clock);
  private final RestVenue venue = new RestVenue(client, tokens, clock);

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private String said(VenueReply<?> reply) {
    return Replies.describe(reply);
  }

  @Test
  void sendsTheTokenInTheHeaderAndLogsInOnce() {
    server.always("Account/search", Reply.ok("\"accounts\":null"));
    assertThat(venue.accounts()).isInstanceOf(VenueReply.Done.class);
    assertThat(venue.accounts()).isInstanceOf(VenueReply.Done.class);
    assertThat(server.requests("Auth/loginKey")).hasSize(1);
    assertThat(server.requests("Auth/loginKey").getFirst().authorization()).isNull();
    assertThat(server.requests("Account/search"))
        .extracting(ScriptedVenue.Request::authorization)
        .containsExactly("Bearer token-number-0001", "Bearer token-number-0001");
    assertThat(server.requests("Account/search").getFirst().text())
        .isEqualTo("{\"onlyActiveAccounts\":false}");
  }

  /** Every code of {@code Position/closeContract}: gateway-api §1.6. */
  @ParameterizedTest
  @CsvSource({
    "1, refused: AccountNotFound (why), false, true",
    "2, refused: PositionNotFound (why), true, false",
    "3, refused: ContractNotFound (why), false, false",
    "4, refused: ContractNotActive (why), false, false",
    "5, refused: OrderRejected (why), false, false",
    "6, ambiguous: OrderPending: why, false, false",
    "7, ambiguous: UnknownError: why, false, false",
    "8, refused: AccountRejected (why), false, true",
    "9, ambiguous: UNKNOWN(9): why, false, false"
  })
  void codesOfClose(int code, String outcome, boolean gone, boolean permanent) {
    server.always("Position/closeContract", Reply.code(code, "why"));
    check(venue.closePosition(ACCOUNT, MNQ), outcome, gone, permanent);
  }

  @ParameterizedTest
  @CsvSource({
    "2, refused: PositionNotFound (why), true, false",
    "5, refused: InvalidCloseSize (why), false, false",
    "6, refused: OrderRejected (why), false, false",
    "7, ambiguous: OrderPending: why, false, false",
    "8, ambiguous: UnknownError: why, false, false",
    "9, refused: AccountRejected (why), false, true",
    "10, ambiguous: UNKNOWN(10): why, false, false"
  })
  void codesOfPartialClose(int code, String outcome, boolean gone, boolean permanent) {
    server.always("Position/partialCloseContract", Reply.code(code, "why"));
    check(venue.partialClose(ACCOUNT, MNQ, 2), outcome, gone, permanent);
  }

  @ParameterizedTest
  @CsvSource({
    "1, refused: AccountNotFound (why), false, true",
    "2, refused: OrderNotFound (why), true, false",
    "3, refused: Rejected (why), false, false",
    "4, ambiguous: Pending: why, false, false",
    "5, ambiguous: UnknownError: why, false, false",
    "6, refused: AccountRejected (why), false, true",
    "7, ambiguous: UNKNOWN(7): why, false, false"
  })
  void codesOfCancel(int code, String outcome, boolean gone, boolean permanent) {
    server.always("Order/cancel", Reply.code(code, "why"));
    check(venue.cancelOrder(ACCOUNT, 3425000100L), outcome, gone, permanent);
  }

  @ParameterizedTest
  @CsvSource({
    "2, refused: OrderNotFound (why), true, false",
    "3, refused: Rejected (why), false, false",
    "4, ambiguous: Pending: why, false, false",
    "6, refused: AccountRejected (why), false, true",
    "7, refused: ContractNotFound (why), false, false"
  })
  void codesOfModify(int code, String outcome, boolean gone, boolean permanent) {
    server.always("Order/modify", Reply.code(code, "why"));
    check(
        venue.modifyOrder(ACCOUNT, 7, Optional.of(2L), Optional.empty(), Optional.empty()),
        outcome,
        gone,
        permanent);
  }

  @ParameterizedTest
  @CsvSource({
    "2, refused: OrderRejected (why), false, false",
    "3, refused: InsufficientFunds (why), false, false",
    "4, refused: AccountViolation (why), false, false",
    "5, refused: OutsideTradingHours (why), false, false",
    "6, ambiguous: OrderPending: why, false, false",
    "7, ambiguous: UnknownError: why, false, false",
    "9, refused: ContractNotActive (why), false, false",
    "10, refused: AccountRejected (why), false, true",
    "-1, ambiguous: UNKNOWN(-1): why, false, false"
  })
  void codesOfPlace(int code, String outcome, boolean gone, boolean permanent) {
    server.always("Order/place", Reply.code(code, "why"));
    check(place(), outcome, gone, permanent);
  }

  private VenueReply<Long> place() {
    return venue.placeOrder(
        ACCOUNT,
        MNQ,
        OrderType.STOP,
        OrderSide.SELL,
        3,
        Optional.empty(),
        Optional.of(Price.of("20980.25")),
        "rm-1");
  }

  private void check(VenueReply<?> reply, String outcome, boolean gone, boolean permanent) {
    assertThat(said(reply)).isEqualTo(outcome);
    if (reply instanceof VenueReply.Refused<?> refused) {
      assertThat(refused.gone()).isEqualTo(gone);
      assertThat(refused.permanent()).isEqualTo(permanent);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, refused: HTTP 400",
    "404, refused: HTTP 404 (check gateway.api_url)",
    "301, refused: HTTP 301 (check gateway.api_url)",
    "429, throttled: HTTP 429",
    "408, ambiguous: HTTP 408",
    "500, ambiguous: HTTP 500",
    "503, ambiguous: HTTP 503"
  })
  void httpStatuses(int status, String outcome) {
    server.always("Position/closeContract", Reply.of(status, ""));
    assertThat(said(venue.closePosition(ACCOUNT, MNQ))).isEqualTo(outcome);
    assertThat(server.requests("Position/closeContract")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<html>proxy</html> | ambiguous: the reply is not JSON",
        "[] | ambiguous: the reply cannot be used: the payload is a list, not an object",
        "{\"errorCode\":0} | ambiguous: the reply cannot be used: member success is missing",
        "{\"success\":false,\"errorCode\":0}"
            + " | ambiguous: the reply contradicts itself: success false, code 0",
        "{\"success\":true,\"errorCode\":2}"
            + " | ambiguous: the reply contradicts itself: success true, code 2"
      })
  void repliesThatCannotBeTrusted(String body, String outcome) {
    server.always("Position/closeContract", Reply.of(200, body));
    assertThat(said(venue.closePosition(ACCOUNT, MNQ))).isEqualTo(outcome);
  }

  @Test
  void aCloseWithoutAnAnswerIsAmbiguousAndAReadPassesIt() throws Exception {
    server.always("Position/closeContract", Reply.hanging());
    server.always("Position/searchOpen", Reply.ok("\"positions\":[]"));
    tokens.current();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var close = CompletableFuture.supplyAsync(() -> venue.closePosition(ACCOUNT, MNQ), threads);
      VenueReply<List<Position>> read = venue.openPositions(ACCOUNT);
      assertThat(said(read)).isEqualTo("ok");
      VenueReply<Void> reply = close.get(5, TimeUnit.SECONDS);
      assertThat(said(reply)).isEqualTo("ambiguous: no answer in time");
      assertThat(reply.took()).isBetween(Duration.ofMillis(250), Duration.ofMillis(1500));
    }
    assertThat(server.requests("Position/closeContract").getFirst().peerPort())
        .isNotEqualTo(server.requests("Position/searchOpen").getFirst().peerPort());
  }

  @Test
  void aBrokenConnectionAfterSendingIsAmbiguousAndNotSentAgain() {
    server.always("Order/place", Reply.broken());
    assertThat(said(place())).startsWith("ambiguous: ");
    assertThat(server.requests("Order/place")).hasSize(1);
  }

  @Test
  void nobodyThereIsUnreachable() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    RestClient nowhere =
        new RestClient(GatewaySettings.at(URI.create("http://127.0.0.1:" + free)), clock);
    try (nowhere) {
      TokenSource own = new TokenSource(nowhere, CREDENTIALS, clock);
      assertThat(said(new RestVenue(nowhere, own, clock).accounts()))
          .isEqualTo(
              "unreachable: no connection to http://127.0.0.1:"
                  + free
                  + "/: check gateway.api_url and the network");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void readsClosesAndCancelsAreRepeatedOnceWithANewToken(int status) {
    server.always(
        "Auth/loginKey",
        Reply.ok("\"token\":\"token-number-0001\""),
        Reply.ok("\"token\":\"token-number-0002\""),
        Reply.ok("\"token\":\"token-number-0003\""),
        Reply.ok("\"token\":\"token-number-0004\""));
    server.always("Position/searchOpen", Reply.of(status, ""), Reply.ok("\"positions\":[]"));
    server.always("Position/closeContract", Reply.of(status, ""), Reply.ok(""));
    server.always("Order/cancel", Reply.of(status, ""), Reply.of(status, ""));
    assertThat(said(venue.openPositions(ACCOUNT))).isEqualTo("ok");
    assertThat(said(venue.closePosition(ACCOUNT, MNQ))).isEqualTo("ok");
    assertThat(said(venue.cancelOrder(ACCOUNT, 5))).isEqualTo("unauthorized: HTTP " + status);
    assertThat(server.requests("Position/searchOpen"))
        .extracting(ScriptedVenue.Request::authorization)
        .containsExactly("Bearer token-number-0001", "Bearer token-number-0002");
    assertThat(server.requests("Position/closeContract"))
        .extracting(ScriptedVenue.Request::authorization)
        .containsExactly("Bearer token-number-0002", "Bearer token-number-0003");
    assertThat(server.requests("Order/cancel")).hasSize(2);
  }

  @Test
  void placeModifyAndPartialCloseAreNotRepeated() {
    for (String operation :
        List.of("Order/place", "Order/modify", "Position/partialCloseContract")) {
      server.always(operation, Reply.of(401, ""), Reply.ok("\"orderId\":1"));
    }
    String outcome = "unauthorized: the token was refused and is renewed now";
    assertThat(said(place())).isEqualTo(outcome);
    assertThat(said(venue.partialClose(ACCOUNT, MNQ, 1))).isEqualTo(outcome);
    assertThat(
            said(
                venue.modifyOrder(
                    ACCOUNT, 7, Optional.empty(), Optional.empty(), Optional.empty())))
        .isEqualTo(outcome);
    assertThat(server.requests("Auth/loginKey")).hasSize(4);
    for (String operation :
        List.of("Order/place", "Order/modify", "Position/partialCloseContract")) {
      assertThat(server.requests(operation)).hasSize(1);
    }
  }

  @Test
  void manyRequestsThatMeetAnExpiredTokenLogInOnce() throws Exception {
    server.always(
        "Auth/loginKey",
        Reply.ok("\"token\":\"token-number-0001\""),
        Reply.ok("\"token\":\"token-number-0002\""));
    tokens.current();
    server.expire("token-number-0001");
    server.always("Position/searchOpen", Reply.ok("\"positions\":[]"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls =
          java.util.stream.IntStream.range(0, 10)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> said(venue.openPositions(new AccountId(100 + i))), threads))
              .toList();
      for (var call : calls) {
        call.get(10, TimeUnit.SECONDS);
      }
    }
    List<String> used =
        server.requests("Position/searchOpen").stream()
            .map(request -> String.valueOf(request.authorization()))
            .distinct()
            .toList();
    assertThat(used).contains("Bearer token-number-0001", "Bearer token-number-0002");
    assertThat(server.requests("Auth/loginKey")).hasSize(2);
  }

  @Test
  void pricesAreWrittenExactlyAndUnusedMembersLeftOut() {
    server.always("Order/place", Reply.ok("\"orderId\":3425000123"));
    server.always("Order/modify", Reply.ok(""));
    VenueReply<Long> placed =
        venue.placeOrder(
            ACCOUNT,
            MNQ,
            OrderType.STOP_LIMIT,
            OrderSide.BUY,
            2,
            Optional.of(Price.of("0.0000005")),
            Optional.of(Price.of("20980")),
            "rm-1");
    assertThat(placed)
        .isInstanceOfSatisfying(
            VenueReply.Done.class, done -> assertThat(done.value()).isEqualTo(3425000123L));
    assertThat(server.requests("Order/place").getFirst().text())
        .isEqualTo(
            "{\"accountId\":13298777,\"contractId\":\"CON.F.US.MNQ.Z25\",\"type\":3,\"side\":0,"
                + "\"size\":2,\"customTag\":\"rm-1\",\"limitPrice\":0.0000005,\"stopPrice\":20980}");
    venue.modifyOrder(
        ACCOUNT, 7, Optional.empty(), Optional.empty(), Optional.of(Price.of("1.25")));
    assertThat(server.requests("Order/modify").getFirst().text())
        .isEqualTo("{\"accountId\":13298777,\"orderId\":7,\"stopPrice\":1.25}");
  }

  @Test
  void oneUnreadablePositionMakesTheReadFailInsteadOfHidingIt() {
    server.always(
        "Position/searchOpen",
        Reply.ok(
            "\"positions\":[{\"id\":4,\"accountId\":13298777,\"contractId\":\"CON.F.US.MNQ.Z25\","
                + "\"creationTimestamp\":\"2026-01-05T15:00:00Z\",\"type\":1,\"averagePrice\":1}]"));
    assertThat(said(venue.openPositions(ACCOUNT)))
        .isEqualTo("ambiguous: the reply cannot be used: positions 4: member size is missing");
  }

  @Test
  void tradesAreSortedAndOnlyThoseAskedFor() {
    String row =
        "{\"id\":%d,\"accountId\":13298777,\"contractId\":\"CON.F.US.MNQ.Z25\","
            + "\"creationTimestamp\":\"%s\",\"price\":1,\"side\":0,\"size\":1,\"orderId\":9}";
    server.always(
        "Trade/search",
        Reply.ok(
            "\"trades\":["
                + row.formatted(3, "2026-01-05T15:00:02+00:00")
                + ","
                + row.formatted(2, "2026-01-05T15:00:01+00:00")
                + ","
                + row.formatted(1, "2026-01-05T15:00:00.999+00:00")
                + "]"));
    Instant since = Instant.parse("2026-01-05T15:00:01Z");
    VenueReply<List<Trade>> reply = venue.trades(ACCOUNT, since);
    assertThat(reply).isInstanceOf(VenueReply.Done.class);
    assertThat(((VenueReply.Done<List<Trade>>) reply).value())
        .extracting(Trade::id)
        .containsExactly(2L, 3L);
    assertThat(server.requests("Trade/search").getFirst().body().get("startTimestamp").asString(""))
        .isEqualTo("2026-01-05T15:00:01Z");
  }

  private static String order(long id, int status) {
    return "{\"id\":"
        + id
        + ",\"accountId\":13298777,\"contractId\":\"CON.F.US.MNQ.Z25\",\"creationTimestamp\":"
        + "\"2026-01-05T15:00:00Z\",\"status\":"
        + status
        + ",\"type\":4,\"side\":1,\"size\":1}";
  }

  private List<Long> working() {
    VenueReply<List<Order>> reply = venue.workingOrders(ACCOUNT);
    assertThat(said(reply)).isEqualTo("ok");
    return ((VenueReply.Done<List<Order>>) reply).value().stream().map(Order::id).toList();
  }

  @Test
  void workingOrdersIncludeSuspendedOnesAndNoFinishedOnes() {
    server.always(
        "Order/v2/query",
        Reply.ok(
            "\"orders\":["
                + order(9, 8)
                + ","
                + order(5, 1)
                + ","
                + order(6, 2)
                + ","
                + order(7, 77)
                + "],\"totalCount\":4"));
    assertThat(working()).containsExactly(5L, 7L, 9L);
    assertThat(server.requests("Order/v2/query").getFirst().body().path("filter").toString())
        .isEqualTo("{\"accountId\":13298777,\"statuses\":[1,6,7,8]}");
    assertThat(server.requests("Order/searchOpen")).isEmpty();
  }

  @Test
  void pagesAreFollowedToTheEnd() {
    server.always(
        "Order/v2/query",
        Reply.ok("\"orders\":[" + order(5, 1) + "],\"totalCount\":2"),
        Reply.ok("\"orders\":[" + order(6, 6) + "],\"totalCount\":2"));
    assertThat(working()).containsExactly(5L, 6L);
    assertThat(server.requests("Order/v2/query"))
        .extracting(request -> request.body().path("pageOffset").intValue())
        .containsExactly(0, 1);
  }

  @Test
  void pagesThatDoNotAdvanceAreCompletedWithTheOpenOrders() {
    server.always("Order/v2/query", Reply.ok("\"orders\":[" + order(5, 8) + "],\"totalCount\":2"));
    server.always("Order/searchOpen", Reply.ok("\"orders\":[" + order(6, 1) + "]"));
    assertThat(working()).containsExactly(5L, 6L);
  }

  @Test
  void withoutTheQueryTheOpenOrdersHaveToDo() {
    server.always("Order/searchOpen", Reply.ok("\"orders\":[" + order(6, 1) + "]"));
    assertThat(working()).containsExactly(6L);
    assertThat(working()).containsExactly(6L);
    assertThat(server.requests("Order/v2/query")).hasSize(1);
  }

  @Test
  void theLogHasOneLineARequestAndNoSecrets() {
    server.always("Position/closeContract", Reply.code(2, "no such position"));
    try (ApiLog log = new ApiLog()) {
      venue.closePosition(ACCOUNT, MNQ);
      assertThat(log.api()).hasSize(2);
      assertThat(log.api().get(0)).matches("Auth/loginKey ok \\d+ ms");
      assertThat(log.api().get(1))
          .matches(
              "Position/closeContract accountId=13298777 contractId=CON.F.US.MNQ.Z25"
                  + " refused: PositionNotFound \\(no such position\\) \\d+ ms");
      assertThat(String.join("\n", log.lines()))
          .doesNotContain("token-number", "secret-key", "trader-name");
    }
    assertThat(CREDENTIALS.toString()).isEqualTo("Credentials[userName=****1234, apiKey=****9876]");
    assertThat(new Credentials("abc", "short-key").toString())
        .isEqualTo("Credentials[userName=****, apiKey=****]");
  }
}
