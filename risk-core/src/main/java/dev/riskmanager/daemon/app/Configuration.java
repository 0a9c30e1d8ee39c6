package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.config.ConfigFiles;
import dev.riskmanager.daemon.config.CrossChecks;
import dev.riskmanager.daemon.config.FileTexts;
import dev.riskmanager.daemon.config.OptionalPart;
import dev.riskmanager.daemon.contracts.ShippedContracts;
import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.rule.change.RulesInForce;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Overlay;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.wire.HomeDir;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The four files of a home, read and checked together.
 *
 * @param rules what the files want to hold; what does hold is the {@link RuleKeeper}'s business
 * @param names the accounts' names as configured
 * @param problems everything found; with an error among them the rest is not to be used
 */
public record Configuration(
    ConfigFiles files, RulesInForce rules, Map<AccountId, String> names, Problems problems) {

  /** The parts of {@code engine.yaml} that this engine can do. */
  private static final Set<OptionalPart> WIRED =
      Set.of(OptionalPart.RECORDING, OptionalPart.NOTIFICATIONS);

  /**
   * Reads and checks everything; all errors at once.
   *
   * @param today for the warning about a year without holidays
   * @throws StartException with a line for each error
   */
  public static Configuration load(
      HomeDir home,
      Map<String, String> environment,
      AccountsFile.CredentialsUse credentials,
      LocalDate today)
      throws StartException {
    Configuration found = read(home.config(), environment, credentials, today);
    if (found.problems.hasErrors()) {
      throw new StartException(texts(found.problems.errors()));
    }
    return found;
  }

  /** The same without an exception: what is wrong is in {@code problems}. */
  public static Configuration read(
      Path directory,
      Map<String, String> environment,
      AccountsFile.CredentialsUse credentials,
      LocalDate today) {
    return read(FileTexts.of(directory), environment, credentials, today);
  }

  /** The same of texts that may stand in place of files. */
  static Configuration read(
      FileTexts texts,
      Map<String, String> environment,
      AccountsFile.CredentialsUse credentials,
      LocalDate today) {
    Problems problems = new Problems();
    ConfigFiles files = ConfigFiles.load(texts, environment, credentials, WIRED, today, problems);
    RulesInForce rules = rules(files, problems);
    return new Configuration(files, rules, names(files.accounts()), problems);
  }

  /** What loads and yet deserves a look. */
  public List<String> warnings() {
    return texts(problems.warnings());
  }

  private static RulesInForce rules(ConfigFiles files, Problems problems) {
    ConfigNode common = files.riskConfig();
    RuleCatalog.read(common, files.holidays(), problems);
    List<String> symbols = ShippedContracts.load().symbols();
    Table<AccountId, ConfigNode> trees = Table.empty();
    for (AccountsFile.MonitoredAccount account : files.accounts().accounts()) {
      ConfigNode own =
          account.rules().map(overrides -> Overlay.of(common, overrides)).orElse(common);
      RuleSet rules = RuleCatalog.read(own, files.holidays(), problems);
      if (!problems.hasErrors()) {
        CrossChecks.check(own, rules, symbols, problems);
      }
      trees = trees.with(account.id(), own);
    }
    return new RulesInForce(trees, files.holidays());
  }

  /** The rule book that rules come to; they must load. */
  static RuleBook book(RulesInForce rules) {
    Table<AccountId, RuleSet> sets = Table.empty();
    for (int i = 0; i < rules.accounts().size(); i++) {
      AccountId id = rules.accounts().keyAt(i);
      sets = sets.with(id, rules.rules(id));
    }
    return new RuleBook(sets, Optional.empty());
  }

  private static Map<AccountId, String> names(AccountsFile accounts) {
    Map<AccountId, String> names = new TreeMap<>();
    for (AccountsFile.MonitoredAccount account : accounts.accounts()) {
      account.name().ifPresent(name -> names.put(account.id(), name));
    }
    return names;
  }

  private static List<String> texts(List<Problems.Problem> problems) {
    return problems.stream().map(Problems.Problem::toString).distinct().toList();
  }
}
