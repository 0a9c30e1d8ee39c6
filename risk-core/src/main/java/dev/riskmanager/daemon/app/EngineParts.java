package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.config.EngineSettings;
import dev.riskmanager.daemon.enforce.RequestBudget;
import dev.riskmanager.daemon.enforce.VenueEnforcement;
import dev.riskmanager.daemon.gateway.Credentials;
import dev.riskmanager.daemon.gateway.GatewaySettings;
import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.port.Venue;
import dev.riskmanager.daemon.store.StoreSettings;
import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.Restoration;
import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.AuthLossGuard;
import dev.riskmanager.domain.state.AccountState;
import dev.riskmanager.domain.state.DayLedger;
import dev.riskmanager.domain.state.MemoryRow;
import dev.riskmanager.wire.HomeDir;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the parts of the engine from its configuration: what one adapter calls it, another needs.
 */
final class EngineParts {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  /** Trades are read again from a little before the newest known: the venue promises no order. */
  private static final Duration OVERLAP = Duration.ofMinutes(5);

  /** Everything that may fall due while the engine is down is younger than this. */
  private static final String LAST_SEEN = "last_seen";

  private EngineParts() {}

  static StoreSettings storeSettings(HomeDir home, EngineSettings engine) {
    StoreSettings in = StoreSettings.in(home.data());
    return new StoreSettings(
        in.database(),
        in.backups(),
        StoreSettings.Synchronous.valueOf(engine.storage().synchronous().name()),
        engine.storage().backupsKept());
  }

  /**
   * How the venue is reached.
   *
   * @param rules RULE-010 says how often the accounts are asked for; the shortest interval counts
   */
  static GatewaySettings gatewaySettings(EngineSettings engine, RuleBook rules) {
    dev.riskmanager.daemon.config.GatewaySettings from = engine.gateway();
    GatewaySettings defaults = GatewaySettings.defaults();
    return new GatewaySettings(
        from.apiUrl(),
        from.userHubUrl(),
        from.marketHubUrl(),
        from.connectTimeout(),
        from.readTimeout(),
        from.closeTimeout(),
        from.reconnect().delays(),
        from.reconnect().jitterThousandths(),
        from.tokenRefresh(),
        defaults.keepAlive(),
        defaults.serverTimeout(),
        accountPoll(rules).orElse(defaults.accountPoll()),
        defaults.marketSilence());
  }

  private static Optional<Duration> accountPoll(RuleBook rules) {
    Optional<Duration> shortest = Optional.empty();
    for (RuleSet set : rules.accounts()) {
      if (set.rule(AuthLossGuard.ID).orElse(null) instanceof AuthLossGuard guard
          && shortest.filter(known -> known.compareTo(guard.checkInterval()) <= 0).isEmpty()) {
        shortest = Optional.of(guard.checkInterval());
      }
    }
    return shortest;
  }

  static Credentials credentials(AccountsFile.Credentials found) {
    return new Credentials(found.username(), found.apiKey().value());
  }

  static VenueEnforcement enforcement(
      Venue venue,
      InstantSource clock,
      RequestBudget budget,
      Picture picture,
      Enforcement.Listener listener) {
    return VenueEnforcement.onVenue(
        venue,
        clock,
        System::nanoTime,
        budget,
        new SplittableRandom(),
        contract -> picture.state().market().symbol(contract),
        listener);
  }

  /** What the state to go on from is made of: what the store kept. */
  static Restoration.Rows rows(Store.Restored kept, Instant now) {
    List<Restoration.ResetMark> marks = new ArrayList<>();
    for (Store.ResetMarked mark : kept.resets()) {
      marks.add(
          new Restoration.ResetMark(
              mark.account(), ResetTime.parse(mark.reset()), mark.tradingDay()));
    }
    List<Restoration.Remembered> memory = new ArrayList<>();
    for (Store.MemorySaved row : kept.memory()) {
      memory.add(
          new Restoration.Remembered(
              row.account(), new MemoryRow(row.kind(), row.key(), Optional.of(row.value()))));
    }
    return new Restoration.Rows(
        kept.lockouts(),
        kept.nextLockoutId(),
        kept.timers(),
        kept.recentTrades(),
        marks,
        memory,
        kept.contracts(),
        lastSeen(kept).filter(seen -> seen.isBefore(now)).orElse(now));
  }

  /** When the engine last wrote that it was alive, or a lockout that began after that. */
  static Optional<Instant> lastSeen(Store.Restored rows) {
    Stream<Instant> written =
        rows.meta().stream()
            .filter(meta -> meta.key().equals(LAST_SEEN))
            .map(meta -> Instant.parse(meta.value()));
    return Stream.concat(written, rows.lockouts().stream().map(Lockout::lockedAt))
        .max(Comparator.naturalOrder());
  }

  /** The row that says so. */
  static Store.Change seen(Instant now) {
    return new Store.MetaSaved(LAST_SEEN, now.toString());
  }

  /**
   * From when on the venue is asked for trades: the start of the earliest trading day in use, or a
   * little before the newest trade known when that is later.
   */
  static Instant tradesSince(EngineState state, AccountId id) {
    Optional<RuleSet> rules = state.rules().of(id);
    Optional<AccountState> account = state.account(id);
    Instant start = state.now();
    if (rules.isPresent()) {
      for (ResetTime reset : rules.get().resets()) {
        Instant dayStart = reset.last(state.now());
        start = dayStart.isBefore(start) ? dayStart : start;
      }
    }
    for (DayLedger day : account.map(a -> a.trades().days().values()).orElse(List.of())) {
      start = day.start().isBefore(start) ? day.start() : start;
    }
    return start.minus(OVERLAP);
  }

  static void writePid(HomeDir home) throws StartException {
    try {
      Files.writeString(
          home.pidFile(), ProcessHandle.current().pid() + "\n", StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new StartException("cannot write " + home.pidFile() + ": " + e.getMessage());
    }
  }

  static void removePid(HomeDir home) throws IOException {
    Files.deleteIfExists(home.pidFile());
  }
}
