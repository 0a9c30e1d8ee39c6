package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.contracts.ShippedContracts;
import dev.riskmanager.daemon.gateway.Credentials;
import dev.riskmanager.daemon.gateway.GatewayClient;
import dev.riskmanager.daemon.loop.DecisionText;
import dev.riskmanager.daemon.port.EventTap;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.store.AuditFiles;
import dev.riskmanager.daemon.store.BooksAtStart;
import dev.riskmanager.daemon.store.InstanceLock;
import dev.riskmanager.daemon.store.SqliteStore;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.Restoration;
import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.wire.HomeDir;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is read and restored before anything runs: the configuration, the books, the rules that
 * hold, and the engine's state as its last process left it. Lockouts are restored before the venue
 * is asked for anything but its time.
 */
final class Startup {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  private final HomeDir home;
  private final Map<String, String> environment;
  private final EngineClock clock;
  private final ClockWatch clockWatch;
  private final Health health;
  private final ScheduledExecutorService scheduler;
  private final Closing closing;

  Startup(
      HomeDir home,
      Map<String, String> environment,
      EngineClock clock,
      ClockWatch clockWatch,
      Health health,
      ScheduledExecutorService scheduler,
      Closing closing) {
    this.home = home;
    this.environment = environment;
    this.clock = clock;
    this.clockWatch = clockWatch;
    this.health = health;
    this.scheduler = scheduler;
    this.closing = closing;
  }

  /**
   * What the engine runs with.
   *
   * @param kept the rows of the books as they were at the start
   * @param initial the state restored from them
   * @param tap where events are recorded
   * @param telling who is notified; empty when nobody is
   */
  record Restored(
      Configuration configuration,
      BooksAtStart.Opened books,
      Store.Restored kept,
      GatewayClient gateway,
      RuleKeeper rules,
      EngineState initial,
      EventTap tap,
      Optional<Notifying> telling) {
    SqliteStore store() {
      return books.store();
    }
  }

  Restored restore() throws StartException {
    Configuration configuration =
        Configuration.load(
            home,
            environment,
            AccountsFile.CredentialsUse.RESOLVE,
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    configuration.warnings().forEach(warning -> LOG.warn("Configuration: {}", warning));
    LOG.info(
        "Configuration loaded: {} account(s)", configuration.files().accounts().accounts().size());
    Optional<Notifying> telling =
        Notifying.begin(
            configuration.files().engine().notifications(), clock, scheduler, health, closing);
    BooksAtStart.Opened books = openStore(configuration);
    GatewayClient gateway = openGateway(configuration);
    Store.Restored kept = read(books.restored(), gateway);
    RuleKeeper rules = rules(configuration, kept, books.store());
    Restoration.Rows rows = EngineParts.rows(kept, clock.instant());
    EngineState initial = restore(rules, rows);
    EventTap tap =
        Recordings.begin(home, configuration, rules, rows, clock, scheduler, health, closing);
    return new Restored(configuration, books, kept, gateway, rules, initial, tap, telling);
  }

  private BooksAtStart.Opened openStore(Configuration configuration) throws StartException {
    try {
      InstanceLock lock = InstanceLock.acquire(home.run());
      closing.add("instance lock", lock::close);
    } catch (Store.StoreException e) {
      throw e.getCause() == null
          ? StartException.anotherRuns(String.valueOf(e.getMessage()))
          : refused(e);
    }
    try {
      BooksAtStart.Opened opened =
          BooksAtStart.open(
              EngineParts.storeSettings(home, configuration.files().engine()),
              AuditFiles.of(home.root()),
              clock,
              HomePreparation.hasRun(home));
      closing.add("database", opened.store()::close);
      opened.findings().forEach(finding -> LOG.warn("Database: {}", finding));
      LOG.info("Database initialized at {}", home.database());
      return opened;
    } catch (Store.StoreException e) {
      throw refused(e);
    }
  }

  /** What is wrong, and what that means. */
  private static StartException refused(Store.StoreException e) {
    return new StartException(
        List.of(
            String.valueOf(e.getMessage()),
            "NOT PROTECTED until the engine runs; no lockout is lost, they hold from the next start"
                + " on"));
  }

  private GatewayClient openGateway(Configuration configuration) throws StartException {
    GatewayClient gateway =
        new GatewayClient(
            EngineParts.gatewaySettings(
                configuration.files().engine(), Configuration.book(configuration.rules())),
            credentials(configuration),
            clock,
            scheduler,
            new SplittableRandom(),
            clock::venueSays);
    closing.add("gateway", gateway::close);
    return gateway;
  }

  private Store.Restored read(Store.Restored restored, GatewayClient gateway) {
    clockWatch.resumeFrom(EngineParts.lastSeen(restored), gateway);
    LOG.info("Timer manager initialized");
    LOG.info("P&L tracker initialized");
    LOG.info("Loaded {} lockouts from database", restored.lockouts().size());
    return restored;
  }

  /** Which rules hold: a looser file waits for the reset, as with a reload. */
  private RuleKeeper rules(Configuration configuration, Store.Restored kept, Store store)
      throws StartException {
    RuleKeeper.AtStart found =
        RuleKeeper.start(kept.meta(), configuration.rules(), clock.instant());
    found.changes().forEach(change -> LOG.warn("Configuration: {}", change));
    found
        .trouble()
        .ifPresent(
            why -> {
              health.problem("rules", why);
              LOG.error("Configuration: {}", why);
            });
    try {
      List<Store.Change> rows = new ArrayList<>(found.rows(kept.meta(), clock.instant()));
      rows.addAll(SettingsSeen.rows(configuration, kept.meta(), clock.instant()));
      store.commit(rows);
    } catch (Store.StoreException e) {
      throw refused(e);
    }
    return found.keeper();
  }

  private EngineState restore(RuleKeeper rules, Restoration.Rows rows) {
    EngineState state =
        Restoration.restore(
            Configuration.book(rules.inForce()), ShippedContracts.load().economics(), rows);
    Instant now = clock.instant();
    int active = 0;
    for (Lockout lockout : rows.lockouts()) {
      if (lockout.isActiveAt(now)) {
        active++;
        LOG.warn("{}", DecisionText.restored(lockout, now));
      }
    }
    LOG.info("Lockout manager wired to engine (PRE-CHECK enabled)");
    logRules(state.rules());
    if (active == 0) {
      LOG.info("STARTUP STATE: No active lockouts, all accounts operational");
    } else {
      LOG.warn("STARTUP STATE: {} active lockout(s) in effect; they hold until they end", active);
    }
    return state;
  }

  private static void logRules(RuleBook book) {
    for (int i = 0; i < book.accounts().size(); i++) {
      AccountId account = book.accounts().keyAt(i);
      RuleSet rules = book.accounts().valueAt(i);
      for (RuleId id : RuleCatalog.ids()) {
        String what =
            rules
                .rule(id)
                .map(r -> r.policy().shadow() ? "loaded (shadow)" : "loaded")
                .orElse("disabled");
        LOG.info("Account {}: {} {} {}", account, id, id.key(), what);
      }
    }
  }

  private static Credentials credentials(Configuration configuration) throws StartException {
    AccountsFile.Credentials found =
        configuration
            .files()
            .accounts()
            .credentials()
            .orElseThrow(() -> new StartException("accounts.yaml has no credentials"));
    return EngineParts.credentials(found);
  }
}
