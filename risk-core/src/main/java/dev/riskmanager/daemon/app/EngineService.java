package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.enforce.RequestBudget;
import dev.riskmanager.daemon.enforce.VenueEnforcement;
import dev.riskmanager.daemon.gateway.GatewayClient;
import dev.riskmanager.daemon.gateway.LoginException;
import dev.riskmanager.daemon.loop.EngineLoop;
import dev.riskmanager.daemon.port.DurableWriter;
import dev.riskmanager.daemon.port.RequestAllowance;
import dev.riskmanager.daemon.status.StatusViews;
import dev.riskmanager.daemon.store.SqliteStore;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.wire.HomeDir;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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

  private final HomeDir home;
  private final Map<String, String> environment;
  private final EngineClock clock;
  private final BalanceCheck.Patience patience;
  private final Health health;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Closing closing = new Closing();
  private final ScheduledExecutorService scheduler;
  private final ClockWatch clockWatch;
  private volatile @Nullable StartException failure;

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
    this.clockWatch = new ClockWatch(clock, health, this::fail);
  }

  /** Starts everything; returns when the connection to the venue is being made. */
  void start() throws StartException {
    LOG.info("Risk Manager {} starting, home {}", Build.version(), home.root());
    closing.add("scheduler", scheduler::shutdownNow);
    try {
      run(new Startup(home, environment, clock, clockWatch, health, scheduler, closing).restore());
    } catch (StartException e) {
      // Whoever is notified hears it from the one who knows whether it is news.
      health.problem(Notifying.START, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** No start is refused any more: it is known what is protected, or nobody can tell yet. */
  private void accepted() {
    new StartRefusal(home, environment, clock.instant()).over();
  }

  private void run(Startup.Restored at) throws StartException {
    SqliteStore store = at.store();
    GatewayClient gateway = at.gateway();
    RuleKeeper rules = at.rules();
    StatusViews views = new StatusViews(at.configuration().names());
    Picture picture = new Picture(at.initial(), clock, health, views, store);
    picture.gateway(gateway);
    health.watching(() -> new TreeSet<>(NeverListed.ids(rules.inForce())));
    Receipts receipts = new Receipts(store);
    EnforcementDesk desk = new EnforcementDesk(health, receipts, picture::changed);
    desk.remember(at.kept().meta());
    RequestBudget budget = new RequestBudget();
    VenueEnforcement enforcement =
        EngineParts.enforcement(gateway.venue(), clock, budget, picture, desk);
    closing.add("enforcement", enforcement::close);
    DurableWriter told = at.telling().<DurableWriter>map(t -> t.around(store)).orElse(store);
    EngineLoop.Publisher publisher =
        at.telling().<EngineLoop.Publisher>map(t -> t.around(picture)).orElse(picture);
    EngineLoop loop = new EngineLoop(at.initial(), clock, told, enforcement, publisher, at.tap());
    closing.add("loop", loop::close);
    desk.attach(loop);
    PasswordWatch passwords =
        new PasswordWatch(home.adminSecret(), at.kept().meta(), clock, loop::append);
    passwords.tick();
    ConfigDesk config = openSockets(at, loop, picture, receipts, passwords);
    login(gateway);
    BlindDesk blind =
        new BlindDesk(
            at.kept().meta(),
            EngineParts.lastSeen(at.kept()),
            id -> views.nameOf(picture.state(), id),
            loop::append,
            health);
    picture.blind(blind);
    loop.start();
    Rehearsal.begin(at.initial().rules(), clock, health::isReady, closing);
    // Until the venue has been read for the first time nobody sees what happens there either.
    loop.accept(clock.instant(), new RiskEvent.Disconnected("not connected since the start"));
    BookTrust trust = new BookTrust(loop, clock, health);
    trust.hold(at.books(), rules.accounts());
    scheduler.scheduleWithFixedDelay(trust::tick, 1, 1, TimeUnit.SECONDS);
    RequestAllowance allowance = budget.others(System::nanoTime);
    QuietWatch watch =
        new QuietWatch(
            gateway.venue(), loop::state, EngineParts::tradesSince, loop, clock, allowance);
    watch.whileBlind(blind::read);
    desk.whenFlat(watch::provenFlat);
    AccountPresence presence =
        new AccountPresence(rules, health, clock, loop::append, this::fail, this::accepted);
    scheduler.scheduleWithFixedDelay(presence::tick, 1, 1, TimeUnit.SECONDS);
    GatewayReports reports = new GatewayReports(health, picture, presence);
    listen(rules.accounts(), gateway, allowance, loop, picture, desk, watch, blind, reports);
    watch.start(scheduler, health::isReady);
    new BalanceWatch(
            loop::state,
            clock,
            patience,
            watch::doubt,
            row -> loop.append(List.of(row)),
            views::balance,
            health)
        .begin(scheduler, at.kept().meta());
    EngineParts.writePid(home);
    closing.add("pid file", () -> EngineParts.removePid(home));
    maintain(store, loop);
    FeedWatch.begin(scheduler, gateway, picture, health);
    Supervision.begin(environment, loop, health, picture, clock, scheduler, closing);
    scheduler.scheduleWithFixedDelay(config::tick, 1, 1, TimeUnit.SECONDS);
    scheduler.scheduleWithFixedDelay(passwords::tick, 1, 1, TimeUnit.SECONDS);
  }

  /** The trader's socket and the admin's; from here on both are answered. */
  private ConfigDesk openSockets(
      Startup.Restored at,
      EngineLoop loop,
      Picture picture,
      Receipts receipts,
      PasswordWatch passwords)
      throws StartException {
    RuleKeeper rules = at.rules();
    SqliteStore store = at.store();
    GatewayClient gateway = at.gateway();
    RuleInstaller installer = new RuleInstaller(loop, rules);
    ConfigDesk config =
        new ConfigDesk(
            home,
            environment,
            clock,
            installer,
            new RuleHistory(store),
            at.configuration().files().engine());
    AuditWatch audit =
        new AuditWatch(store::verifyAudit, at.kept().meta(), health, clock, loop::append)
            .begin(scheduler);
    Sockets.open(
        home,
        new ViewDesk(
            picture,
            store,
            receipts,
            clock,
            rules::holidays,
            CurveKeeper.start(
                home.data(), picture::state, clock, scheduler, health::isReady, closing)),
        new AdminDesk(
            picture,
            new AdminRequests(loop, clock),
            clock,
            config,
            new AuditDesk(store, audit),
            new RulesDesk(home, clock, config, installer, () -> picture.state().market()),
            new AccountsDesk(
                home,
                environment,
                clock,
                gateway.venue()::accounts,
                gateway::status,
                health::unprotected,
                loop,
                config),
            passwords,
            this::stopFromAdmin),
        clock,
        closing);
    return config;
  }

  /** Rejected credentials end the start; a venue that does not answer is tried on. */
  private void login(GatewayClient gateway) throws StartException {
    try {
      gateway.login();
      LOG.info("Gateway: logged in");
      clockWatch.refuseWrongTime();
    } catch (LoginException.Rejected e) {
      throw new StartException(String.valueOf(e.getMessage()));
    } catch (LoginException e) {
      accepted();
      health.problems("gateway", List.of("the venue is not reached: " + e.getMessage()));
      LOG.warn("The venue is not reached, trying on: {}", e.getMessage());
    }
  }

  private void listen(
      List<AccountId> accounts,
      GatewayClient gateway,
      RequestAllowance allowance,
      EngineLoop loop,
      Picture picture,
      EnforcementDesk desk,
      QuietWatch watch,
      BlindDesk blind,
      GatewayReports reports) {
    MarketDataWish wish = new MarketDataWish(gateway::holdMarketData);
    picture.watch(() -> wish.follow(picture.state()));
    AtomicBoolean first = new AtomicBoolean(true);
    FirstProof start = new FirstProof(desk, picture, health, scheduler);
    gateway.start(
        accounts,
        account -> EngineParts.tradesSince(picture.state(), account),
        allowance,
        (arrivedAt, event) -> {
          clockWatch.witness(event);
          if (event instanceof RiskEvent.Disconnected gone) {
            blind.lost(gone.reason());
          }
          if (event instanceof RiskEvent.SnapshotTaken snapshot
              && snapshot.positions().isPresent()
              && first.getAndSet(false)) {
            start.begin(loop.submit(arrivedAt, event));
          } else {
            watch.pass(arrivedAt, event);
          }
        },
        reports);
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
    scheduler.scheduleWithFixedDelay(clockWatch::look, 0, 1, TimeUnit.SECONDS);
    scheduler.scheduleWithFixedDelay(() -> care.tick(clock.instant()), 1, 1, TimeUnit.SECONDS);
    scheduler.scheduleWithFixedDelay(
        () -> loop.append(List.of(EngineParts.seen(clock.instant()))), 0, 20, TimeUnit.SECONDS);
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
