package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.config.ConfigText;
import dev.riskmanager.daemon.config.EngineSettings;
import dev.riskmanager.daemon.config.FileTexts;
import dev.riskmanager.daemon.config.ShippedConfig;
import dev.riskmanager.daemon.config.YamlFile;
import dev.riskmanager.daemon.port.Answer;
import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.daemon.port.Refusal;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.rule.change.Changeover;
import dev.riskmanager.domain.rule.change.KeyChange;
import dev.riskmanager.domain.rule.change.RulesInForce;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.wire.ConfigReport;
import dev.riskmanager.wire.ConfigView;
import dev.riskmanager.wire.ConfigWriteRequest;
import dev.riskmanager.wire.HomeDir;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows, checks and reloads the configuration of a running engine. */
final class ConfigDesk {
  private static final Logger LOG = LoggerFactory.getLogger("engine");
  private static final String NEXT_START =
      "changed; it takes effect at the next start of the engine";

  private final HomeDir home;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final RuleInstaller installer;
  private final RuleKeeper keeper;
  private final RuleHistory history;
  private final EngineSettings started;

  ConfigDesk(
      HomeDir home,
      Map<String, String> environment,
      InstantSource clock,
      RuleInstaller installer,
      RuleHistory history,
      EngineSettings started) {
    this.home = home;
    this.environment = environment;
    this.clock = clock;
    this.installer = installer;
    this.keeper = installer.keeper();
    this.history = history;
    this.started = started;
  }

  /** The rules in force of each account, and the other files, secrets masked. */
  ConfigView show() {
    Configuration files = read(Map.of());
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

  /**
   * What the files come to against what holds; changes nothing.
   *
   * @param instead texts that stand in place of files
   */
  Answer<ConfigReport> validate(Map<String, String> instead) {
    Optional<Refusal> unknown = unknownFile(instead.keySet());
    if (unknown.isPresent()) {
      return Answer.refused(unknown.get());
    }
    Configuration files = read(instead);
    if (files.problems().hasErrors()) {
      return Answer.done(ConfigViews.problems(files.problems()));
    }
    Changeover change = keeper.judge(files.rules(), now());
    return Answer.done(report(files, change.changes(), change));
  }

  private static Optional<Refusal> unknownFile(Set<String> names) {
    return names.stream()
        .filter(name -> !ShippedConfig.FILES.contains(name))
        .findFirst()
        .map(
            name ->
                Refusal.badParameter(
                    "file", "must be one of " + String.join(", ", ShippedConfig.FILES)));
  }

  /**
   * Puts the files in force: what tightens at once, what loosens at the next reset. Files with
   * errors change nothing.
   *
   * @param atOnce that loosening shall not wait
   * @param reason why; required with {@code atOnce}
   */
  Answer<ConfigReport> reload(Peer by, boolean atOnce, Optional<String> reason) {
    return reload(by, new ChangeReason("config.reload", atOnce, reason), List::of);
  }

  /**
   * The same for another request.
   *
   * @param rows of the audit, written with the change or not at all
   */
  Answer<ConfigReport> reload(Peer by, ChangeReason why, Supplier<List<Store.Change>> rows) {
    return installer.alone(
        () -> {
          Optional<Refusal> refused = why.refused().or(installer::busy);
          return refused.isPresent()
              ? Answer.refused(refused.get())
              : inForce(by, read(Map.of()), why, rows.get());
        });
  }

  /** What holds now. */
  RulesInForce inForce() {
    return keeper.inForce();
  }

  /** Replaces a file, unless it has changed since it was read, and goes on like a reload. */
  Answer<ConfigReport> write(Peer by, ConfigWriteRequest request) {
    ChangeReason why =
        new ChangeReason("config.write", request.now(), Optional.ofNullable(request.reason()));
    return write(by, request, why, () -> why.row(by, request.file() + " written", now()));
  }

  /**
   * The same for another request.
   *
   * @param why how it was asked for
   * @param row of the audit, written with the change or not at all; asked for when it is made
   */
  Answer<ConfigReport> write(
      Peer by, ConfigWriteRequest request, ChangeReason why, Supplier<Store.Change> row) {
    return installer.alone(
        () -> {
          Optional<Refusal> refused =
              unknownFile(Set.of(request.file())).or(why::refused).or(installer::busy);
          if (refused.isPresent()) {
            return Answer.refused(refused.get());
          }
          Configuration files = read(Map.of(request.file(), request.text()));
          if (files.problems().hasErrors()) {
            return Answer.done(ConfigViews.problems(files.problems()));
          }
          return ConfigReplacement.make(home, request.file(), request.base(), request.text())
              .<Answer<ConfigReport>>map(Answer::refused)
              .orElseGet(() -> inForce(by, files, why, List.of(row.get())));
        });
  }

  private Instant now() {
    return clock.instant();
  }

  private Answer<ConfigReport> inForce(
      Peer by, Configuration files, ChangeReason why, List<Store.Change> first) {
    if (files.problems().hasErrors()) {
      LOG.warn(
          "Configuration: not reloaded, {} error(s); what was in force stays",
          files.problems().errors().size());
      return Answer.done(ConfigViews.problems(files.problems()));
    }
    Instant now = now();
    Changeover change =
        !why.atOnce()
            ? keeper.judge(files.rules(), now)
            : why.leaves().isPresent()
                ? keeper.without(why.leaves().get(), files.rules(), now)
                : keeper.atOnce(files.rules(), now);
    return put(by, files, change, why, first, change.changes());
  }

  /** Puts a change in force, with its rows on the audit. */
  Answer<ConfigReport> put(
      Peer by,
      Configuration files,
      Changeover change,
      ChangeReason why,
      List<Store.Change> first,
      List<KeyChange> told) {
    Instant now = now();
    ConfigReport report = report(files, told, change);
    List<Store.Change> audit = new ArrayList<>(first);
    told.forEach(one -> audit.add(why.row(by, one, now)));
    keeper.withdrawn(change, now).forEach(one -> audit.add(why.withdrawn(by, one, now)));
    return installer
        .put(change, audit, now)
        .<Answer<ConfigReport>>map(Answer::refused)
        .orElseGet(() -> Answer.done(report));
  }

  /** Takes over what is due; called every second. */
  void tick() {
    installer.alone(
        () -> {
          takeOverWhatIsDue();
          return true;
        });
  }

  private void takeOverWhatIsDue() {
    Instant now = now();
    Optional<Changeover> due = keeper.due(now);
    if (due.isEmpty() || installer.busy().isPresent()) {
      return;
    }
    LOG.info("Configuration: what waited for the reset takes effect");
    Store.Change audit =
        new Store.AuditAppended(
            now, "engine", "config.due", Optional.empty(), "what waited takes effect", "");
    installer
        .put(due.get(), List.of(audit), now)
        .ifPresent(why -> LOG.error("Configuration: what is due: {}", why.message()));
  }

  /**
   * Reads the files as they would hold here.
   *
   * @param instead texts that stand in place of files
   */
  Configuration read(Map<String, String> instead) {
    Configuration files =
        Configuration.read(
            new FileTexts(home.config(), instead),
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

  /**
   * What a change comes to.
   *
   * @param changes those of it that are told
   */
  ConfigReport report(Configuration files, List<KeyChange> changes, Changeover change) {
    return ConfigViews.report(
        files.problems(),
        changes,
        keeper.withdrawn(change, now()),
        keeper.accounts().size() > 1,
        history.of(keeper.inForce(), files.rules(), changes, now()));
  }
}
