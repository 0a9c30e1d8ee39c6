package dev.riskmanager.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.sim.testing.HubClient;
import dev.riskmanager.sim.testing.RestClient;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Log in, hear a fill and a loss, close, see it everywhere: what everything else builds on. */
class FirstPathTest {
  private static final long ACCOUNT = 13_298_777L;

  @Test
  void aTradersDayThroughRestAndHub() {
    try (SimVenue venue = SimVenue.builder(InstantSource.system()).start();
        HubClient hub = HubClient.connect(venue.userHubUrl(), RestClient.loggedIn(venue).token())) {
      RestClient rest = RestClient.loggedIn(venue);
      JsonNode account =
          rest.post("Account/search", Map.of("onlyActiveAccounts", true)).get("accounts").get(0);
      assertThat(account.get("id").longValue()).isEqualTo(ACCOUNT);
      assertThat(account.get("balance").decimalValue()).isEqualByComparingTo("50000");
      for (String what : List.of("Orders", "Positions", "Trades")) {
        assertThat(hub.invoke(what, "Subscribe" + what, "" + ACCOUNT).get("result").intValue())
            .isZero();
      }
      hub.invoke("a", "SubscribeAccounts", "");
      hub.forget();

      venue.price("CON.F.US.MNQ.Z25", new BigDecimal("21000.25"));
      venue.trade(ACCOUNT, "CON.F.US.MNQ.Z25", OrderSide.BUY, 2);
      hub.await("GatewayUserAccount", 1);
      assertThat(hub.names())
          .containsExactly(
              "GatewayUserOrder",
              "GatewayUserOrder",
              "GatewayUserTrade",
              "GatewayUserPosition",
              "GatewayUserAccount");

      hub.forget();
      venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal("-170.50"));
      JsonNode trade = hub.await("GatewayUserTrade", 1).getFirst().get(0);
      assertThat(trade.get("action").intValue()).isZero();
      assertThat(trade.get("data").get("profitAndLoss").decimalValue())
          .isEqualByComparingTo("-170.50");

      JsonNode closed =
          rest.post(
              "Position/closeContract",
              Map.of("accountId", ACCOUNT, "contractId", "CON.F.US.MNQ.Z25"));
      assertThat(closed.get("success").booleanValue()).isTrue();
      JsonNode flat = hub.await("GatewayUserPosition", 1).getFirst().get(0);
      assertThat(flat.get("action").intValue()).isEqualTo(2);
      assertThat(flat.get("data").get("size").intValue()).isZero();
      assertThat(
              rest.post("Position/searchOpen", Map.of("accountId", ACCOUNT))
                  .get("positions")
                  .size())
          .isZero();
      assertThat(rest.post("Trade/search", Map.of("accountId", ACCOUNT)).get("trades").size())
          .isEqualTo(3);
      assertThat(venue.requests("Position/closeContract")).hasSize(1);
    }
  }
}
