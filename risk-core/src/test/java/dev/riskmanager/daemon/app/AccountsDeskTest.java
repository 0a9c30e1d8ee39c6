package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.riskmanager.sim.SimVenue;
import dev.riskmanager.wire.AccountsView;
import dev.riskmanager.wire.AdminClient;
import dev.riskmanager.wire.ControlException;
import dev.riskmanager.wire.EngineState;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.ProbesView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The accounts of a running engine, asked for and changed over its socket. */
@Timeout(240)
class AccountsDeskTest {
  private static final String PASSWORD = "a long enough password";

  @TempDir Path directory;

  @Test
  void accountsAreListedAddedAndTakenOutAtTheReset() throws Exception {
    try (SimVenue venue =
        SimVenue.builder(InstantSource.system()).account(501).account(502).instant().start()) {
      EngineService engine = start(venue);
      try (AdminClient admin = admin()) {
        assertThatThrownBy(admin::accountsList).hasMessageContaining("password");
        admin.authenticate(PASSWORD.toCharArray());
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    admin.status(OptionalLong.empty()).engine().state() == EngineState.PROTECTING);

        assertThat(text(admin.accountsList())).containsExactly("501 protected", "502 -");
        assertThatThrownBy(() -> admin.accountsAdd(503)).isInstanceOf(ControlException.class);
        assertThatThrownBy(() -> admin.accountsRemove(501, "why")).hasMessageContaining("only one");

        assertThat(text(admin.accountsAdd(502)))
            .as("the file has it, the engine not before its next start")
            .containsExactlyInAnyOrder("501 protected", "502 -");
        assertThatThrownBy(() -> admin.accountsAdd(502)).hasMessageContaining("already");
        assertThat(text(admin.accountsRemove(501, "moved to 502")))
            .containsExactly("502 -", "501 protected");

        // Taking out loosens: it goes on being watched until its reset.
        assertThat(admin.status(OptionalLong.empty()).accounts())
            .extracting(account -> account.accountId())
            .containsExactly(501L);
        assertThat(Files.readString(home().accountsYaml()))
            .contains("502")
            .doesNotContain("{account_id: 501");
        // Written with the change, so it is there when the answer is.
        assertThat(admin.audit(20).entries())
            .filteredOn(r -> r.action().startsWith("accounts."))
            .extracting(r -> r.action() + " " + r.accountId() + " " + r.reason())
            .contains("accounts.add 502 null", "accounts.remove 501 moved to 502");
        assertThat(admin.accountsTest().probes())
            .allSatisfy(probe -> assertThat(probe.ok()).as("%s", probe).isTrue())
            .extracting(ProbesView.Probe::name)
            .containsExactly(
                "account search", "gateway", "market hub", "database", "write and fsync");
      } finally {
        engine.stop("test");
      }
    }
  }

  private static List<String> text(AccountsView view) {
    return view.accounts().stream()
        .map(e -> e.accountId() + (e.monitored() ? " protected" : " -"))
        .toList();
  }

  private HomeDir home() {
    return new HomeDir(directory.resolve("home"));
  }

  private AdminClient admin() throws ControlException {
    return AdminClient.connectAdmin(home().adminSocket(), "test/1.0.0", Duration.ofSeconds(30));
  }

  private EngineService start(SimVenue venue) throws Exception {
    VenueHome.initialise(home(), venue, 501);
    Setup.changePassword(home(), null, PASSWORD.toCharArray());
    HomePreparation.prepare(home());
    EngineService service = VenueHome.engine(home());
    service.start();
    return service;
  }
}
