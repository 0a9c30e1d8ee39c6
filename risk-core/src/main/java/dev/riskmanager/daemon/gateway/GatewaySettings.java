package dev.riskmanager.daemon.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How the gateway is reached: the {@code gateway} section of engine.yaml (interfaces §5) and a few
 * values that nobody needs to change.
 *
 * @param apiUrl REST, without {@code /api}
 * @param connectTimeout for a TCP and TLS connection
 * @param readTimeout for a whole REST call
 * @param closeTimeout for a whole close request; unanswered after that it is ambiguous
 * @param reconnectDelays before the 1st, 2nd … attempt; the last one is repeated for ever
 * @param jitterThousandths every delay is varied by up to so many thousandths of it
 * @param tokenRefresh a token is renewed when it is this old; the venue's live 24 hours
 * @param keepAlive a ping is sent when nothing else was for that long
 * @param serverTimeout a hub that has said nothing for that long, not even a ping, is dead
 * @param accountPoll between reads of {@code Account/search}
 * @param marketSilence market data that is due and absent for that long makes its hub suspect
 */
public record GatewaySettings(
    URI apiUrl,
    URI userHubUrl,
    URI marketHubUrl,
    Duration connectTimeout,
    Duration readTimeout,
    Duration closeTimeout,
    List<Duration> reconnectDelays,
    int jitterThousandths,
    Duration tokenRefresh,
    Duration keepAlive,
    Duration serverTimeout,
    Duration accountPoll,
    Duration marketSilence) {

  public GatewaySettings {
    reconnectDelays = List.copyOf(reconnectDelays);
    if (reconnectDelays.isEmpty()) {
      throw new IllegalArgumentException("gateway.reconnect.delays needs at least one delay");
    }
    if (jitterThousandths < 0 || jitterThousandths > 1000) {
      throw new IllegalArgumentException("gateway.reconnect.jitter must be 0 to 1");
    }
  }

  /** The defaults: TopstepX. */
  public static GatewaySettings defaults() {
    return new GatewaySettings(
        URI.create("https://api.topstepx.com"),
        URI.create("https://rtc.topstepx.com/hubs/user"),
        URI.create("https://rtc.topstepx.com/hubs/market"),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        List.of(
            Duration.ZERO,
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30)),
        200,
        Duration.ofHours(12),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60));
  }

  /**
   * The defaults on another venue, where REST and both hubs share one address, as on the simulated
   * one.
   *
   * @param base without a path, e.g. {@code http://127.0.0.1:8080}
   */
  public static GatewaySettings at(URI base) {
    return defaults().withUrls(base, base.resolve("/hubs/user"), base.resolve("/hubs/market"));
  }

  /** These settings with other addresses. */
  public GatewaySettings withUrls(URI api, URI userHub, URI marketHub) {
    return new GatewaySettings(
        api,
        userHub,
        marketHub,
        connectTimeout,
        readTimeout,
        closeTimeout,
        reconnectDelays,
        jitterThousandths,
        tokenRefresh,
        keepAlive,
        serverTimeout,
        accountPoll,
        marketSilence);
  }

  /** These settings with other time-outs of REST calls. */
  public GatewaySettings withTimeouts(Duration connect, Duration read, Duration close) {
    return new GatewaySettings(
        apiUrl,
        userHubUrl,
        marketHubUrl,
        connect,
        read,
        close,
        reconnectDelays,
        jitterThousandths,
        tokenRefresh,
        keepAlive,
        serverTimeout,
        accountPoll,
        marketSilence);
  }

  /** These settings with other delays between attempts to connect. */
  public GatewaySettings withReconnect(List<Duration> delays, int newJitterThousandths) {
    return new GatewaySettings(
        apiUrl,
        userHubUrl,
        marketHubUrl,
        connectTimeout,
        readTimeout,
        closeTimeout,
        delays,
        newJitterThousandths,
        tokenRefresh,
        keepAlive,
        serverTimeout,
        accountPoll,
        marketSilence);
  }

  /** These settings with another age at which a token is renewed. */
  public GatewaySettings withTokenRefresh(Duration refresh) {
    return new GatewaySettings(
        apiUrl,
        userHubUrl,
        marketHubUrl,
        connectTimeout,
        readTimeout,
        closeTimeout,
        reconnectDelays,
        jitterThousandths,
        refresh,
        keepAlive,
        serverTimeout,
        accountPoll,
        marketSilence);
  }

  /** These settings with other ideas of when a hub is alive, and of how often accounts are read. */
  public GatewaySettings withLiveness(
      Duration newKeepAlive, Duration newServerTimeout, Duration newPoll, Duration newSilence) {
    return new GatewaySettings(
        apiUrl,
        userHubUrl,
        marketHubUrl,
        connectTimeout,
        readTimeout,
        closeTimeout,
        reconnectDelays,
        jitterThousandths,
        tokenRefresh,
        newKeepAlive,
        newServerTimeout,
        newPoll,
        newSilence);
  }
}
