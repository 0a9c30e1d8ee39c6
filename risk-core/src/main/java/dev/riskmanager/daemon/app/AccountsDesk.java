package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsEdit;
import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.config.ShippedConfig;
import dev.riskmanager.daemon.gateway.ConnectionStatus;
import dev.riskmanager.daemon.gateway.GatewayStatus;
import dev.riskmanager.daemon.loop.EngineLoop;
import dev.riskmanager.daemon.port.Answer;
import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.daemon.port.Refusal;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.wire.AccountsView;
import dev.riskmanager.wire.ConfigReport;
import dev.riskmanager.wire.ConfigWriteRequest;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.ProbesView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which accounts are watched: what the venue lists, what the file says, and changes of the file.
 */
final class AccountsDesk {
  private static final Logger AUDIT = LoggerFactory.getLogger("audit");

  private final HomeDir home;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final Supplier<VenueReply<List<Account>>> listing;
  private final Supplier<GatewayStatus> gateway;
  private final Supplier<Map<AccountId, String>> unprotected;
  private final EngineLoop loop;
  private final ConfigDesk config;

  /**
   * A desk.
   *
   * @param listing asks the venue for the accounts of the login; blocks
   * @param gateway how the connections are now
   * @param unprotected why watched accounts cannot be protected
   */
  AccountsDesk(
      HomeDir home,
      Map<String, String> environment,
      InstantSource clock,
      Supplier<VenueReply<List<Account>>> listing,
      Supplier<GatewayStatus> gateway,
      Supplier<Map<AccountId, String>> unprotected,
      EngineLoop loop,
      ConfigDesk config) {
    this.home = home;
    this.environment = environment;
    this.clock = clock;
    this.listing = listing;
    this.gateway = gateway;
    this.unprotected = unprotected;
    this.loop = loop;
    this.config = config;
  }

  /** What the venue lists, those of the file first. */
  Answer<AccountsView> list() {
    Configuration files = files(home.config());
    List<AccountsView.Entry> first = new ArrayList<>();
    List<AccountsView.Entry> others = new ArrayList<>();
    List<AccountId> wanted =
        new ArrayList<>(
            files.files().accounts().accounts().stream()
                .map(AccountsFile.MonitoredAccount::id)
                .toList());
    List<Account> rows =
        listing.get() instanceof VenueReply.Done<List<Account>> done ? done.value() : List.of();
    for (Account account : rows) {
      boolean asked = wanted.remove(account.id());
      String name = files.names().getOrDefault(account.id(), account.name());
      (asked ? first : others).add(entry(account.id(), name, account.canTrade()));
    }
    watched().stream()
        .filter(id -> !wanted.contains(id) && rows.stream().noneMatch(row -> row.id().equals(id)))
        .forEach(wanted::add);
    for (AccountId id : wanted) {
      first.add(entry(id, files.names().getOrDefault(id, ""), null));
    }
    first.addAll(others);
    return Answer.done(new AccountsView(first));
  }

  private AccountsView.Entry entry(AccountId id, String name, @Nullable Boolean canTrade) {
    return new AccountsView.Entry(
        id.value(), name, isWatched(id), canTrade, unprotected.get().get(id));
  }

  /** By the engine that runs, whatever the file says of the next one. */
  private boolean isWatched(AccountId id) {
    return loop.state().rules().of(id).isPresent();
  }

  private List<AccountId> watched() {
    return NeverListed.ids(config.inForce());
  }

  /** Into the file; the hub is asked about a new account at the next start. */
  synchronized Answer<AccountsView> add(Peer by, long accountId) {
    AccountId id = new AccountId(accountId);
    if (!(listing.get() instanceof VenueReply.Done<List<Account>> done)) {
      return Answer.refused(
          Refusal.Kind.UNAVAILABLE, "the venue does not list its accounts now; try again");
    }
    if (done.value().stream().noneMatch(account -> account.id().equals(id))) {
      return Answer.refused(
          Refusal.Kind.NOT_FOUND, "account " + id + " is not among the accounts of this login");
    }
    return change(
        by, "accounts.add", id, "", false, text -> AccountsEdit.add(text, id, Optional.empty()));
  }

  /**
   * Out of the file; it is watched until its next reset, as with every loosening.
   *
   * @param now that it is watched no more from now on
   */
  synchronized Answer<AccountsView> remove(Peer by, long accountId, String reason, boolean now) {
    AccountId id = new AccountId(accountId);
    if (now && isWatched(id) && !isInFile(id)) {
      return whatWaits(by, id, reason);
    }
    return change(by, "accounts.remove", id, reason, now, text -> AccountsEdit.remove(text, id));
  }

  private boolean isInFile(AccountId id) {
    return files(home.config()).files().accounts().accounts().stream()
        .anyMatch(account -> account.id().equals(id));
  }

  /** It is not in the file any more, and waits for its reset. */
  private Answer<AccountsView> whatWaits(Peer by, AccountId account, String reason) {
    ChangeReason why =
        new ChangeReason("accounts.remove", true, Optional.of(reason), Optional.of(account));
    return answer(config.reload(by, why, () -> List.of(audit(by, why.action(), account, reason))));
  }

  private interface Edit {
    String of(String text);
  }

  private Answer<AccountsView> change(
      Peer by, String action, AccountId account, String reason, boolean now, Edit edit) {
    if (!loop.isDurable()) {
      return Answer.refused(
          Refusal.Kind.UNAVAILABLE,
          "the database does not take writes; changes of the configuration wait for it");
    }
    String before;
    String changed;
    try {
      before = Files.readString(home.accountsYaml());
      changed = edit.of(before);
    } catch (IllegalArgumentException e) {
      return Answer.refused(Refusal.badParameter("accountId", String.valueOf(e.getMessage())));
    } catch (IOException e) {
      return Answer.refused(
          Refusal.Kind.UNAVAILABLE, "accounts.yaml cannot be read: " + e.getMessage());
    }
    ChangeReason why =
        new ChangeReason(
            action, now, Optional.of(reason).filter(r -> !r.isEmpty()), Optional.of(account));
    return answer(
        config.write(
            by,
            new ConfigWriteRequest(
                ShippedConfig.ACCOUNTS, ConfigReplacement.hash(before), changed, now, reason),
            why,
            () -> audit(by, action, account, reason)));
  }

  private Answer<AccountsView> answer(Answer<ConfigReport> taken) {
    return switch (taken) {
      case Answer.Refused<ConfigReport> refused -> Answer.refused(refused.why());
      case Answer.Done<ConfigReport>(ConfigReport report) when !report.valid() ->
          Answer.refused(Refusal.badParameter("accountId", report.problems().getFirst().message()));
      case Answer.Done<ConfigReport> done -> list();
    };
  }

  private Configuration files(Path directory) {
    return Configuration.read(
        directory,
        environment,
        AccountsFile.CredentialsUse.RESOLVE,
        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  private Store.Change audit(Peer by, String action, AccountId account, String reason) {
    AUDIT.info("{} {} account {} {}", by.user(), action, account, reason);
    return new Store.AuditAppended(
        clock.instant(), by.user(), action, Optional.of(account), "", reason);
  }

  /** The engine's own connection: a second one could end it. */
  Answer<ProbesView> test() {
    Probing probing = new Probing();
    probing.tryOne(
        "account search",
        () -> {
          VenueReply<List<Account>> reply = listing.get();
          if (reply instanceof VenueReply.Done<List<Account>> done) {
            VenueProbes.requireListed(watched(), done.value());
            return done.value().size() + " account(s), logged in";
          }
          throw new Probing.Finding("not answered: " + reply, "look at logs/api.log");
        });
    probing.tryOne("gateway", this::connection);
    probing.tryOne("market hub", this::market);
    probing.tryOne("database", this::database);
    probing.tryOne("write and fsync", () -> DiskProbe.run(home.data()));
    return Answer.done(new ProbesView(probing.all()));
  }

  private String connection() throws Probing.Finding {
    GatewayStatus status = gateway.get();
    if (status.state() != GatewayStatus.State.CONNECTED) {
      throw new Probing.Finding(
          status.state() + ": " + String.join("; ", status.problems()), "look at the network");
    }
    Instant now = clock.instant();
    return "the user hub is connected"
        + status
            .lastEventAge(now)
            .map(Duration::toMillis)
            .map(a -> ", last message " + a + " ms ago")
            .orElse("");
  }

  private String market() throws Probing.Finding {
    if (!VenueProbes.isUp(gateway.get(), ConnectionStatus.Part.MARKET_HUB)) {
      throw new Probing.Finding("not connected", "look at the network");
    }
    return "connected";
  }

  private String database() throws Probing.Finding {
    if (!loop.isDurable()) {
      throw new Probing.Finding("takes no writes", "look at the disk");
    }
    return "everything decided is on the disk";
  }
}
