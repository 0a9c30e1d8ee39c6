package dev.riskmanager.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.config.EngineSettings.MetricsAddress;
import dev.riskmanager.daemon.config.EngineSettings.Synchronous;
import dev.riskmanager.daemon.config.GatewaySettings.Reconnect;
import dev.riskmanager.daemon.port.Notice.Kind;
import dev.riskmanager.domain.settings.Problems;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineSettingsTest {
  private static final Set<OptionalPart> ALL = EnumSet.allOf(OptionalPart.class);

  private final Problems problems = new Problems();

  @Test
  void anEmptyFileIsTheDefaults() {
    EngineSettings settings = read("", Set.of());

    GatewaySettings gateway = settings.gateway();
    assertThat(gateway.apiUrl()).isEqualTo(URI.create("https://api.topstepx.com"));
    assertThat(gateway.userHubUrl()).isEqualTo(URI.create("https://rtc.topstepx.com/hubs/user"));
    assertThat(gateway.marketHubUrl())
        .isEqualTo(URI.create("https://rtc.topstepx.com/hubs/market"));
    assertThat(gateway.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(gateway.readTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(gateway.closeTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(gateway.tokenRefresh()).isEqualTo(Duration.ofHours(12));
    assertThat(gateway.reconnect().jitterThousandths()).isEqualTo(200);
    assertThat(List.of(0, 1, 2, 3, 4, 5, 6, 1000))
        .extracting(gateway.reconnect()::delay)
        .extracting(Duration::toSeconds)
        .containsExactly(0L, 1L, 2L, 5L, 10L, 30L, 30L, 30L);
    assertThat(settings.storage().synchronous()).isEqualTo(Synchronous.FULL);
    assertThat(settings.storage().backupsKept()).isEqualTo(7);
    assertThat(settings.recording().enabled()).isFalse();
    assertThat(settings.recording().keepDays()).isEqualTo(30);
    assertThat(settings.metrics()).isEmpty();
    assertThat(settings.notifications().any()).isFalse();
    assertThat(settings).isEqualTo(EngineSettings.DEFAULTS);
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void everyKeyIsRead() {
    EngineSettings settings =
        read(
            """
            gateway:
              api_url: http://127.0.0.1:8080/
              user_hub_url: http://localhost:8081/hubs/user
              market_hub_url: https://example.org/hubs/market
              connect_timeout: 2
              read_timeout: 3s
              close_timeout: 900ms
              reconnect: {delays: [1s, 4s], jitter: 0.05}
              token_refresh: 6h
            storage: {synchronous: extra, backup_keep: 3}
            recording: {enabled: true, keep: 7d}
            metrics: {listen: "127.0.0.1:9464"}
            notifications:
              webhook: {url: "https://hooks.example.org/abc?token=123456789", events: [lockout, alarm]}
              discord: {url: "https://discord.example/api/webhooks/1/zzzzzzzz9876"}
              telegram: {bot_token: "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", chat_id: -100200}
              email: {host: mail.example.org, security: tls, port: 465, username: u, password: pass-word-4321, from: a@example.org, to: [b@example.org, c@example.org]}
              desktop: {events: [violation]}
              heartbeat_url: https://beat.example.org/uuid
            """,
            ALL);

    assertThat(problems.errors()).isEmpty();
    assertThat(settings.gateway())
        .isEqualTo(
            new GatewaySettings(
                URI.create("http://127.0.0.1:8080"),
                URI.create("http://localhost:8081/hubs/user"),
                URI.create("https://example.org/hubs/market"),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofMillis(900),
                new Reconnect(List.of(Duration.ofSeconds(1), Duration.ofSeconds(4)), 50),
                Duration.ofHours(6)));
    assertThat(settings.storage().synchronous()).isEqualTo(Synchronous.EXTRA);
    assertThat(settings.storage().backupsKept()).isEqualTo(3);
    assertThat(settings.recording().enabled()).isTrue();
    assertThat(settings.recording().keepDays()).isEqualTo(7);
    assertThat(settings.metrics()).contains(new MetricsAddress("127.0.0.1", 9464));
    Notifications told = settings.notifications();
    assertThat(told.webhook().orElseThrow().events())
        .containsExactlyInAnyOrder(Kind.LOCKOUT, Kind.ALARM);
    assertThat(told.webhook().orElseThrow().url().value())
        .isEqualTo("https://hooks.example.org/abc?token=123456789");
    assertThat(told.discord().orElseThrow().events()).containsExactly(Kind.values());
    assertThat(told.telegram().orElseThrow().chatId()).isEqualTo("-100200");
    assertThat(told.email().orElseThrow().port()).isEqualTo(465);
    assertThat(told.email().orElseThrow().security()).isEqualTo(Notifications.MailSecurity.TLS);
    assertThat(told.email().orElseThrow().to()).containsExactly("b@example.org", "c@example.org");
    assertThat(told.desktop().orElseThrow().events()).containsExactly(Kind.VIOLATION);
    assertThat(told.heartbeat().orElseThrow().value()).isEqualTo("https://beat.example.org/uuid");
    assertThat(settings.toString())
        .contains("****4321")
        .doesNotContain("pass-word")
        .doesNotContain("AAHdq")
        .doesNotContain("zzzzzzzz")
        .doesNotContain("token=");
    assertThat(Trees.lines(problems)).isEmpty();
  }

  @Test
  void everyMistakeOfAFileIsReportedAtOnce() {
    read(
        """
        gateway:
          api_ulr: https://api.example.org
          connect_timeout: 99ms
          read_timeout: 61s
          close_timeout: soon
          token_refresh: 24h
          reconnect: {delays: [], jitter: 1.1, dalays: 1}
        storage: {synchronous: off, backup_keep: -1}
        recording: true
        metrics: {listen: 9464}
        notifications:
          webhook: {events: [lockouts]}
          email: {host: h, from: nobody, to: []}
          pager: {}
        extra: 1
        """,
        ALL);

    assertThat(problems.errors())
        .extracting(Object::toString)
        .containsExactly(
            "f.yaml:2:3: gateway.api_ulr: unknown key (did you mean api_url?); allowed here:"
                + " api_url, user_hub_url, market_hub_url, connect_timeout, read_timeout,"
                + " close_timeout, reconnect, token_refresh",
            "f.yaml:3:20: gateway.connect_timeout: must be a duration from 100ms to 1m, such as 90,"
                + " 90s, 30m or 1h30m, not \"99ms\"",
            "f.yaml:4:17: gateway.read_timeout: must be a duration from 100ms to 1m, such as 90,"
                + " 90s, 30m or 1h30m, not \"61s\"",
            "f.yaml:5:18: gateway.close_timeout: must be a duration from 100ms to 10s, such as 90,"
                + " 90s, 30m or 1h30m, not \"soon\"",
            "f.yaml:6:18: gateway.token_refresh: must be a duration from 1m to 23h, such as 90,"
                + " 90s, 30m or 1h30m, not \"24h\"",
            "f.yaml:7:23: gateway.reconnect.delays: must be a list of 1 to 20 durations",
            "f.yaml:7:35: gateway.reconnect.jitter: must be a number from 0 to 1 with at most three"
                + " decimals, such as 0.2, not \"1.1\"",
            "f.yaml:7:40: gateway.reconnect.dalays: unknown key (did you mean delays?); allowed"
                + " here: delays, jitter",
            "f.yaml:8:24: storage.synchronous: must be one of full, extra, not \"off\"",
            "f.yaml:8:42: storage.backup_keep: must be a whole number from 0 to 365, not \"-1\"",
            "f.yaml:9:12: recording: must be a section of keys and values",
            "f.yaml:10:19: metrics.listen: must be an address with a port such as"
                + " \"127.0.0.1:9464\", not \"9464\"",
            "f.yaml:12:12: notifications.webhook.url: is missing; add it",
            "f.yaml:12:21: notifications.webhook.events: must be a list of at least one of"
                + " violation, lockout, unlock, alarm, disconnect, audit",
            "f.yaml:12:22: notifications.webhook.events[0]: must be one of violation, lockout,"
                + " unlock, alarm, disconnect, audit, not \"lockouts\"",
            "f.yaml:13:26: notifications.email.from: must be a mail address such as me@example.org,"
                + " not \"nobody\"",
            "f.yaml:13:38: notifications.email.to: must be a list of at least one mail address",
            "f.yaml:14:3: notifications.pager: unknown key; allowed here: webhook, discord,"
                + " telegram, email, desktop, heartbeat_url",
            "f.yaml:15:1: extra: unknown key; allowed here: gateway, storage, recording, metrics,"
                + " notifications");
  }

  @ParameterizedTest
  @CsvSource({
    "recording, '{enabled: true}'",
    "metrics, '{listen: \"127.0.0.1:9464\"}'",
    "notifications, '{desktop: {}}'",
    "notifications, '{heartbeat_url: \"https://example.org/x\"}'"
  })
  void aPartThatNothingConsumesIsRefusedOnlyWhenConfigured(String section, String value) {
    read(section + ": " + value + "\n", Set.of());

    assertThat(problems.all())
        .extracting(p -> p.path() + ": " + p.message())
        .containsExactly(
            section
                + ": is not supported by this version, so it would do nothing; remove the section");

    Problems none = new Problems();
    EngineSettings.read(
        Trees.settings(
            "recording: {enabled: false}\nmetrics:\nnotifications:\n  desktop: {enabled: false}\n",
            none),
        Set.of());
    assertThat(none.all()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.topstepx.com",
        "http://127.0.0.1.example.org",
        "ftp://127.0.0.1",
        "https://user:pw@example.org",
        "https://example.org/?a=1",
        "https://example.org/#a",
        "example.org",
        "https://",
        "https://exa mple.org",
        "https://example.org:0",
        "https://example.org:65536"
      })
  void anAddressThatCredentialsMustNotGoToIsRefused(String address) {
    EngineSettings settings = read("gateway: {api_url: \"" + address + "\"}\n", Set.of());

    assertThat(problems.errors())
        .singleElement()
        .satisfies(
            p ->
                assertThat(p.message())
                    .isEqualTo(
                        "must be an address such as https://api.topstepx.com (http:// only for this"
                            + " machine), not \""
                            + address
                            + "\""));
    assertThat(settings.gateway().apiUrl()).isEqualTo(EngineSettings.DEFAULTS.gateway().apiUrl());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1",
        "http://127.9.9.9:65535",
        "http://localhost",
        "http://[::1]:8080",
        "HTTPS://example.org/base"
      })
  void addressesThatAreSafeAreTaken(String address) {
    EngineSettings settings = read("gateway: {api_url: \"" + address + "/\"}\n", Set.of());

    assertThat(problems.errors()).isEmpty();
    assertThat(settings.gateway().apiUrl()).isEqualTo(URI.create(address));
  }

  @Test
  void anApiWithoutItsHubsIsAWarning() {
    read(
        "gateway: {api_url: \"http://127.0.0.1:1\", user_hub_url: \"http://127.0.0.1:1/u\"}\n",
        Set.of());

    assertThat(Trees.lines(problems))
        .containsExactly(
            "f.yaml:1:10: gateway.market_hub_url: is not set, so it stays the venue's, while"
                + " api_url is another address; set it too");
  }

  @Test
  void theLastDelayMayNotHammerTheVenue() {
    read("gateway: {reconnect: {delays: [0s, 999ms]}}\n", Set.of());
    assertThat(problems.errors()).hasSize(1);

    Problems none = new Problems();
    EngineSettings.read(
        Trees.settings("gateway: {reconnect: {delays: [0s, 1s]}}\n", none), Set.of());
    assertThat(none.all()).isEmpty();
  }

  @Test
  void anAddressThatCarriesATokenIsNotPrinted() {
    read("notifications: {discord: {url: \"ftp://discord.example/secret-token\"}}\n", ALL);

    assertThat(Trees.lines(problems))
        .containsExactly(
            "f.yaml:1:32: notifications.discord.url: must be an address that begins with https://"
                + " (http:// only for this machine), not \"****\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0d", "3651d", "30", "30h", "d", "-1d", "1.5d"})
  void whatIsNoNumberOfDaysKeepsNothing(String keep) {
    read("recording: {keep: " + keep + "}\n", ALL);

    assertThat(Trees.lines(problems))
        .singleElement()
        .asString()
        .startsWith("f.yaml:1:19: recording.keep: must be a number of days from 1d to 3650d");
  }

  private EngineSettings read(String yaml, Set<OptionalPart> wired) {
    return EngineSettings.read(Trees.settings(yaml, problems), wired);
  }
}
