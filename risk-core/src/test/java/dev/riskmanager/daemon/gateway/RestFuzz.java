package dev.riskmanager.daemon.gateway;

import dev.riskmanager.daemon.gateway.ScriptedVenue.Reply;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.fuzz.Mutator;
import dev.riskmanager.fuzz.Target;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Replies of the venue: every one is some answer, and a spoiled list is never a shorter one. */
public final class RestFuzz implements Target {
  private static final AccountId ACCOUNT = new AccountId(1);
  private static final ContractId MNQ = new ContractId("CON.F.US.MNQ.Z25");
  private static final String OK = "\"success\":true,\"errorCode\":0,\"errorMessage\":null}";

  private static final Map<String, String> REPLIES =
      Map.of(
          "Account/search",
          "{\"accounts\":[{\"id\":1,\"name\":\"PRAC-1\",\"balance\":50000.12,\"canTrade\":true,"
              + "\"isVisible\":true,\"simulated\":true}],"
              + OK,
          "Position/searchOpen",
          "{\"positions\":[{\"id\":8,\"accountId\":1,\"contractId\":\"CON.F.US.MNQ.Z25\","
              + "\"creationTimestamp\":\"2025-10-31T18:59:00+00:00\",\"type\":1,\"size\":2,"
              + "\"averagePrice\":20000.25}],"
              + OK,
          "Order/v2/query",
          "{\"orders\":[{\"id\":3425000100,\"accountId\":1,\"contractId\":\"CON.F.US.MNQ.Z25\","
              + "\"symbolId\":\"F.US.MNQ\",\"creationTimestamp\":\"2025-10-31T18:59:00+00:00\","
              + "\"updateTimestamp\":null,\"status\":1,\"type\":4,\"side\":1,\"size\":2,"
              + "\"limitPrice\":null,\"stopPrice\":19990.25,\"fillVolume\":0,\"customTag\":null}],"
              + "\"totalCount\":1,"
              + OK,
          "Trade/search",
          "{\"trades\":[{\"id\":9,\"accountId\":1,\"contractId\":\"CON.F.US.MNQ.Z25\","
              + "\"creationTimestamp\":\"2025-10-31T18:59:00+00:00\",\"price\":20000.25,"
              + "\"profitAndLoss\":-12.5,\"fees\":0.37,\"side\":1,\"size\":2,\"voided\":false,"
              + "\"orderId\":7}],"
              + OK,
          "Contract/available",
          "{\"contracts\":[{\"id\":\"CON.F.US.MNQ.Z25\",\"name\":\"MNQZ5\",\"description\":\"x\","
              + "\"tickSize\":0.25,\"tickValue\":0.5,\"activeContract\":true,"
              + "\"symbolId\":\"F.US.MNQ\"}],"
              + OK,
          "Position/closeContract",
          "{" + OK,
          "Order/cancel",
          "{\"success\":false,\"errorCode\":2,\"errorMessage\":\"gone\"}");

  private final ScriptedVenue server = new ScriptedVenue();
  private final GatewaySettings settings = GatewaySettings.at(server.url());
  private final RestClient client = new RestClient(settings, InstantSource.system());
  private final TokenSource tokens =
      new TokenSource(client, new Credentials("demo", "demo"), InstantSource.system());

  @Override
  public void attempt(Mutator input) throws Exception {
    String operation = input.oneOf(REPLIES.keySet().stream().sorted().toList());
    int status = input.below(10) == 0 ? input.oneOf(List.of(204, 302, 400, 429, 500)) : 200;
    // A venue of its own: an older reply must not decide how the next is asked for.
    RestVenue venue = new RestVenue(client, tokens, InstantSource.system());
    String valid = valid(operation);
    server.always(operation, Reply.of(status, status == 204 ? "" : input.text(valid)));
    server.always("Order/searchOpen", Reply.of(200, input.text(valid("Order/v2/query"))));
    VenueReply<?> reply =
        switch (operation) {
          case "Account/search" -> venue.accounts();
          case "Position/searchOpen" -> venue.openPositions(ACCOUNT);
          case "Order/v2/query" -> venue.workingOrders(ACCOUNT);
          case "Trade/search" -> venue.trades(ACCOUNT, Instant.EPOCH);
          case "Contract/available" -> venue.contracts();
          case "Position/closeContract" -> venue.closePosition(ACCOUNT, MNQ);
          case "Order/cancel" -> venue.cancelOrder(ACCOUNT, 7);
          default -> throw new IllegalArgumentException(operation);
        };
    if (reply instanceof VenueReply.Done<?> && status != 200) {
      throw new IllegalStateException("HTTP " + status + " is taken for done");
    }
    if (reply.toString().length() > 10_000_000) {
      throw new IllegalStateException("the reply is told at length");
    }
  }

  private static String valid(String operation) {
    return Objects.requireNonNull(REPLIES.get(operation));
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
