package dev.riskmanager.daemon.app;

import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.wire.HomeDir;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A home whose engine watches one account of a simulated venue, and that engine. */
final class VenueHome {
  /** The one rule where a test is about another thing. */
  private static final String[] LOSS = {
    "daily_realized_loss.enabled=true", "daily_realized_loss.limit=-500"
  };

  private VenueHome() {}

  /** With a loss of 500 as the only limit. */
  static void initialise(HomeDir home, SimVenue venue, long account) throws StartException {
    initialise(home, venue, account, LOSS);
  }

  /**
   * Writes the configuration.
   *
   * @param edits on top of no rule at all, e.g. {@code max_contracts.limit=4}
   */
  static void initialise(HomeDir home, SimVenue venue, long account, String... edits)
      throws StartException {
    Setup.initialise(
        home,
        new Setup.Choices(
            account,
            "",
            venue.userName(),
            venue.apiKey(),
            Optional.of(URI.create(venue.url())),
            "none",
            List.of(edits)));
  }

  /** By the machine's clock; not started. */
  static EngineService engine(HomeDir home) {
    return engine(home, Map.of());
  }

  /** By the machine's clock; not started. */
  static EngineService engine(HomeDir home, Map<String, String> environment) {
    return new EngineService(
        home, environment, new EngineClock(InstantSource.system(), System::nanoTime));
  }
}
