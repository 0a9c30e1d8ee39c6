package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.contracts.ShippedContracts;
import dev.riskmanager.daemon.enforce.RequestBudget;
import dev.riskmanager.daemon.enforce.VenueEnforcement;
import dev.riskmanager.daemon.gateway.Credentials;
import dev.riskmanager.daemon.gateway.GatewayClient;
import dev.riskmanager.daemon.gateway.GatewayListener;
import dev.riskmanager.daemon.gateway.GatewayStatus;
import dev.riskmanager.daemon.gateway.LoginException;
import dev.riskmanager.daemon.gateway.LoginRejected;
import dev.riskmanager.daemon.loop.DecisionText;
import dev.riskmanager.daemon.loop.EngineLoop;
import dev.riskmanager.daemon.loop.Handled;
import dev.riskmanager.daemon.port.DurableWriter;
import dev.riskmanager.daemon.port.EventTap;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.status.StatusViews;
import dev.riskmanager.daemon.store.AuditFiles;
import dev.riskmanager.daemon.store.BooksAtStart;
import dev.riskmanager.daemon.store.InstanceLock;
import dev.riskmanager.daemon.store.SqliteStore;
import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.engine.Restoration;
import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.payload.Translation;
import dev.riskmanager.wire.HomeDir;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine, assembled: what is started in which order, and stopped in the reverse one. Lockouts
 * are restored before anything else, the venue is read before anything is evaluated, and PROTECTING
 * is reported only when what the first evaluation asked for has been done.
 */
final class EngineService {
  private static final Logger LOG = LoggerFactory.getLogger("engine");

  /**
   * A first flatten that is not proven by then shows as an alarm, and the start is over all the
   * same.
   */
  private static final Duration FIRST_ENFORCEMENT = Duration.ofSeconds(30);

  /** A first start is refused when the clock is further ahead: every lockout would end early. */
  private static final Duration WRONG_TIME = Duration.ofMinutes(1);

  private final HomeDir home;
  private final Map<String, String> environment;
  private final EngineClock clock;
  private final BalanceCheck.Patience patience;
  private final Health health;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Closing closing = new Closing();
  private final ScheduledExecutorService scheduler;
  private volatile @Nullable StartException failure;
  private volatile EngineClock.Kind clockTrouble = EngineClock.Kind.NOTHING;
  private volatile boolean hasRunBefore;

  EngineService(HomeDir home, Map<String, String> environment, EngineClock clock) {
    this(home, environment, clock, BalanceWatch.PATIENCE);
  }

  EngineService(
      HomeDir home,
      Map<String, String> environment,
      EngineClock clock,
      BalanceCheck.Patience patience) {
    this.patience = patience;
    this.home = home;
    this.environment = environment;
    this.clock = clock;
    this.health = new Health(clock.instant());
    this.scheduler = new EngineTimer(2, health);
  }

  /** Starts everything; returns when the connection to the venue is being made. */
  void start() throws StartException {
    LOG.info("Risk Manager {} starting, home {}", Build.version(), home.root());
    Configuration configuration =
        Configuration.load(
            home,
            environment,
            AccountsFile.CredentialsUse.RESOLVE,
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    configuration.warnings().forEach(warning -> LOG.warn("Configuration: {}", warning));
    LOG.info(
        "Configuration loaded: {} account(s)", configuration.files().accounts().accounts().size());
    closing.add("scheduler", scheduler::shutdownNow);
    Optional<Notifying> telling =
        Notifying.begin(
            configuration.files().engine().notifications(), clock, scheduler, health, closing);
    BooksAtStart.Opened books = openStore(configuration);
    SqliteStore store = books.store();
    GatewayClient gateway = openGateway(configuration);
    Store.Restored kept = read(books.restored(), gateway);
    RuleKeeper rules = rules(configuration, kept, store);
    Restoration.Rows rows = EngineParts.rows(kept, clock.instant());
    EngineState initial = restore(rules, rows);
    EventTap tap =
        Recordings.begin(home, configuration, rules, rows, clock, scheduler, health, closing);
    run(configuration, rules, books, kept, gateway, initial, tap, telling);
  }

  private BooksAtStart.Opened openStore(Configuration configuration) throws StartException {
    try {
      InstanceLock lock = InstanceLock.acquire(home.run());
      closing.add("instance lock", lock::close);
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
      throw new StartException(String.valueOf(e.getMessage()));
    }
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
    resumeFrom(EngineParts.lastSeen(restored), gateway);
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
      store.commit(found.keeper().rows());
    } catch (Store.StoreException e) {
      throw new StartException(String.valueOf(e.getMessage()));
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

  private void run(
      Configuration configuration,
      RuleKeeper rules,
      BooksAtStart.Opened books,
      Store.Restored kept,
      GatewayClient gateway,
      EngineState initial,
      EventTap tap,
      Optional<Notifying> telling)
      throws StartException {
    SqliteStore store = books.store();
    StatusViews views = new StatusViews(configuration.names());
    Picture picture = new Picture(initial, clock, health, views, store);
    picture.gateway(gateway);
    EnforcementDesk desk = new EnforcementDesk(health, picture::changed);
    desk.remember(kept.meta());
    RequestBudget budget = new RequestBudget();
    VenueEnforcement enforcement =
        EngineParts.enforcement(gateway.venue(), clock, budget, picture, desk);
    closing.add("enforcement", enforcement::close);
    DurableWriter told = telling.<DurableWriter>map(t -> t.around(store)).orElse(store);
    EngineLoop.Publisher publisher =
        telling.<EngineLoop.Publisher>map(t -> t.around(picture)).orElse(picture);
    EngineLoop loop = new EngineLoop(initial, clock, told, enforcement, publisher, tap);
    closing.add("loop", loop::close);
    desk.attach(loop);
    RuleInstaller installer = new RuleInstaller(loop, rules);
    ConfigDesk config =
        new ConfigDesk(
            home,
            environment,
            clock,
            installer,
            new RuleHistory(store),
            configuration.files().engine());
    Sockets.open(
        home,
        new ViewDesk(
            picture,
            store,
            clock,
            rules::holidays,
            CurveKeeper.start(
                home.data(), picture::state, clock, scheduler, health::isReady, closing)),
        new AdminDesk(
            picture,
            new AdminRequests(loop, clock),
            clock,
            config,
            new AuditDesk(store),
            new RulesDesk(home, clock, config, installer),
            new AccountsDesk(
                home, environment, clock, gateway.venue()::accounts, gateway::status, loop, config),
            this::stopFromAdmin),
        clock,
        closing);
    login(gateway);
    BlindDesk blind =
        new BlindDesk(
            kept.meta(),
            EngineParts.lastSeen(kept),
            id -> views.nameOf(picture.state(), id),
            loop::append,
            health);
    picture.blind(blind);
    loop.start();
    // Until the venue has been read for the first time nobody sees what happens there either.
    loop.accept(clock.instant(), new RiskEvent.Disconnected("not connected since the start"));
    BookTrust trust = new BookTrust(loop, clock, health);
    trust.hold(books, rules.accounts());
    scheduler.scheduleWithFixedDelay(trust::tick, 1, 1, TimeUnit.SECONDS);
    QuietWatch watch =
        new QuietWatch(
            gateway.venue(),
            loop::state,
            EngineParts::tradesSince,
            loop,
            clock,
            budget.others(System::nanoTime));
    watch.whileBlind(blind::read);
    listen(rules.accounts(), gateway, loop, picture, desk, watch, blind);
    watch.start(scheduler, health::isReady);
    compareBalances(loop, watch, views, kept.meta());
    EngineParts.writePid(home);
    closing.add("pid file", () -> EngineParts.removePid(home));
    maintain(store, loop);
    watchFeeds(gateway, picture);
    Supervision.begin(environment, loop, health, picture, clock, scheduler, closing);
    scheduler.scheduleWithFixedDelay(config::tick, 1, 1, TimeUnit.SECONDS);
  }

  private void compareBalances(
      EngineLoop loop, QuietWatch watch, StatusViews views, List<Store.MetaSaved> meta) {
    BalanceWatch balances =
        new BalanceWatch(
            loop::state,
            clock,
            patience,
            watch::doubt,
            row -> loop.append(List.of(row)),
            views::balance,
            health);
    balances.restore(meta);
    scheduler.scheduleWithFixedDelay(
        () -> {
          if (health.isReady()) {
            balances.look();
          }
        },
        1,
        1,
        TimeUnit.SECONDS);
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

  /** Rejected credentials end the start; a venue that does not answer is tried on. */
  private void login(GatewayClient gateway) throws StartException {
    try {
      gateway.login();
      LOG.info("Gateway: logged in");
      refuseWrongTime();
    } catch (LoginException.Rejected e) {
      throw new StartException(String.valueOf(e.getMessage()));
    } catch (LoginException e) {
      health.problems("gateway", List.of("the venue is not reached: " + e.getMessage()));
      LOG.warn("The venue is not reached, trying on: {}", e.getMessage());
    }
  }

  /** How long the engine was down, the machine's clock alone does not prove: the venue is asked. */
  private void resumeFrom(Optional<Instant> lastSeen, GatewayClient gateway) {
    lastSeen.ifPresent(clock::resumeFrom);
    hasRunBefore = lastSeen.isPresent();
    gateway.askTime();
    watchClock();
  }

  /** Nothing is locked yet at the first start of all, and nothing shall be with a wrong end. */
  private void refuseWrongTime() throws StartException {
    EngineClock.Trouble trouble = clock.trouble();
    if (isRefused(trouble)) {
      throw new StartException(refusal(trouble));
    }
  }

  private boolean isRefused(EngineClock.Trouble trouble) {
    return !hasRunBefore
        && trouble.kind() == EngineClock.Kind.ENGINE_AHEAD
        && trouble.by().compareTo(WRONG_TIME) > 0;
  }

  private static String refusal(EngineClock.Trouble trouble) {
    return "not started: " + trouble.text();
  }

  /** What is wrong with the clocks goes into the status, and into the log when it is news. */
  private void watchClock() {
    EngineClock.Trouble trouble = clock.trouble();
    health.problem("clock", trouble.text());
    if (trouble.kind() != clockTrouble) {
      clockTrouble = trouble.kind();
      LOG.warn("Clock: {}", trouble.text().isEmpty() ? "right again" : trouble.text());
      // The venue may have answered only after the start.
      if (isRefused(trouble) && !health.isReady()) {
        fail(refusal(trouble));
      }
    }
  }

  private void listen(
      List<AccountId> accounts,
      GatewayClient gateway,
      EngineLoop loop,
      Picture picture,
      EnforcementDesk desk,
      QuietWatch watch,
      BlindDesk blind) {
    MarketDataWish wish = new MarketDataWish(gateway::holdMarketData);
    picture.watch(() -> wish.follow(picture.state()));
    AtomicBoolean first = new AtomicBoolean(true);
    gateway.start(
        accounts,
        account -> EngineParts.tradesSince(picture.state(), account),
        (arrivedAt, event) -> {
          witness(event);
          if (event instanceof RiskEvent.Disconnected gone) {
            blind.lost(gone.reason());
          }
          if (event instanceof RiskEvent.SnapshotTaken snapshot
              && snapshot.positions().isPresent()
              && first.getAndSet(false)) {
            firstSnapshot(loop.submit(arrivedAt, event), desk, picture);
          } else {
            watch.pass(arrivedAt, event);
          }
        },
        new Gateway(picture));
  }

  /** The venue's own times tell whether a jump of the machine's clock is true. */
  private void witness(RiskEvent event) {
    if (event instanceof RiskEvent.TradeReported reported) {
      clock.witness(reported.trade().executedAt());
    } else if (event instanceof RiskEvent.OrderReported reported) {
      clock.witness(reported.order().updatedAt());
    }
  }

  /** Reports PROTECTING when what the first evaluation asked for is proven done. */
  private void firstSnapshot(
      CompletableFuture<Handled> handled, EnforcementDesk desk, Picture picture) {
    handled.thenAccept(
        result -> {
          Set<AccountId> waitFor = new TreeSet<>();
          for (Decision decision : result.decisions()) {
            if (decision instanceof Decision.Action action) {
              waitFor.add(action.account());
            }
          }
          long deadline = System.nanoTime() + FIRST_ENFORCEMENT.toNanos();
          protecting(waitFor, desk, picture, deadline);
        });
  }

  private void protecting(
      Set<AccountId> waitFor, EnforcementDesk desk, Picture picture, long deadline) {
    waitFor.removeIf(desk::hasSettled);
    if (!waitFor.isEmpty() && System.nanoTime() < deadline) {
      scheduler.schedule(
          () -> protecting(waitFor, desk, picture, deadline), 5, TimeUnit.MILLISECONDS);
      return;
    }
    health.ready();
    int rules = 0;
    for (RuleSet set : picture.state().rules().accounts()) {
      rules = Math.max(rules, set.rules().size());
    }
    LOG.info("Event loop running: {} active rules monitoring events", rules);
    LOG.info("Risk Manager ACTIVE - Protecting your capital!");
    picture.changed();
  }

  private final class Gateway implements GatewayListener {
    private final Picture picture;

    Gateway(Picture picture) {
      this.picture = picture;
    }

    @Override
    public void statusChanged(GatewayStatus status) {
      if (status.state() == GatewayStatus.State.CONNECTED) {
        health.problem("login", "");
      }
      health.problems("gateway", status.problems());
      picture.changed();
    }

    @Override
    public void loginRejected(LoginRejected rejected) {
      health.problem("login", rejected.advice());
      LOG.error("{}", rejected.advice());
      picture.changed();
    }

    @Override
    public void unknownAccounts(Set<AccountId> missing, List<Account> listed) {
      if (health.isReady()) {
        return;
      }
      List<String> known = new ArrayList<>();
      listed.forEach(account -> known.add(account.id() + " (" + account.name() + ")"));
      fail(
          "account "
              + missing.iterator().next()
              + " is not among the accounts of this login; correct account_id in accounts.yaml. The"
              + " venue lists: "
              + (known.isEmpty() ? "none" : String.join(", ", known)));
    }

    @Override
    public void rejected(Translation.Rejected rejected) {
      LOG.warn("A payload was left out: {}", rejected);
    }
  }

  private void fail(String line) {
    failure = new StartException(line);
    LOG.error("{}", line);
    ended.countDown();
  }

  /**
   * Keeps the database's log short, makes the daily backup, and writes that the engine lives: what
   * falls due while it does not is counted from there.
   */
  private void maintain(SqliteStore store, EngineLoop loop) {
    DatabaseCare care = new DatabaseCare(store, health);
    scheduler.scheduleWithFixedDelay(this::watchClock, 0, 1, TimeUnit.SECONDS);
    scheduler.scheduleWithFixedDelay(() -> care.tick(clock.instant()), 1, 1, TimeUnit.SECONDS);
    scheduler.scheduleWithFixedDelay(
        () -> loop.append(List.of(EngineParts.seen(clock.instant()))), 0, 20, TimeUnit.SECONDS);
  }

  /** From the start on, whoever cannot act because nothing reaches it is shown. */
  private void watchFeeds(GatewayClient gateway, Picture picture) {
    FeedWatch feeds =
        new FeedWatch(
            () -> picture.state().rules().accounts(),
            () -> gateway.status().connections(),
            starved -> {
              picture.views().starved(starved);
              health.problems("starved rules", FeedWatch.texts(starved));
              picture.changed();
            });
    scheduler.scheduleWithFixedDelay(feeds, 1, 1, TimeUnit.SECONDS);
  }

  /** The pid that ends; the stop itself follows once the answer is on its way. */
  private void stopFromAdmin(String reason) {
    health.stopping();
    LOG.info("Stopping: {}", reason);
    scheduler.schedule(ended::countDown, 100, TimeUnit.MILLISECONDS);
  }

  /** Blocks until the engine is told to stop or cannot go on. */
  int awaitEnd() throws InterruptedException, StartException {
    ended.await();
    StartException why = failure;
    if (why != null) {
      throw why;
    }
    return 0;
  }

  /** Stops everything, in the reverse order of starting. Does nothing the second time. */
  void stop(String reason) {
    if (!stopped.compareAndSet(false, true)) {
      return;
    }
    health.stopping();
    LOG.info("Risk Manager stopping: {}", reason);
    closing.run();
    LOG.info("Risk Manager stopped");
    ended.countDown();
  }
}
