package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.HomeDir;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** An engine that logs everything it and its libraries can log. */
class SecretsInLogsTest {
  private static final String API_KEY = "k3y-that-no-log-may-show-4711";
  private static final String PASSWORD = "the first long password";
  private static final String NEXT = "the second long password";
  private static final String WRONG = "a guess that may be nearly right";

  @TempDir Path directory;

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  @Test
  void noLevelOfTheLogShowsAPasswordTheApiKeyOrASessionsToken() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    AppenderBase<ILoggingEvent> all = listener();
    all.setContext(root.getLoggerContext());
    all.start();
    root.addAppender(all);
    root.setLevel(Level.TRACE);
    try (SimVenue venue =
        SimVenue.builder(InstantSource.system())
            .credentials("trader", API_KEY)
            .account(501)
            .instant()
            .start()) {
      EngineService engine = start(venue);
      try {
        use();
        venue.knob("logout_hubs", "user");
        await().atMost(Duration.ofSeconds(60)).until(() -> seen("login", "logged in"));
      } finally {
        engine.stop("test");
      }
    } finally {
      root.setLevel(before);
      root.detachAppender(all);
    }
    String key = Files.readString(home().root().resolve(".seal-key")).strip();
    String hash = Files.readString(home().adminSecret()).strip();
    assertThat(lines).hasSizeGreaterThan(50);
    for (String secret : List.of(API_KEY, PASSWORD, NEXT, WRONG, key, hash)) {
      assertThat(lines).noneSatisfy(line -> assertThat(line).contains(secret));
    }
    // The venue's tokens begin like every JWT, with {"alg": in Base64.
    assertThat(lines).noneSatisfy(line -> assertThat(line).contains("eyJhbGci"));
  }

  private AppenderBase<ILoggingEvent> listener() {
    return new AppenderBase<>() {
      @Override
      protected void append(ILoggingEvent event) {
        lines.add(
            event.getFormattedMessage()
                + (event.getThrowableProxy() == null
                    ? ""
                    : ThrowableProxyUtil.asString(event.getThrowableProxy())));
      }
    };
  }

  private boolean seen(String... any) {
    return lines.stream().anyMatch(line -> List.of(any).stream().anyMatch(line::contains));
  }

  private void use() throws Exception {
    try (AdminClient admin =
        AdminClient.connectAdmin(home().adminSocket(), "test/1.0.0", Duration.ofSeconds(30))) {
      assertThatThrownBy(() -> admin.authenticate(WRONG.toCharArray()))
          .isInstanceOf(ControlException.NotAuthenticated.class);
      admin.authenticate(PASSWORD.toCharArray());
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> admin.status(OptionalLong.empty()).engine().state() == EngineState.PROTECTING);
      admin.configShow();
      admin.configValidate("accounts.yaml", "topstepx: {api_key: " + API_KEY + "}");
      admin.accountsTest();
      admin.passwd(PASSWORD.toCharArray(), NEXT.toCharArray());
    }
  }

  private HomeDir home() {
    return new HomeDir(directory.resolve("home"));
  }

  private EngineService start(SimVenue venue) throws Exception {
    VenueHome.initialise(home(), venue, 501);
    Setup.changePassword(home(), null, PASSWORD.toCharArray());
    EngineService service = VenueHome.engine(home());
    service.start();
    return service;
  }
}
