package dev.riskmanager.e2e;

import static dev.riskmanager.e2e.Stage.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.UnlockRequest;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** People outside are told what happens, and nobody waits for them. */
class NotificationsIT {

  @Test
  void whatHappensIsToldAndTheHeartbeatBeats() throws Exception {
    try (Stage stage = Stage.set();
        Listeners listeners = Listeners.open()) {
      listeners.mixed(stage);
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
        await().untilAsserted(() -> assertThat(listeners.heard()).contains("/b3at-s3cret "));

        stage.venue().halfTurn(ACCOUNT, "MNQ", new BigDecimal("-600.25"));
        engine.awaitStatus("locked", s -> Stage.account(s).locked());
        unlock(engine);

        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(
                () ->
                    assertThat(listeners.heard())
                        .anyMatch(l -> l.contains("\"kind\":\"violation\"") && l.contains("$-600"))
                        .anyMatch(l -> l.contains("\"kind\":\"lockout\"") && l.contains("RULE-003"))
                        .anyMatch(l -> l.contains("\"kind\":\"unlock\""))
                        .anyMatch(l -> l.contains("\"kind\":\"audit\"") && l.contains("talked")));
        noSecretIsShown(stage, engine);
        stop(engine);
        assertThat(listeners.heard())
            .anyMatch(l -> l.contains("\"kind\":\"alarm\"") && l.contains("has stopped"));
      }
    }
  }

  @Test
  void targetsThatNeverAnswerDelayNothing() throws Exception {
    int accounts = 12;
    try (Stage stage = Stage.set(accounts);
        Listeners listeners = Listeners.open()) {
      listeners.deaf(stage);
      CloseTimer timer = new CloseTimer(stage.venue());
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
        for (int i = 0; i < accounts; i++) {
          long account = ACCOUNT + i;
          // A target is given up after ten seconds; whoever waited for one would be later.
          assertThat(closed(timer, stage, engine, account))
              .as("account %d", account)
              .isLessThan(Duration.ofSeconds(5));
        }
        engine.awaitLine("Notification: discord takes nothing");
        noSecretIsShown(stage, engine);
      }
    }
  }

  /** The engine's own way to each kind of target, as its protocol wants it. */
  @Test
  void eachKindOfTargetIsToldInItsOwnProtocol() throws Exception {
    try (Stage stage = Stage.set();
        MailBox box = MailBox.open();
        Listeners listeners = Listeners.open()) {
      listeners.four(stage, box.port());
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
        stage.venue().halfTurn(ACCOUNT, "MNQ", new BigDecimal("-600.25"));

        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(
                () -> {
                  assertThat(listeners.heard())
                      .anyMatch(l -> l.startsWith("/d1sc0rd-s3cret ") && says(l, "\"content\":"))
                      .anyMatch(
                          l ->
                              l.startsWith("/bott3legram-s3cret/sendMessage ")
                                  && l.contains("\"chat_id\":\"-4711\"")
                                  && says(l, "\"text\":"))
                      .anyMatch(l -> l.startsWith("/h00k-s3cret ") && says(l, "\"kind\":"));
                  assertThat(box.mails())
                      .anyMatch(m -> m.contains("Risk_Manager:") && says(m, "To: b@"));
                });
        noSecretIsShown(stage, engine);
      }
    }
  }

  /** From a loss with a position open to the first request that closes it. */
  private static Duration closed(CloseTimer timer, Stage stage, EngineProcess engine, long account)
      throws InterruptedException {
    stage.venue().trade(account, "MNQ", OrderSide.BUY, 1);
    engine.awaitStatus("held", s -> Stage.account(s, account).positions().size() == 1);
    return Duration.ofNanos(
        timer
            .time(() -> stage.venue().halfTurn(account, "MNQ", new BigDecimal("-600")))
            .fromBefore());
  }

  private static boolean says(String heard, String member) {
    return heard.contains(member) && heard.contains("Daily loss limit exceeded: $-600.");
  }

  /** Slow is not dead: each answer comes, seconds later; the next waits for it in its own queue. */
  @Test
  void targetsThatAreSlowDelayNeitherTheFlattenNorTheOneThatIsQuick() throws Exception {
    int accounts = 6;
    try (Stage stage = Stage.set(accounts);
        MailBox box = MailBox.trickling();
        Listeners listeners = Listeners.open()) {
      listeners.slow(stage, box.port());
      CloseTimer timer = new CloseTimer(stage.venue());
      try (EngineProcess engine = EngineProcess.start(stage.home())) {
        engine.awaitProtecting();
        for (int i = 0; i < accounts; i++) {
          long account = ACCOUNT + i;
          assertThat(closed(timer, stage, engine, account))
              .as("account %d", account)
              .isLessThan(Duration.ofSeconds(2));
          await()
              .atMost(Listeners.DAWDLING.minusSeconds(1))
              .until(
                  () ->
                      listeners.heard().stream()
                          .anyMatch(
                              l ->
                                  l.startsWith("/h00k-s3cret ")
                                      && l.contains("\"kind\":\"lockout\"")
                                      && l.contains("\"accountId\":" + account)));
        }
        // The slow ones are told all the same, when they are ready.
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    listeners.heard().stream()
                        .anyMatch(l -> l.startsWith("/slow/d1sc0rd") && l.contains("LOCKOUT")));
        noSecretIsShown(stage, engine);
      }
    }
  }

  @Test
  void theTestSaysWhichTargetsTakeAMessage() throws Exception {
    try (Stage stage = Stage.set();
        Listeners listeners = Listeners.open()) {
      String home = stage.home().root().toString();
      Programs.Ended none =
          Programs.admin(stage.directory(), null, "notify", "test", "--home", home);
      assertThat(none.code()).isEqualTo(1);
      assertThat(none.err()).hasSize(1);
      listeners.mixed(stage);

      Programs.Ended hook =
          Programs.admin(stage.directory(), null, "notify", "test", "webhook", "--home", home);
      Programs.Ended json =
          Programs.admin(stage.directory(), null, "notify", "test", "--json", "--home", home);

      assertThat(hook.code()).isZero();
      assertThat(hook.out()).singleElement().asString().startsWith("ok    webhook ");
      assertThat(json.code()).isEqualTo(1);
      assertThat(json.out())
          .singleElement()
          .asString()
          .contains("\"name\":\"discord\",\"ok\":false");
      assertThat(String.join("\n", json.out()) + json.err()).doesNotContain("s3cret");
      assertThat(listeners.heard())
          .anyMatch(line -> line.startsWith("/h00k-s3cret ") && line.contains("a test of this"))
          .contains("/b3at-s3cret ");
    }
  }

  private static void unlock(EngineProcess engine) throws Exception {
    try (AdminClient admin = engine.admin()) {
      admin.authenticate(Stage.PASSWORD.toCharArray());
      admin.unlock(new UnlockRequest(ACCOUNT, null, null, "talked to him"));
    }
  }

  private static void stop(EngineProcess engine) throws Exception {
    try (AdminClient admin = engine.admin()) {
      admin.authenticate(Stage.PASSWORD.toCharArray());
      admin.shutdown("test");
    }
    assertThat(engine.awaitExit()).isZero();
  }

  private static void noSecretIsShown(Stage stage, EngineProcess engine) throws Exception {
    assertThat(String.join("\n", engine.output())).doesNotContain("s3cret");
    try (Stream<Path> logs = Files.list(stage.home().logs())) {
      List<Path> files = logs.toList();
      assertThat(files).isNotEmpty();
      for (Path file : files) {
        assertThat(Files.readString(file)).as("%s", file).doesNotContain("s3cret");
      }
    }
  }
}
