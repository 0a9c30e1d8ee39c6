package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.gateway.ConnectionStatus;
import dev.riskmanager.daemon.gateway.ConnectionStatus.Part;
import dev.riskmanager.daemon.gateway.Credentials;
import dev.riskmanager.daemon.gateway.GatewayClient;
import dev.riskmanager.daemon.gateway.GatewayListener;
import dev.riskmanager.daemon.gateway.GatewaySettings;
import dev.riskmanager.daemon.gateway.GatewayStatus;
import dev.riskmanager.daemon.gateway.LoginException;
import dev.riskmanager.daemon.port.RequestAllowance;
import dev.riskmanager.daemon.port.VenueReply;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.wire.AccountView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Goes the way to the venue as the engine does: login, accounts, time, both hubs. Nothing is
 * traded. Not to be used beside a running engine: the venue may end its session for a second one.
 */
final class VenueProbes {
  private static final Duration HUB = Duration.ofSeconds(15);
  private static final int LOOK_EVERY_MILLIS = 20;

  private final GatewaySettings settings;
  private final Credentials credentials;
  private final InstantSource clock;
  private final Probing probing;
  private final AtomicReference<Duration> skew = new AtomicReference<>();

  VenueProbes(
      GatewaySettings settings, Credentials credentials, InstantSource clock, Probing probing) {
    this.settings = settings;
    this.credentials = credentials;
    this.clock = clock;
    this.probing = probing;
  }

  /** Tries one after another; what needs an earlier one that failed is not tried. */
  void run(List<AccountId> accounts) {
    ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    try (GatewayClient gateway =
        new GatewayClient(
            settings,
            credentials,
            clock,
            scheduler,
            new SplittableRandom(),
            date -> skew.set(Duration.between(date, clock.instant())))) {
      if (probing.tryOne("login", () -> login(gateway))) {
        probing.tryOne("clock", this::clock);
        if (probing.tryOne("account search", () -> accounts(gateway, accounts))) {
          hubs(gateway, accounts);
        }
      }
    } finally {
      scheduler.shutdownNow();
    }
  }

  private String login(GatewayClient gateway) throws Probing.Finding {
    try {
      gateway.login();
      return "accepted by " + settings.apiUrl();
    } catch (LoginException.Rejected e) {
      throw new Probing.Finding(
          String.valueOf(e.getMessage()), "correct user name and key in accounts.yaml");
    } catch (LoginException e) {
      throw new Probing.Finding(
          String.valueOf(e.getMessage()), "look at the network, and at the venue's status page");
    }
  }

  private String clock() throws Probing.Finding {
    return VenueClock.judge(skew.get());
  }

  private static String accounts(GatewayClient gateway, List<AccountId> wanted)
      throws Probing.Finding {
    VenueReply<List<Account>> reply = gateway.venue().accounts();
    if (!(reply instanceof VenueReply.Done<List<Account>> done)) {
      throw new Probing.Finding("the venue did not list them: " + reply, "try again in a minute");
    }
    requireListed(wanted, done.value());
    List<String> texts = new ArrayList<>();
    for (Account account : done.value()) {
      if (wanted.contains(account.id())) {
        texts.add(account.id() + (account.canTrade() ? " may trade" : " may not trade"));
      }
    }
    return String.join(", ", texts);
  }

  /** Whether the venue lists all of them. */
  static void requireListed(List<AccountId> wanted, List<Account> listed) throws Probing.Finding {
    Set<AccountId> missing = new TreeSet<>(wanted);
    listed.forEach(account -> missing.remove(account.id()));
    if (!missing.isEmpty()) {
      String which = String.join(", ", missing.stream().map(AccountId::toString).toList());
      throw new Probing.Finding(
          "account "
              + which
              + " is not among the accounts of this login: NOT PROTECTED. "
              + AccountPresence.venueLists(listed),
          "correct account_id in accounts.yaml and restart, or: risk-admin accounts remove "
              + missing.iterator().next()
              + " --now");
    }
  }

  /** Whether the engine can protect what it watches. */
  static String watched(List<AccountView> accounts) throws Probing.Finding {
    for (AccountView account : accounts) {
      String why = account.notProtected();
      if (why != null) {
        // Which way out there is depends on the reason, and the reason names it where it is to give
        // the account up: never when it cannot be reached for a while.
        throw new Probing.Finding(why, "risk-admin engine status says what else is wrong");
      }
    }
    return accounts.size() + " protected";
  }

  private void hubs(GatewayClient gateway, List<AccountId> accounts) {
    Instant since = clock.instant();
    gateway.start(
        accounts, id -> since, RequestAllowance.UNLIMITED, (at, event) -> {}, GatewayListener.NONE);
    long deadline = System.nanoTime() + HUB.toNanos();
    probing.tryOne(
        "user hub",
        () -> {
          await(
              () -> gateway.status().state() == GatewayStatus.State.CONNECTED,
              deadline,
              "user",
              gateway);
          return "connected, subscribed and the accounts read";
        });
    probing.tryOne(
        "market hub",
        () -> {
          await(() -> isUp(gateway.status(), Part.MARKET_HUB), deadline, "market", gateway);
          return "connected";
        });
  }

  /** Whether something comes through one of the connections. */
  static boolean isUp(GatewayStatus status, Part part) {
    return status.connections().stream()
        .anyMatch(c -> c.part() == part && c.health() != ConnectionStatus.Health.DISCONNECTED);
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition, long deadline, String hub, GatewayClient gateway)
      throws Probing.Finding {
    try {
      while (!condition.holds()) {
        if (System.nanoTime() >= deadline) {
          List<String> problems = gateway.status().problems();
          throw new Probing.Finding(
              "not connected within "
                  + HUB.toSeconds()
                  + " s"
                  + (problems.isEmpty() ? "" : ": " + String.join("; ", problems)),
              "check gateway." + hub + "_hub_url, and that a proxy lets WebSockets pass");
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Probing.Finding("interrupted", "try again");
    }
  }
}
