package dev.riskmanager.e2e;

import static dev.riskmanager.e2e.Stage.ACCOUNT;
import static dev.riskmanager.e2e.Stage.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderRequest;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.wire.ConnectionHealth;
import dev.riskmanager.wire.ConnectionView;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.RuleState;
import dev.riskmanager.wire.StatusView;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a venue can do to a guardian, with the engine as a process and both screens. */
class VenueFaultsIT {
  private static final String CLOSE = "Position/closeContract";

  private static void lose(Stage stage, EngineProcess engine) {
    stage.venue().trade(ACCOUNT, "MNQ", OrderSide.BUY, 2);
    engine.awaitStatus("it is held", s -> account(s).positions().size() == 1);
    stage.venue().halfTurn(ACCOUNT, "MNQ", new BigDecimal("-700"));
  }

  private static boolean says(StatusView status, String... parts) {
    return status.engine().problems().stream()
        .anyMatch(text -> List.of(parts).stream().allMatch(text::contains));
  }

  /** What both programs print of the engine. */
  private static List<String> screens(Stage stage) {
    String home = stage.home().root().toString();
    Programs.Ended trader = Programs.trader(stage.directory(), "engine", "--home", home);
    Programs.Ended admin =
        Programs.admin(stage.directory(), null, "engine", "status", "--home", home);
    return List.of(joined(trader), joined(admin));
  }

  private static String joined(Programs.Ended ended) {
    return String.join(" ", ended.out()).replaceAll("\\s+", " ");
  }

  @Test
  void anAccountThatTakesNoClosesIsShownNotProtectedUntilItTakesOne() throws Exception {
    try (Stage stage = Stage.set()) {
      SimVenue venue = stage.venue();
      String why = "Live accounts not supported";
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
        venue.knob("account_kind", Map.of("accountId", ACCOUNT, "value", "live"));
        lose(stage, engine);
        StatusView seen =
            engine.awaitStatus(
                "it is not protected", s -> s.engine().state() == EngineState.NOT_PROTECTED);
        assertThat(account(seen).locked()).isTrue();
        assertThat(says(seen, "NOT PROTECTED: account " + ACCOUNT, why, "by hand")).isTrue();
        assertThat(screens(stage))
            .allSatisfy(text -> assertThat(text).contains("NOT PROTECTED", why));
        engine.awaitStatus("it tries on", s -> says(s, why, "3 times"));
        // The trader closes it by hand: flat, and still nobody could have done it for him.
        venue.trade(ACCOUNT, "MNQ", OrderSide.SELL, 2);
        StatusView flat =
            engine.awaitStatus(
                "the plan is over",
                s -> s.lastActions().stream().anyMatch(e -> e.text().startsWith("FLAT")));
        assertThat(flat.engine().state()).isEqualTo(EngineState.NOT_PROTECTED);
      }
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitStatus(
            "a restart changes nothing of it",
            s -> s.engine().state() == EngineState.NOT_PROTECTED && says(s, why));
        venue.knob("account_kind", null);
        venue.trade(ACCOUNT, "MNQ", OrderSide.BUY, 1);
        engine.awaitProtecting();
        assertThat(venue.positions(ACCOUNT)).isEmpty();
      }
    }
  }

  @Test
  void anAccountThatTakesNoCancelsIsShownNotProtected() throws Exception {
    try (Stage stage = Stage.set();
        EngineProcess engine = EngineProcess.start(stage.home())) {
      engine.awaitProtecting();
      SimVenue venue = stage.venue();
      venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal("-700"));
      engine.awaitStatus("it is locked", s -> account(s).locked());
      venue.knob("account_kind", "follower");
      venue.order(
          OrderRequest.limit(
              ACCOUNT, "CON.F.US.MNQ.U26", OrderSide.BUY, 1, new BigDecimal("29000")));
      StatusView seen =
          engine.awaitStatus(
              "it is not protected", s -> s.engine().state() == EngineState.NOT_PROTECTED);
      assertThat(says(seen, "refuses to cancel", "Follower accounts cannot cancel orders"))
          .isTrue();
      venue.knob("account_kind", null);
      engine.awaitProtecting();
      assertThat(venue.orders(ACCOUNT)).noneMatch(order -> !order.status().finished());
    }
  }

  @Test
  void whileTheMarketIsHaltedBothScreensShowThatItIsTriedAndWhatTheVenueSays() throws Exception {
    try (Stage stage = Stage.set();
        EngineProcess engine = EngineProcess.start(stage.home())) {
      engine.awaitProtecting();
      SimVenue venue = stage.venue();
      AtomicInteger closes = new AtomicInteger();
      venue.onRequest(
          request -> {
            if (request.operation().equals(CLOSE)) {
              closes.incrementAndGet();
            }
          });
      venue.trade(ACCOUNT, "MNQ", OrderSide.BUY, 2);
      engine.awaitStatus("it is held", s -> account(s).positions().size() == 1);
      venue.knob("halt", true);
      venue.halfTurn(ACCOUNT, "MNQ", new BigDecimal("-700"));
      String open = "LONG 2 is still open after ";
      engine.awaitStatus("the alarm", s -> says(s, "ALARM", open + "4 requests", "OrderRejected"));
      StatusView later = engine.awaitStatus("and on", s -> says(s, open + "6 requests"));
      assertThat(later.engine().state()).isEqualTo(EngineState.DEGRADED);
      assertThat(closes.get()).isGreaterThanOrEqualTo(6);
      assertThat(screens(stage)).allSatisfy(text -> assertThat(text).contains("ALARM", open));
      venue.knob("halt", "");
      StatusView after = engine.awaitProtecting();
      assertThat(after.engine().problems()).isEmpty();
      assertThat(venue.positions(ACCOUNT)).isEmpty();
    }
  }

  @Test
  void eachConnectionIsOnBothScreensAndASecondSessionIsNamed() throws Exception {
    try (Stage stage = Stage.set();
        EngineProcess engine = EngineProcess.start(stage.home())) {
      StatusView well = engine.awaitProtecting();
      assertThat(well.gateway().connections())
          .extracting(ConnectionView::name)
          .containsExactly("user hub", "market hub", "REST");
      SimVenue venue = stage.venue();
      venue.knob("logout_arguments", List.of(Map.of("message", "Another login.")));
      for (int i = 1; i <= 3; i++) {
        int times = i;
        engine.awaitStatus("connected", s -> s.gateway().reconnects() == times - 1);
        venue.knob("logout_hubs", "user");
      }
      engine.awaitStatus("it is said", s -> says(s, "another program", "close it"));
      StatusView back = engine.awaitStatus("connected", s -> s.gateway().reconnects() == 3);
      ConnectionView user = back.gateway().connections().getFirst();
      assertThat(user.health()).isEqualTo(ConnectionHealth.DEGRADED);
      assertThat(back.engine().state()).isEqualTo(EngineState.DEGRADED);
      assertThat(screens(stage))
          .allSatisfy(
              text ->
                  assertThat(text)
                      .contains("user hub DEGRADED", "REST HEALTHY", "another program"));
    }
  }

  @Test
  void aRuleThatWaitsForPricesNobodyDeliversIsShown() throws Exception {
    try (Stage stage =
        Stage.set("daily_unrealized_loss.enabled=true", "daily_unrealized_loss.limit=-300")) {
      stage.venue().knob("refuse_hubs", "market");
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        StatusView starved =
            engine.awaitStatus(
                "it is said", s -> says(s, "RULE-004 cannot act: it waits for prices"));
        assertThat(account(starved).rules().get(3).state()).isEqualTo(RuleState.DEGRADED);
        assertThat(account(starved).rules().get(2).state()).isEqualTo(RuleState.OK);
        stage.venue().knob("refuse_hubs", null);
        StatusView fed = engine.awaitProtecting();
        assertThat(account(fed).rules().get(3).state()).isEqualTo(RuleState.OK);
      }
    }
  }
}
