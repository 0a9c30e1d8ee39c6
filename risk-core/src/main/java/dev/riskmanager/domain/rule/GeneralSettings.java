package dev.riskmanager.domain.rule;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.settings.Settings;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * What holds for all rules of an account: the section {@code general}.
 *
 * @param reset ends the account's trading day
 * @param netOfFees whether daily realized P&amp;L is less fees and commissions
 * @param staleQuote a quote that arrived longer ago than this values nothing
 * @param blind what to do while the user hub is gone
 * @param blindAfter how long it must have been gone
 */
public record GeneralSettings(
    ResetTime reset,
    boolean netOfFees,
    Duration staleQuote,
    BlindPolicy blind,
    Duration blindAfter) {

  /** What to do while nothing of the account is seen. */
  public enum BlindPolicy {
    /** Nothing was asked for: that the connection is gone shows, and nothing is decided. */
    SHOW,
    ALERT,
    HOLD,
    FLATTEN
  }

  public static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

  /** 17:00 America/Chicago, net of fees, quotes good for 5 s, nothing decided while blind. */
  public static final GeneralSettings DEFAULTS =
      new GeneralSettings(
          new ResetTime(LocalTime.of(17, 0), CHICAGO),
          true,
          Duration.ofSeconds(5),
          BlindPolicy.SHOW,
          Duration.ofSeconds(30));

  /** Another day, other sums and other marks are neither: they serve one rule and not the other. */
  public Strictness strictness() {
    return Strictness.NONE
        .neither("reset", reset)
        .neither("net_of_fees", netOfFees)
        .neither("stale_quote_seconds", staleQuote)
        .higher("blind.policy", blind.ordinal())
        .shorter("blind.after", blindAfter);
  }

  /** Reads the section; every key is optional. */
  public static GeneralSettings read(Settings section) {
    ResetTime reset =
        new ResetTime(
            section.time("reset_time", DEFAULTS.reset.time()),
            section.zone("timezone", DEFAULTS.reset.zone()));
    boolean net = section.flag("net_of_fees", DEFAULTS.netOfFees);
    Duration stale = section.positiveDuration("stale_quote_seconds", DEFAULTS.staleQuote);
    BlindPolicy policy = DEFAULTS.blind;
    Duration after = DEFAULTS.blindAfter;
    Settings blind = section.section("blind").orElse(null);
    if (blind != null) {
      policy =
          BlindPolicy.valueOf(
              blind
                  .choice("policy", "alert", List.of("alert", "hold", "flatten"))
                  .toUpperCase(Locale.ROOT));
      after = blind.duration("after", DEFAULTS.blindAfter);
      blind.finish();
    }
    section.finish();
    return new GeneralSettings(reset, net, stale, policy, after);
  }
}
