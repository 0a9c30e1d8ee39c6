package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.config.ShippedConfig;
import dev.riskmanager.daemon.loop.EngineLoop;
import dev.riskmanager.daemon.port.Answer;
import dev.riskmanager.daemon.port.Enforcement;
import dev.riskmanager.daemon.port.EventTap;
import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.status.StatusViews;
import dev.riskmanager.daemon.store.AuditFiles;
import dev.riskmanager.daemon.store.BooksAtStart;
import dev.riskmanager.daemon.store.SqliteStore;
import dev.riskmanager.daemon.store.StoreSettings;
import dev.riskmanager.domain.engine.EngineState;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.wire.HomeDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The desks of an admin over a real loop, database and home; nothing of the venue. */
final class DeskWorld implements AutoCloseable {
  static final AccountId ME = new AccountId(13298777);
  static final Peer ADMIN = new Peer("anna", "test/1");
  static final Instant NOON = Instant.parse("2025-10-31T17:00:00Z");

  final HomeDir home;
  final SqliteStore store;
  final EngineLoop loop;
  final Picture picture;
  final RuleKeeper keeper;
  final ConfigDesk config;
  final RulesDesk rules;
  final UnlockDesk unlocks;
  final AdminRequests requests;
  private volatile Instant now = NOON;
  private long nextTrade = 1;

  /**
   * A world whose loop is not started yet.
   *
   * @param patience how long an answer is waited for
   * @param edits of the shipped rules, all of which are off
   */
  DeskWorld(Path directory, Duration patience, String... edits) throws Exception {
    home = new HomeDir(directory.resolve("home"));
    Setup.initialise(
        home,
        new Setup.Choices(
            ME.value(), "Main", "user", "key-4711", Optional.empty(), "none", List.of(edits)));
    Configuration files =
        Configuration.read(
            home.config(),
            Map.of(),
            AccountsFile.CredentialsUse.RESOLVE,
            LocalDate.of(2025, 10, 31));
    if (files.problems().hasErrors()) {
      throw new AssertionError(files.problems().errors());
    }
    BooksAtStart.Opened books =
        BooksAtStart.open(
            StoreSettings.in(home.data()), AuditFiles.of(home.root()), this::now, false);
    store = books.store();
    keeper = RuleKeeper.start(books.restored().meta(), files.rules(), NOON).keeper();
    store.commit(keeper.rows());
    EngineState initial =
        EngineState.initial(NOON, Configuration.book(keeper.inForce()), World.products());
    picture = new Picture(initial, this::now, new Health(NOON), new StatusViews(Map.of()), store);
    loop = new EngineLoop(initial, this::now, store, new NoVenue(), picture, EventTap.NONE);
    RuleInstaller installer = new RuleInstaller(loop, keeper, patience);
    config =
        new ConfigDesk(
            home, Map.of(), this::now, installer, new RuleHistory(store), files.files().engine());
    rules = new RulesDesk(home, this::now, config, installer, () -> picture.state().market());
    requests = new AdminRequests(loop, this::now, patience);
    unlocks = new UnlockDesk(picture, requests, this::now);
  }

  static DeskWorld running(Path directory, String... edits) throws Exception {
    DeskWorld world = new DeskWorld(directory, Duration.ofSeconds(20), edits);
    world.loop.start();
    return world;
  }

  Instant now() {
    return now;
  }

  void at(Instant t) {
    now = t;
  }

  /** The value of an answer that must be one. */
  static <T> T done(Answer<T> answer) {
    if (answer instanceof Answer.Done<T>(T value)) {
      return value;
    }
    throw new AssertionError(answer);
  }

  /** The text of {@code risk_config.yaml}. */
  String file() throws IOException {
    return Files.readString(home.config().resolve(ShippedConfig.RISK_CONFIG));
  }

  void write(String text) throws IOException {
    Files.writeString(home.config().resolve(ShippedConfig.RISK_CONFIG), text);
  }

  /** A closing trade with this P&amp;L and no fees. */
  Trade trade(Instant t, String profit) {
    return new Trade(
        nextTrade,
        ME,
        World.id("MNQ"),
        OrderSide.SELL,
        1,
        Price.of("21000"),
        Optional.of(Money.of(profit)),
        Money.ZERO,
        1000 + nextTrade++,
        t,
        false);
  }

  /** Puts trades into the database only, as earlier days left them. */
  void stored(Trade... trades) throws Store.StoreException {
    List<Store.Change> rows = new ArrayList<>();
    for (Trade trade : trades) {
      rows.add(new Store.TradeSaved(trade));
    }
    store.commit(rows);
  }

  /** Sends an event and waits until it is handled. */
  void send(RiskEvent event) throws Exception {
    loop.submit(now, event).get(10, TimeUnit.SECONDS);
  }

  /** The rows of the audit, oldest first: user, action, detail, reason. */
  List<String> audit() throws Exception {
    return store.auditTail(1_000).stream()
        .filter(row -> row.action().equals(row.action().toLowerCase(Locale.ROOT)))
        .map(row -> String.join(" | ", row.by(), row.action(), row.detail(), row.reason()))
        .toList();
  }

  @Override
  public void close() {
    loop.close();
    store.close();
  }

  private static final class NoVenue implements Enforcement {
    @Override
    public void carryOut(Order order) {}

    @Override
    public void allow(AccountId account, Optional<Baseline> locked, Set<ContractId> symbols) {}

    @Override
    public void observed(AccountId account, boolean position) {}

    @Override
    public void close() {}
  }
}
