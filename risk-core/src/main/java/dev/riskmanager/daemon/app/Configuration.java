package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.config.ConfigFiles;
import dev.riskmanager.daemon.config.OptionalPart;
import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Overlay;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.wire.HomeDir;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The four files of a home, read and checked together.
 *
 * @param names the accounts' names as configured
 * @param warnings what loads and yet deserves a look
 */
public record Configuration(
    ConfigFiles files, RuleBook rules, Map<AccountId, String> names, List<String> warnings) {

  /** The parts of {@code engine.yaml} that this engine can do. */
  private static final Set<OptionalPart> WIRED = Set.of();

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
    Problems problems = new Problems();
    ConfigFiles files =
        ConfigFiles.load(home.config(), environment, credentials, WIRED, today, problems);
    RuleBook book = book(files, problems);
    if (problems.hasErrors()) {
      throw new StartException(texts(problems, false));
    }
    return new Configuration(files, book, names(files.accounts()), texts(problems, true));
  }

  private static RuleBook book(ConfigFiles files, Problems problems) {
    ConfigNode rules = files.riskConfig();
    RuleSet common = RuleCatalog.read(rules, files.holidays(), problems);
    Table<AccountId, RuleSet> sets = Table.empty();
    for (AccountsFile.MonitoredAccount account : files.accounts().accounts()) {
      RuleSet own =
          account.rules().isPresent()
              ? RuleCatalog.read(
                  Overlay.of(rules, account.rules().get()), files.holidays(), problems)
              : common;
      sets = sets.with(account.id(), own);
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

  private static List<String> texts(Problems problems, boolean warnings) {
    return problems.all().stream()
        .filter(problem -> problem.warning() == warnings)
        .map(Problems.Problem::toString)
        .distinct()
        .toList();
  }
}
