package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsEdit;
import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.config.ConfigText;
import dev.riskmanager.daemon.config.ShippedConfig;
import dev.riskmanager.daemon.config.YamlEdit;
import dev.riskmanager.daemon.port.Answer;
import dev.riskmanager.daemon.port.Peer;
import dev.riskmanager.daemon.port.Refusal;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.RulePolicy;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.rule.change.Changeover;
import dev.riskmanager.domain.rule.change.KeyChange;
import dev.riskmanager.domain.rule.change.RulesInForce;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.state.MarketState;
import dev.riskmanager.wire.ConfigReport;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.RuleChange;
import dev.riskmanager.wire.RuleConfigView;
import dev.riskmanager.wire.RuleMode;
import dev.riskmanager.wire.RuleSetRequest;
import dev.riskmanager.wire.RulesView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The rules one by one: shows them, and changes a key in the file and in force. */
final class RulesDesk {
  private static final String GENERAL = "general";
  private static final Pattern DOT = Pattern.compile("\\.");
  private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,3})\\]");

  private final HomeDir home;
  private final InstantSource clock;
  private final ConfigDesk config;
  private final RuleInstaller installer;
  private final RuleKeeper keeper;
  private final Supplier<MarketState> market;

  /**
   * A desk.
   *
   * @param market the contracts that the engine knows now
   */
  RulesDesk(
      HomeDir home,
      InstantSource clock,
      ConfigDesk config,
      RuleInstaller installer,
      Supplier<MarketState> market) {
    this.market = market;
    this.home = home;
    this.clock = clock;
    this.config = config;
    this.installer = installer;
    this.keeper = installer.keeper();
  }

  /** The thirteen rules of an account as they hold, with what waits. */
  Answer<RulesView> list(OptionalLong accountId) {
    RulesInForce inForce = keeper.inForce();
    List<AccountId> accounts = keeper.accounts();
    Optional<AccountId> chosen =
        accountId.isPresent()
            ? accounts.stream().filter(id -> id.value() == accountId.getAsLong()).findFirst()
            : accounts.stream().findFirst();
    if (chosen.isEmpty()) {
      return Answer.refused(
          Refusal.Kind.NOT_FOUND,
          accountId.isPresent()
              ? "account " + accountId.getAsLong() + " is not monitored"
              : "no account is monitored");
    }
    AccountId id = chosen.get();
    ConfigNode tree = inForce.accounts().get(id).orElseThrow();
    RuleSet rules = inForce.rules(id);
    List<KeyChange> waiting =
        keeper.judge(keeper.waiting().wanted(inForce), clock.instant()).changes();
    List<RuleConfigView> rows = new ArrayList<>();
    for (RuleId rule : RuleCatalog.ids()) {
      List<RuleChange> pending = new ArrayList<>();
      for (KeyChange change : waiting) {
        boolean own = change.account().equals(Optional.of(id));
        if (own && !change.path().isEmpty() && change.path().get(0).equals(rule.key())) {
          pending.add(ConfigViews.row(change, false));
        }
      }
      rows.add(row(rule, tree, rules, pending));
    }
    return Answer.done(
        new RulesView(
            id.value(), accounts.stream().map(AccountId::value).toList(), rows, symbols()));
  }

  private List<String> symbols() {
    TreeSet<String> symbols = new TreeSet<>();
    MarketState known = market.get();
    for (Contract contract : known.products()) {
      symbols.add(contract.symbol());
    }
    for (Contract contract : known.listed()) {
      symbols.add(contract.symbol());
    }
    return List.copyOf(symbols);
  }

  private static RuleConfigView row(
      RuleId id, ConfigNode tree, RuleSet rules, List<RuleChange> pending) {
    List<RuleConfigView.Setting> settings = new ArrayList<>();
    Optional<ConfigNode> section = section(tree, id.key());
    section.ifPresent(node -> flatten("", node, settings));
    boolean shadow =
        rules.rule(id).map(rule -> rule.policy()).filter(RulePolicy::shadow).isPresent();
    return new RuleConfigView(
        id.toString(),
        id.key(),
        rules.rule(id).isPresent(),
        section.isPresent(),
        shadow ? RuleMode.SHADOW : RuleMode.ENFORCE,
        settings,
        pending);
  }

  private static Optional<ConfigNode> section(ConfigNode tree, String key) {
    return tree instanceof ConfigNode.Mapping mapping
        ? mapping.entries().stream()
            .filter(entry -> entry.key().equals(key))
            .map(ConfigNode.Entry::value)
            .findFirst()
        : Optional.empty();
  }

  private static void flatten(String path, ConfigNode node, List<RuleConfigView.Setting> settings) {
    if (node instanceof ConfigNode.Mapping mapping && !mapping.entries().isEmpty()) {
      for (ConfigNode.Entry entry : mapping.entries()) {
        String key = path.isEmpty() ? entry.key() : path + "." + entry.key();
        flatten(key, entry.value(), settings);
      }
    } else if (!path.isEmpty()) {
      settings.add(new RuleConfigView.Setting(path, ConfigText.flow(node)));
    }
  }

  /** Changes one key; see ADR 0013. */
  Answer<ConfigReport> set(Peer by, RuleSetRequest request) {
    return installer.alone(() -> setAlone(by, request));
  }

  private Answer<ConfigReport> setAlone(Peer by, RuleSetRequest request) {
    ChangeReason why =
        new ChangeReason("rules.set", request.now(), Optional.ofNullable(request.reason()));
    Optional<String> section = sectionOf(request.rule());
    if (section.isEmpty()) {
      return Answer.refused(
          Refusal.badParameter(
              "rule",
              "no rule is called "
                  + request.rule()
                  + "; try RULE-003 or daily_realized_loss, or general"));
    }
    Optional<Refusal> refused =
        request.preview() ? Optional.empty() : why.refused().or(installer::busy);
    if (refused.isPresent()) {
      return Answer.refused(refused.get());
    }
    Configuration files = config.read(java.util.Map.of());
    if (files.problems().hasErrors()) {
      return Answer.done(ConfigViews.problems(files.problems()));
    }
    List<String> others = keeper.edited(files.rules());
    if (!others.isEmpty()) {
      return Answer.refused(Refusal.of(Refusal.Kind.UNAVAILABLE, edited(others)));
    }
    return change(by, request, path(section.get(), request.key()), why);
  }

  private static String edited(List<String> keys) {
    return "the files hold changes that are not in force ("
        + String.join(", ", keys.subList(0, Math.min(3, keys.size())))
        + (keys.size() > 3 ? ", …" : "")
        + ") and would slip in with this one; look at `risk-admin config diff`, then reload or undo"
        + " them, and try again";
  }

  private static Optional<String> sectionOf(String rule) {
    return rule.equals(GENERAL) ? Optional.of(GENERAL) : RuleCatalog.find(rule).map(RuleId::key);
  }

  private static List<String> path(String section, String key) {
    List<String> path = new ArrayList<>(List.of(section));
    path.addAll(List.of(DOT.split(INDEX.matcher(key).replaceAll(".$1"))));
    return path;
  }

  private Answer<ConfigReport> change(
      Peer by, RuleSetRequest request, List<String> path, ChangeReason why) {
    Long account = request.accountId();
    String file = account == null ? ShippedConfig.RISK_CONFIG : ShippedConfig.ACCOUNTS;
    String before;
    String after;
    try {
      before = Files.readString(home.config().resolve(file), StandardCharsets.UTF_8);
      after =
          account == null
              ? YamlEdit.set(before, path, request.value())
              : AccountsEdit.setRule(before, new AccountId(account), path, request.value());
    } catch (IOException e) {
      return Answer.refused(
          Refusal.Kind.UNAVAILABLE, "cannot read " + file + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      return Answer.refused(Refusal.badParameter("value", String.valueOf(e.getMessage())));
    }
    Configuration files = config.read(java.util.Map.of(file, after));
    if (files.problems().hasErrors()) {
      return Answer.done(ConfigViews.problems(files.problems()));
    }
    if (account == null) {
      warnOfOwnValues(files, path);
    }
    Instant now = clock.instant();
    Changeover change;
    try {
      change =
          request.now()
              ? keeper.atOnce(files.rules(), inTree(path), now)
              : keeper.judge(files.rules(), now);
    } catch (IllegalArgumentException e) {
      return Answer.refused(
          Refusal.badParameter(
              "now",
              "it cannot take effect alone (" + e.getMessage() + "); use config reload --now"));
    }
    List<KeyChange> told =
        change.changes().stream().filter(one -> concerns(one, inTree(path))).toList();
    if (request.preview()) {
      return Answer.done(config.report(files, told, change));
    }
    return ConfigReplacement.make(home, file, ConfigReplacement.hash(before), after)
        .<Answer<ConfigReport>>map(Answer::refused)
        .orElseGet(() -> config.put(by, files, change, why, List.of(), told));
  }

  /** What an account says for itself is not changed by the file of all. */
  private static void warnOfOwnValues(Configuration files, List<String> path) {
    for (AccountsFile.MonitoredAccount account : files.files().accounts().accounts()) {
      Optional<ConfigNode> own = account.rules();
      for (String key : path) {
        own = own.flatMap(node -> section(node, key));
      }
      own.ifPresent(
          value ->
              files
                  .problems()
                  .warning(
                      value.place(),
                      "",
                      "account "
                          + account.id()
                          + " has a value of its own, "
                          + ConfigText.flow(value)
                          + ", which stays; change it with --account "
                          + account.id()));
    }
  }

  /** The path as the changes name it: an item of a list is {@code [0]}. */
  private static List<String> inTree(List<String> path) {
    return path.stream().map(key -> key.matches("\\d{1,3}") ? "[" + key + "]" : key).toList();
  }

  private static boolean concerns(KeyChange change, List<String> path) {
    int common = Math.min(change.path().size(), path.size());
    return change.path().subList(0, common).equals(path.subList(0, common));
  }
}
