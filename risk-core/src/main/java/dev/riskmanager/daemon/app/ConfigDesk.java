package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.config.ConfigText;
import dev.riskmanager.daemon.config.EngineSettings;
import dev.riskmanager.daemon.config.ShippedConfig;
import dev.riskmanager.daemon.config.YamlFile;
import dev.riskmanager.daemon.loop.EngineLoop;
import dev.riskmanager.daemon.loop.Handled;
import dev.riskmanager.daemon.port.Answer;
import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.daemon.port.Refusal;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.rule.change.Changeover;
import dev.riskmanager.domain.rule.change.KeyChange;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.wire.ConfigReport;
import dev.riskmanager.wire.ConfigView;
import dev.riskmanager.wire.HomeDir;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows, checks and reloads the configuration of a running engine. */
final class ConfigDesk {
  private static final Logger LOG = LoggerFactory.getLogger("engine");
  private static final Logger AUDIT = LoggerFactory.getLogger("audit");
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String NEXT_START =
      "changed; it takes effect at the next start of the engine";

  private final HomeDir home;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final EngineLoop loop;
  private final RuleKeeper keeper;
  private final EngineSettings started;

  ConfigDesk(
      HomeDir home,
      Map<String, String> environment,
      InstantSource clock,
      EngineLoop loop,
      RuleKeeper keeper,
      EngineSettings started) {
    this.home = home;
    this.environment = environment;
    this.clock = clock;
    this.loop = loop;
    this.keeper = keeper;
    this.started = started;
  }

  /** The rules in force of each account, and the other files, secrets masked. */
  ConfigView show() {
    Configuration files = read();
    Changeover change = keeper.judge(files.rules(), clock.instant());
    List<ConfigView.ConfigFile> shown = new ArrayList<>();
    for (String name : List.of(ShippedConfig.ENGINE, ShippedConfig.ACCOUNTS)) {
      Optional<ConfigNode> tree = YamlFile.read(home.config().resolve(name), new Problems());
      boolean changed =
          name.equals(ShippedConfig.ENGINE) && !files.files().engine().equals(started);
      tree.ifPresent(
          node -> shown.add(new ConfigView.ConfigFile(name, ConfigText.block(node), changed)));
    }
    List<AccountId> accounts = keeper.accounts();
    for (AccountId id : accounts) {
      boolean differs =
          files.problems().hasErrors()
              || change.changes().stream().anyMatch(c -> c.account().equals(Optional.of(id)));
      shown.add(
          new ConfigView.ConfigFile(
              accounts.size() == 1
                  ? ShippedConfig.RISK_CONFIG
                  : ShippedConfig.RISK_CONFIG + " of account " + id,
              ConfigText.block(keeper.inForce().accounts().get(id).orElseThrow()),
              differs));
    }
    return new ConfigView(keeper.since(), shown);
  }

  /** What the files come to against what holds; changes nothing. */
  ConfigReport validate() {
    Configuration files = read();
    if (files.problems().hasErrors()) {
      return report(files, List.of());
    }
    return report(files, keeper.judge(files.rules(), clock.instant()).changes());
  }

  /**
   * Puts the files in force: what tightens at once, what loosens at the next reset. Files with
   * errors change nothing.
   *
   * @param atOnce that loosening shall not wait
   * @param reason why; required with {@code atOnce}
   */
  synchronized Answer<ConfigReport> reload(Peer by, boolean atOnce, Optional<String> reason) {
    if (atOnce && reason.isEmpty()) {
      return Answer.refused(
          Refusal.badParameter("reason", "is missing; loosening at once needs one"));
    }
    if (!loop.isDurable()) {
      return Answer.refused(
          Refusal.Kind.UNAVAILABLE,
          "the database does not take writes; changes of the configuration wait for it");
    }
    Configuration files = read();
    if (files.problems().hasErrors()) {
      LOG.warn(
          "Configuration: not reloaded, {} error(s); what was in force stays",
          files.problems().errors().size());
      return Answer.done(report(files, List.of()));
    }
    Instant now = clock.instant();
    Changeover change =
        atOnce ? keeper.atOnce(files.rules(), now) : keeper.judge(files.rules(), now);
    List<Store.Change> audit = new ArrayList<>();
    for (KeyChange one : change.changes()) {
      audit.add(audited(by, one, atOnce, reason, now));
    }
    return inForce(change, audit, now)
        .map(why -> Answer.<ConfigReport>refused(Refusal.Kind.UNAVAILABLE, why))
        .orElseGet(() -> Answer.done(report(files, change.changes())));
  }

  private Store.Change audited(
      Peer by, KeyChange change, boolean atOnce, Optional<String> reason, Instant now) {
    String detail = ConfigViews.line(change) + (atOnce ? " (--now)" : "");
    AUDIT.info("{} config.reload {} {}", by.user(), detail, reason.orElse(""));
    LOG.info("Configuration: {}", detail);
    return new Store.AuditAppended(
        now, by.user(), "config.reload", change.account(), detail, reason.orElse(""));
  }

  /** Takes over what is due; called every second. */
  synchronized void tick() {
    Instant now = clock.instant();
    Optional<Changeover> due = keeper.due(now);
    if (due.isEmpty() || !loop.isDurable()) {
      return;
    }
    LOG.info("Configuration: what waited for the reset takes effect");
    Store.Change audit =
        new Store.AuditAppended(
            now, "engine", "config.due", Optional.empty(), "what waited takes effect", "");
    inForce(due.get(), List.of(audit), now)
        .ifPresent(why -> LOG.error("Configuration: what is due is not in force: {}", why));
  }

  /** Why it could not be put in force; empty when it is, and durably. */
  private Optional<String> inForce(Changeover change, List<Store.Change> audit, Instant now) {
    String failure;
    try {
      Handled handled =
          loop.configure(RuleKeeper.event(change, audit))
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      keeper.took(change, now);
      return handled.durable()
          ? Optional.empty()
          : Optional.of("it is in force, but the database has not taken it yet");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = e.toString();
    } catch (ExecutionException e) {
      failure = String.valueOf(e.getCause());
    } catch (TimeoutException e) {
      failure = e.toString();
    }
    return Optional.of("the engine did not carry it out in time; see its log: " + failure);
  }

  private Configuration read() {
    Configuration files =
        Configuration.read(
            home.config(),
            environment,
            AccountsFile.CredentialsUse.RESOLVE,
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    if (!files.problems().hasErrors()) {
      if (!files.files().engine().equals(started)) {
        files.problems().warning(new ConfigNode.Place(ShippedConfig.ENGINE, 0, 0), "", NEXT_START);
      }
      for (AccountId id : keeper.unwatched(files.rules())) {
        files
            .problems()
            .warning(
                new ConfigNode.Place(ShippedConfig.ACCOUNTS, 0, 0),
                "",
                "account " + id + " is new; it is watched from the next start of the engine");
      }
    }
    return files;
  }

  private ConfigReport report(Configuration files, List<KeyChange> changes) {
    return ConfigViews.report(files.problems(), changes, keeper.accounts().size() > 1);
  }
}
