package dev.riskmanager.daemon.config;

import dev.riskmanager.domain.settings.Settings;
import dev.riskmanager.domain.settings.Values;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the venue is reached.
 *
 * @param apiUrl base of the REST operations, without a slash at the end
 * @param userHubUrl the hub of accounts, orders, positions and trades
 * @param marketHubUrl the hub of quotes
 * @param closeTimeout after which a close without an answer is ambiguous
 * @param tokenRefresh the age at which a token is renewed; the venue's last 24 h
 */
public record GatewaySettings(
    URI apiUrl,
    URI userHubUrl,
    URI marketHubUrl,
    Duration connectTimeout,
    Duration readTimeout,
    Duration closeTimeout,
    Reconnect reconnect,
    Duration tokenRefresh) {

  /**
   * When a lost hub is tried again.
   *
   * @param delays before the first, second, … attempt; the last one before every further attempt
   * @param jitterThousandths by how much a delay may be longer or shorter, in thousandths of it
   */
  public record Reconnect(List<Duration> delays, int jitterThousandths) {
    static final Reconnect DEFAULTS =
        new Reconnect(
            List.of(
                Duration.ZERO,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30)),
            200);

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration SHORTEST_LAST = Duration.ofSeconds(1);
    private static final int MOST = 20;

    /**
     * The delay before an attempt, without jitter.
     *
     * @param attempt from 0
     */
    public Duration delay(int attempt) {
      return delays.get(Math.min(attempt, delays.size() - 1));
    }

    static Reconnect read(Settings section) {
      List<Duration> delays =
          section.list(
              "delays",
              text -> Values.duration(text).filter(d -> d.compareTo(LONGEST) <= 0),
              "a duration of at most 5m, such as 2s");
      if (!section.has("delays")) {
        delays = DEFAULTS.delays;
      } else if (delays.isEmpty() || delays.size() > MOST) {
        section.error("delays", "must be a list of 1 to " + MOST + " durations");
        delays = DEFAULTS.delays;
      } else if (delays.getLast().compareTo(SHORTEST_LAST) < 0) {
        section.error("delays", "the last one holds for ever, so it must be at least 1s");
      }
      int jitter =
          section.read(
              "jitter",
              DEFAULTS.jitterThousandths,
              Reconnect::parseThousandths,
              "a number from 0 to 1 with at most three decimals, such as 0.2");
      section.finish();
      return new Reconnect(List.copyOf(delays), jitter);
    }

    private static Optional<Integer> parseThousandths(String text) {
      try {
        BigDecimal number = new BigDecimal(text);
        if (number.signum() < 0 || number.compareTo(BigDecimal.ONE) > 0 || number.scale() > 9) {
          return Optional.empty();
        }
        return Optional.of(number.movePointRight(3).intValueExact());
      } catch (ArithmeticException e) {
        return Optional.empty();
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
  }

  static final GatewaySettings DEFAULTS =
      new GatewaySettings(
          URI.create("https://api.topstepx.com"),
          URI.create("https://rtc.topstepx.com/hubs/user"),
          URI.create("https://rtc.topstepx.com/hubs/market"),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Reconnect.DEFAULTS,
          Duration.ofHours(12));

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  // Below a minute the login would eat the request budget; at 24 h the token is dead.
  private static final Duration SHORTEST_REFRESH = Duration.ofMinutes(1);
  private static final Duration LONGEST_REFRESH = Duration.ofHours(23);

  static GatewaySettings read(Settings section) {
    URI api = WebAddress.read(section, "api_url", DEFAULTS.apiUrl);
    URI user = WebAddress.read(section, "user_hub_url", DEFAULTS.userHubUrl);
    URI market = WebAddress.read(section, "market_hub_url", DEFAULTS.marketHubUrl);
    if (section.has("api_url") && !api.equals(DEFAULTS.apiUrl)) {
      warnOfMixture(section, "user_hub_url");
      warnOfMixture(section, "market_hub_url");
    }
    GatewaySettings settings =
        new GatewaySettings(
            api,
            user,
            market,
            section.duration("connect_timeout", DEFAULTS.connectTimeout, SHORTEST, LONGEST),
            section.duration("read_timeout", DEFAULTS.readTimeout, SHORTEST, LONGEST),
            section.duration("close_timeout", DEFAULTS.closeTimeout, SHORTEST, LONGEST_CLOSE),
            section.section("reconnect").map(Reconnect::read).orElse(Reconnect.DEFAULTS),
            section.duration(
                "token_refresh", DEFAULTS.tokenRefresh, SHORTEST_REFRESH, LONGEST_REFRESH));
    section.finish();
    return settings;
  }

  private static void warnOfMixture(Settings section, String key) {
    if (!section.has(key)) {
      section.warning(
          key, "is not set, so it stays the venue's, while api_url is another address; set it too");
    }
  }
}
