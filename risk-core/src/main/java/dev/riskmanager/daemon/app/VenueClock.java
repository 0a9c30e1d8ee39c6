package dev.riskmanager.daemon.app;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How far this machine's clock is from the venue's. Asked without a login, so that a running engine
 * keeps its session.
 */
final class VenueClock {
  private static final int PATIENCE_MILLIS = 5_000;

  /** The venue's date has whole seconds, and its answer has been on the way. */
  private static final Duration SKEW = Duration.ofSeconds(2);

  private VenueClock() {}

  /** Asks for the time. */
  static String ask(URI api, InstantSource clock) throws Probing.Finding {
    AtomicReference<Duration> off = new AtomicReference<>();
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(api + "/api/Status/ping").toURL().openConnection();
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      // Whatever the status is, the answer has a date.
      connection.getResponseCode();
      long date = connection.getHeaderFieldDate("Date", 0);
      if (date != 0) {
        off.set(Duration.ofMillis(clock.instant().toEpochMilli() - date));
      }
      connection.disconnect();
    } catch (IOException e) {
      throw new Probing.Finding(api + " does not answer: " + e.getMessage(), "look at the network");
    }
    return judge(off.get());
  }

  /**
   * The verdict.
   *
   * @param off this machine's time less the venue's; null when the venue named none
   */
  static String judge(@org.jspecify.annotations.Nullable Duration off) throws Probing.Finding {
    if (off == null) {
      throw new Probing.Finding(
          "the venue named no time", "nothing to do; the engine asks again while it runs");
    }
    String text =
        "this machine is "
            + off.abs().toMillis()
            + " ms "
            + (off.isNegative() ? "behind" : "ahead of")
            + " the venue (its date has whole seconds)";
    if (off.abs().compareTo(SKEW) > 0) {
      throw new Probing.Finding(text, "synchronise the clock: sudo timedatectl set-ntp true");
    }
    return text;
  }
}
