package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.sim.exchange.OrderSide;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.AccountsView;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.LockoutView;
import dev.riskmanager.wire.ProbesView;
import dev.riskmanager.wire.RefusedStart;
import dev.riskmanager.wire.ReloadRequest;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.ViewClient;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Accounts of the files that the venue does not list: ADR 0022. */
@Timeout(120)
class UnlistedAccountTest {
  private static final long ONE = 501;
  private static final long TWO = 502;
  private static final long BOGUS = 777;
  private static final String PASSWORD = "a long enough password";

  private Path directory;
  private SimVenue venue;
  private HomeDir home;
  private @Nullable EngineService engine;

  @BeforeEach
  void set() throws Exception {
    directory = Files.createTempDirectory("rm-list-");
    venue = SimVenue.builder(InstantSource.system()).account(ONE).account(TWO).instant().start();
    home = new HomeDir(directory.resolve("home"));
    VenueHome.initialise(
        home,
        venue,
        ONE,
        "daily_realized_loss.enabled=true",
        "daily_realized_loss.limit=-500",
        "auth_loss_guard.enabled=true",
        "auth_loss_guard.check_interval_seconds=1");
    Setup.changePassword(home, null, PASSWORD.toCharArray());
  }

  @AfterEach
  void stop() throws IOException {
    end();
    venue.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void oneThatIsNotListedIsShownAndKeepsNobodyFromProtectingTheOther() throws Exception {
    venue.knob("hidden_accounts", List.of("" + TWO));
    watch(ONE, TWO);
    start();
    StatusView status = await("settled", s -> isRead(s, ONE) && unprotected(s, TWO));
    assertThat(status.engine().state()).isEqualTo(EngineState.DEGRADED);
    assertThat(status.engine().problems())
        .anySatisfy(
            text ->
                assertThat(text)
                    .startsWith("NOT PROTECTED: account " + TWO + ": the venue does not list it"));
    assertThat(unprotected(status, ONE)).isFalse();
    assertThat(of(status, TWO).booksRead()).isFalse();
    try (AdminClient admin = admin()) {
      assertThat(text(admin.accountsList()))
          .containsExactly("501 protected", "502 protected, in vain");
      ProbesView.Probe search = admin.accountsTest().probes().getFirst();
      assertThat(search.ok()).isFalse();
      assertThat(search.detail()).contains("account " + TWO, "The venue lists: 501");
      assertThat(search.remedy()).contains("accounts remove " + TWO + " --now");
    }

    // What happens there meanwhile is seen when it is taken up.
    venue.trade(TWO, "MNQ", OrderSide.BUY, 2);
    venue.halfTurn(ONE, "MNQ", new BigDecimal("-700"));
    await("the other is protected", s -> lockedBy(s, ONE, "RULE-003"));
    venue.knob("hidden_accounts", null);
    StatusView back = await("taken up", s -> !unprotected(s, TWO) && isRead(s, TWO));
    assertThat(lockedBy(back, TWO, "RULE-010")).isFalse();
    venue.halfTurn(TWO, "MNQ", new BigDecimal("-800"));
    await("protected", s -> lockedBy(s, TWO, "RULE-003") && of(s, TWO).positions().isEmpty());
    assertThat(venue.positions(TWO)).isEmpty();
    await("nothing is left of it", s -> s.engine().state() == EngineState.PROTECTING);
    closedByTheFirm();
  }

  /** It was protected: so it leaves at its reset, or when an admin says so. */
  private void closedByTheFirm() throws Exception {
    venue.knob("hidden_accounts", List.of("" + TWO));
    await("gone", s -> unprotected(s, TWO));
    try (AdminClient admin = admin()) {
      assertThat(text(admin.accountsRemove(TWO, "closed by the firm")))
          .containsExactly("501 protected", "502 protected, in vain");
      assertThat(text(admin.accountsRemove(TWO, "closed by the firm", true)))
          .containsExactly("501 protected");
      assertThat(admin.audit(20).entries())
          .extracting(row -> row.action() + " " + row.detail() + " " + row.reason())
          .anySatisfy(
              row ->
                  assertThat(row)
                      .startsWith("accounts.remove")
                      .contains("is watched no more", "(--now)", "closed by the firm"));
    }
    StatusView status = await("gone", s -> s.engine().state() == EngineState.PROTECTING);
    assertThat(status.accounts()).extracting(AccountView::accountId).containsExactly(ONE);
  }

  @Test
  void anAccountPutIntoTheFileByAnAttackerStopsNobodyAndLeavesWithTheFile() throws Exception {
    start();
    await("protects", s -> s.engine().state() == EngineState.PROTECTING);
    end();
    String sound = Files.readString(home.accountsYaml());
    watch(BOGUS);
    start();
    StatusView status = await("settled", s -> unprotected(s, BOGUS) && isRead(s, ONE));
    assertThat(status.engine().state()).isEqualTo(EngineState.DEGRADED);
    assertThat(unprotected(status, ONE)).as("taken out, and watched until its reset").isFalse();
    try (AdminClient admin = admin()) {
      assertThat(admin.audit(20).entries())
          .filteredOn(row -> row.action().equals("config.found"))
          .singleElement()
          .satisfies(row -> assertThat(row.detail()).contains("777", "501", "LOOSENS"));
      Files.writeString(home.accountsYaml(), sound);
      assertThat(admin.configReload(new ReloadRequest(false, null)).valid()).isTrue();
    }
    StatusView after = await("it is gone", s -> s.engine().state() == EngineState.PROTECTING);
    assertThat(after.accounts()).extracting(AccountView::accountId).containsExactly(ONE);
  }

  @Test
  void aStartWithNothingToProtectIsRefusedAndRemembersNothing() throws Exception {
    String sound = Files.readString(home.accountsYaml());
    watch(BOGUS);
    HomePreparation.prepare(home);
    // Told once an hour of the same: the start itself does not forget it.
    new RefusedStart(InstantSource.system().instant(), "as before").write(home.run());
    EngineService refused = start();
    assertThatThrownBy(refused::awaitEnd)
        .isInstanceOf(StartException.class)
        .hasMessageContaining("account 777 is not among the accounts of this login")
        .hasMessageContaining("501");
    end();
    assertThat(RefusedStart.read(home.run())).isPresent();

    Files.writeString(home.accountsYaml(), sound);
    start();
    StatusView status = await("protects", s -> s.engine().state() == EngineState.PROTECTING);
    assertThat(status.accounts()).extracting(AccountView::accountId).containsExactly(ONE);
    assertThat(RefusedStart.read(home.run())).isEmpty();
  }

  @Test
  void anOnlyAccountThatTheVenueClosesLeavesTheEngineRunningWithItsLockouts() throws Exception {
    start();
    await("protects", s -> s.engine().state() == EngineState.PROTECTING);
    venue.halfTurn(ONE, "MNQ", new BigDecimal("-700"));
    await("locked", s -> lockedBy(s, ONE, "RULE-003"));
    venue.knob("hidden_accounts", List.of("" + ONE));
    await("gone while it runs", s -> s.engine().state() == EngineState.NOT_PROTECTED);
    end();
    start();
    StatusView status =
        await("gone at the start", s -> s.engine().state() == EngineState.NOT_PROTECTED);
    assertThat(unprotected(status, ONE)).isTrue();
    assertThat(lockedBy(status, ONE, "RULE-003")).isTrue();
    venue.knob("hidden_accounts", null);
    StatusView back = await("back", s -> s.engine().state() == EngineState.PROTECTING);
    assertThat(lockedBy(back, ONE, "RULE-003")).isTrue();
    assertThat(of(back, ONE).booksRead()).isTrue();
  }

  private void watch(long... accounts) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("topstepx: {username: \"").append(venue.userName());
    text.append("\", api_key: \"").append(venue.apiKey()).append("\"}\naccounts:\n");
    for (long account : accounts) {
      text.append("  - account_id: ").append(account).append('\n');
    }
    Files.writeString(home.accountsYaml(), text);
  }

  private EngineService start() throws Exception {
    HomePreparation.prepare(home);
    EngineService service = VenueHome.engine(home);
    engine = service;
    service.start();
    return service;
  }

  private void end() {
    if (engine != null) {
      engine.stop("for now");
    }
  }

  private AdminClient admin() throws ControlException {
    AdminClient admin =
        AdminClient.connectAdmin(home.adminSocket(), "test/1.0.0", Duration.ofSeconds(30));
    admin.authenticate(PASSWORD.toCharArray());
    return admin;
  }

  private static List<String> text(AccountsView view) {
    return view.accounts().stream()
        .filter(AccountsView.Entry::monitored)
        .map(e -> e.accountId() + " protected" + (e.notProtected() == null ? "" : ", in vain"))
        .toList();
  }

  private static AccountView of(StatusView status, long id) {
    return status.accounts().stream().filter(a -> a.accountId() == id).findFirst().orElseThrow();
  }

  private static boolean isRead(StatusView status, long id) {
    return Boolean.TRUE.equals(of(status, id).booksRead());
  }

  private static boolean unprotected(StatusView status, long id) {
    return of(status, id).notProtected() != null;
  }

  private static boolean lockedBy(StatusView status, long id, String rule) {
    return of(status, id).lockouts().stream().map(LockoutView::ruleId).anyMatch(rule::equals);
  }

  private StatusView status() throws ControlException {
    try (ViewClient client =
        ViewClient.connect(home.viewSocket(), "test/1.0.0", Duration.ofSeconds(5))) {
      return client.status(OptionalLong.empty());
    }
  }

  private StatusView await(String what, Predicate<StatusView> condition) {
    StatusView[] last = new StatusView[1];
    try {
      Awaitility.await(what)
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(20))
          .ignoreExceptionsInstanceOf(ControlException.class)
          .until(
              () -> {
                last[0] = status();
                return condition.test(last[0]);
              });
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      throw new AssertionError(what + ": " + last[0], e);
    }
    return last[0];
  }
}
