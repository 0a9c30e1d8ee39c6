package dev.riskmanager.daemon.gateway;

import static dev.riskmanager.daemon.gateway.Heard.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.gateway.ScriptedVenue.Reply;
import dev.riskmanager.domain.event.RiskEvent.SnapshotTaken;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountWatchTest {
  private static final AccountId ONE = new AccountId(1);
  private static final AccountId TWO = new AccountId(2);

  private final ScriptedVenue server = new ScriptedVenue();
  private final InstantSource clock = InstantSource.system();
  private final GatewaySettings settings =
      GatewaySettings.at(server.url())
          .withLiveness(
              Duration.ofSeconds(15),
              Duration.ofSeconds(30),
              Duration.ofMillis(50),
              Duration.ofSeconds(60));
  private final RestClient client = new RestClient(settings, clock);
  private final TokenSource tokens =
      new TokenSource(client, new Credentials("demo", "demo"), clock);
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService worker = Executors.newSingleThreadExecutor();
  private final Heard heard = new Heard();
  private final StatusBoard board = new StatusBoard(heard::statusChanged);
  private final AccountWatch watch =
      new AccountWatch(
          new LinkedHashSet<>(List.of(ONE, TWO)),
          new RestVenue(client, tokens, clock),
          new Gate(heard),
          new HubLink.Parts(settings, tokens, clock, scheduler, worker, new SplittableRandom(1)),
          board);

  @AfterEach
  void stop() {
    watch.close();
    scheduler.shutdownNow();
    worker.shutdownNow();
    client.close();
    server.close();
  }

  private static Reply list(long... ids) {
    List<String> rows =
        java.util.Arrays.stream(ids)
            .mapToObj(id -> "{\"id\":" + id + ",\"balance\":5,\"canTrade\":true}")
            .toList();
    return Reply.ok("\"accounts\":[" + String.join(",", rows) + "]");
  }

  private List<List<AccountId>> told() {
    return heard.of(SnapshotTaken.class).stream()
        .map(taken -> taken.accounts().orElseThrow().stream().map(Account::id).toList())
        .toList();
  }

  @Test
  void oneListWithoutAnAccountIsNotBelieved() {
    server.always("Account/search", list(1, 2, 3), list(), list(1, 2));
    watch.start(rows -> true);
    until(() -> told().size() >= 3);
    assertThat(told()).allMatch(ids -> ids.equals(List.of(ONE, TWO)));
  }

  @Test
  void twoListsWithoutAnAccountAreBelieved() {
    server.always("Account/search", list(1, 2), list(1), list(1));
    watch.start(rows -> true);
    until(() -> told().size() >= 3);
    assertThat(told().subList(0, 2)).containsExactly(List.of(ONE, TWO), List.of(ONE));
  }

  @Test
  void anAccountThatWasNeverListedIsNoDoubt() {
    server.always("Account/search", list(2));
    watch.start(rows -> true);
    until(() -> told().size() >= 2);
    assertThat(told().getFirst()).containsExactly(TWO);
  }
}
