package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AccountsFile;
import dev.riskmanager.daemon.config.AtomicFile;
import dev.riskmanager.daemon.config.ConfigText;
import dev.riskmanager.daemon.config.ShippedConfig;
import dev.riskmanager.daemon.config.YamlEdit;
import dev.riskmanager.daemon.port.Store;
import dev.riskmanager.daemon.store.LockWitness;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.Response;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RulePolicy;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.DailyRealizedLoss;
import dev.riskmanager.domain.rule.catalog.DailyRealizedProfit;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.rule.change.RulesInForce;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Overlay;
import dev.riskmanager.wire.HomeDir;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Furnishes a temporary home for a drill with the rules of a real one (ADR 0017). Of the real home
 * the files of {@code config/} are read, and nothing else; nothing is written there.
 */
public final class DrillHome {
  /** Where no rule of the home's own can be drilled. */
  private static final String SUBSTITUTE = "-500";

  private static final String LOSS = DailyRealizedLoss.ID.key();
  private static final BigDecimal LEAST_BEYOND = new BigDecimal("100");

  private static final ConfigNode.Place PLACE = new ConfigNode.Place("drill", 0, 0);

  private DrillHome() {}

  /**
   * What is going to be drilled.
   *
   * @param accountId one that the real home protects
   * @param ruleId the rule that is to answer
   * @param limit its limit or target, in dollars
   * @param breach the realized P&amp;L of the trade that breaks it, in dollars, well beyond the
   *     limit
   * @param substituted whether the home has no such rule in force, so that one was put in the copy
   * @param mayUnlock whether the rule's policy lets an admin end its lockout at once
   */
  public record Subject(
      long accountId,
      String ruleId,
      String rule,
      BigDecimal limit,
      BigDecimal breach,
      boolean substituted,
      boolean mayUnlock) {}

  /**
   * Writes the rules of a real home into a temporary one, which has been initialised for the
   * account. The rule that is drilled stays as it is written; every other one only reports
   * (shadow), as the hour of the drill, or the number of its trades, would otherwise decide what
   * happens.
   *
   * @param account which of the real home's; empty for its first
   * @param environment what <code>${NAME}</code> is replaced from
   * @throws StartException when the real home's files do not load, saying what to do
   */
  public static Subject furnish(
      HomeDir real, OptionalLong account, HomeDir temporary, Map<String, String> environment)
      throws StartException {
    Configuration found = read(real, environment);
    AccountId id = account(found, account);
    ConfigNode tree = found.rules().accounts().get(id).orElseThrow();
    Optional<Subject> own = subject(id, found.rules().rules(id), false);
    RuleId drilled = RuleCatalog.find(own.map(Subject::rule).orElse(LOSS)).orElseThrow();
    ConfigNode wanted = othersReport(own.isPresent() ? tree : withSubstitute(tree), drilled);
    try {
      AtomicFile.write(temporary.riskConfigYaml(), ConfigText.block(wanted));
      AtomicFile.write(temporary.holidaysYaml(), Files.readString(real.holidaysYaml()));
      Path engine = temporary.config().resolve(ShippedConfig.ENGINE);
      String synchronous =
          found.files().engine().storage().synchronous().name().toLowerCase(Locale.ROOT);
      AtomicFile.write(
          engine,
          YamlEdit.set(Files.readString(engine), List.of("storage", "synchronous"), synchronous));
    } catch (IOException e) {
      throw new StartException("the drill's home cannot be written: " + e.getMessage());
    }
    RulesInForce copied =
        Configuration.load(temporary, environment, AccountsFile.CredentialsUse.SKIP, today())
            .rules();
    List<String> differences =
        copied.differences(
            new RulesInForce(
                Table.<AccountId, ConfigNode>empty().with(id, wanted), found.rules().holidays()));
    if (!differences.isEmpty()) {
      throw new StartException("these keys could not be copied for the drill: " + differences);
    }
    return subject(id, copied.rules(id), own.isEmpty()).orElseThrow();
  }

  /** Which account a drill of a home is about. */
  public static long account(HomeDir real, OptionalLong account, Map<String, String> environment)
      throws StartException {
    return account(read(real, environment), account).value();
  }

  /**
   * How many lockouts the database of a home holds, looked at from outside while its engine runs.
   *
   * @throws StartException when it cannot be read
   */
  public static int lockoutsOnDisk(HomeDir temporary) throws StartException {
    try {
      return LockWitness.lockoutsInForce(temporary.database());
    } catch (Store.StoreException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }

  private static Configuration read(HomeDir real, Map<String, String> environment)
      throws StartException {
    if (!Files.exists(real.riskConfigYaml())) {
      throw new StartException(
          "there are no rules in "
              + real.config()
              + "; create the home with `risk-admin init`, or name it with --home");
    }
    return Configuration.load(real, environment, AccountsFile.CredentialsUse.SKIP, today());
  }

  private static LocalDate today() {
    return LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC);
  }

  private static AccountId account(Configuration found, OptionalLong wanted) throws StartException {
    List<AccountId> monitored =
        found.files().accounts().accounts().stream()
            .map(AccountsFile.MonitoredAccount::id)
            .toList();
    if (wanted.isEmpty()) {
      return monitored.getFirst();
    }
    return monitored.stream()
        .filter(id -> id.value() == wanted.getAsLong())
        .findFirst()
        .orElseThrow(
            () ->
                new StartException(
                    "account "
                        + wanted.getAsLong()
                        + " is not protected; there are: "
                        + monitored));
  }

  /** A rule that one trade can break, and that closes and locks: the loss, else the profit. */
  private static Optional<Subject> subject(AccountId id, RuleSet rules, boolean substituted) {
    return rules
        .rule(DailyRealizedLoss.ID)
        .flatMap(rule -> subject(id, rule, substituted))
        .or(
            () ->
                rules.rule(DailyRealizedProfit.ID).flatMap(rule -> subject(id, rule, substituted)));
  }

  private static Optional<Subject> subject(AccountId id, RiskRule rule, boolean substituted) {
    Money limit;
    Response response;
    switch (rule) {
      case DailyRealizedLoss loss -> {
        limit = loss.limit();
        response = loss.response();
      }
      case DailyRealizedProfit profit -> {
        limit = profit.target();
        response = profit.response();
      }
      default -> {
        return Optional.empty();
      }
    }
    if (rule.policy().shadow()
        || response.action() != Response.Action.CLOSE_ALL
        || !response.cancelOrders()
        || !response.lock().locks()) {
      return Optional.empty();
    }
    RulePolicy.AdminUnlock unlock = rule.policy().adminUnlock();
    return Optional.of(
        new Subject(
            id.value(),
            rule.id().toString(),
            rule.id().key(),
            cents(limit.toBigDecimal()),
            beyond(limit.toBigDecimal()),
            substituted,
            unlock.allowed() && unlock.delay().isZero()));
  }

  /** Without the zeros that nobody wrote. */
  private static BigDecimal cents(BigDecimal limit) {
    BigDecimal bare = limit.stripTrailingZeros();
    return bare.setScale(Math.max(2, bare.scale()), RoundingMode.UNNECESSARY);
  }

  /** So far beyond it that fees and the open P&L of the drill's position change nothing. */
  private static BigDecimal beyond(BigDecimal limit) {
    BigDecimal more = limit.abs().movePointLeft(1).max(LEAST_BEYOND);
    return limit.add(limit.signum() < 0 ? more.negate() : more).setScale(2, RoundingMode.HALF_UP);
  }

  private static ConfigNode withSubstitute(ConfigNode tree) {
    ConfigNode rule =
        mapping(
            List.of(
                entry("enabled", scalar("true")),
                entry("limit", scalar(SUBSTITUTE)),
                entry("mode", scalar("enforce"))));
    List<ConfigNode.Entry> entries = new ArrayList<>();
    for (ConfigNode.Entry section : ((ConfigNode.Mapping) tree).entries()) {
      if (!section.key().equals(LOSS)) {
        entries.add(section);
      }
    }
    entries.add(entry(LOSS, rule));
    return mapping(entries);
  }

  private static ConfigNode othersReport(ConfigNode tree, RuleId drilled) {
    List<ConfigNode.Entry> entries = new ArrayList<>();
    for (ConfigNode.Entry section : ((ConfigNode.Mapping) tree).entries()) {
      boolean other =
          RuleCatalog.find(section.key()).isPresent() && !section.key().equals(drilled.key());
      entries.add(
          other
              ? entry(
                  section.key(),
                  Overlay.of(section.value(), mapping(List.of(entry("mode", scalar("shadow"))))))
              : section);
    }
    return mapping(entries);
  }

  private static ConfigNode mapping(List<ConfigNode.Entry> entries) {
    return new ConfigNode.Mapping(PLACE, List.copyOf(entries));
  }

  private static ConfigNode.Entry entry(String key, ConfigNode value) {
    return new ConfigNode.Entry(PLACE, key, value);
  }

  private static ConfigNode scalar(String text) {
    return new ConfigNode.Scalar(PLACE, text, false);
  }
}
