package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.config.ConfigFiles;
import dev.riskmanager.daemon.config.OptionalPart;
import dev.riskmanager.daemon.config.RuleBooks;
import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Overlay;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.payload.WireJson;
import dev.riskmanager.recording.RuleTree;
import dev.riskmanager.wire.HomeDir;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The four files of a home, read and checked together.
 *
 * @param names the accounts' names as configured
 * @param warnings what loads and yet deserves a look
 */
public record Configuration(
    ConfigFiles files, RuleBook rules, Map<AccountId, String> names, List<String> warnings) {

  /** The parts of {@code engine.yaml} that this engine can do. */
  private static final Set<OptionalPart> WIRED = Set.of(OptionalPart.RECORDING);

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
    RuleBook book =
        RuleBooks.of(files.riskConfig(), files.accounts().accounts(), files.holidays(), problems);
    if (problems.hasErrors()) {
      throw new StartException(texts(problems, false));
    }
    return new Configuration(files, book, names(files.accounts()), texts(problems, true));
  }

  /** The rules of each account and the holidays: the form in which {@code ConfigChanged} is. */
  JsonNode rulesJson() {
    ObjectNode all = WireJson.mapper().createObjectNode();
    ObjectNode trees = all.putObject("accounts");
    for (AccountsFile.MonitoredAccount account : files.accounts().accounts()) {
      ConfigNode own =
          account
              .rules()
              .map(over -> Overlay.of(files.riskConfig(), over))
              .orElse(files.riskConfig());
      trees.set(account.id().toString(), RuleTree.json(own));
    }
    ObjectNode holidays = all.putObject("holidays");
    ArrayNode closed = holidays.putArray("holidays");
    files.holidays().closed().forEach(date -> closed.add(date.toString()));
    ArrayNode early = holidays.putArray("early_closes");
    files
        .holidays()
        .early()
        .values()
        .forEach(
            one ->
                early
                    .addObject()
                    .put("date", one.date().toString())
                    .put("close", one.close().toString())
                    .put("timezone", one.zone().getId()));
    return all;
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
