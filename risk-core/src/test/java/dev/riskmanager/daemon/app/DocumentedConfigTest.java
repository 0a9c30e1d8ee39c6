package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.riskmanager.daemon.config.AccountsFile.CredentialsUse;
import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.GeneralSettings;
import dev.riskmanager.domain.rule.Response;
import dev.riskmanager.domain.rule.Response.Action;
import dev.riskmanager.domain.rule.Response.Lock;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RulePolicy;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.AuthLossGuard;
import dev.riskmanager.domain.rule.catalog.CooldownAfterLoss;
import dev.riskmanager.domain.rule.catalog.DailyRealizedLoss;
import dev.riskmanager.domain.rule.catalog.DailyRealizedProfit;
import dev.riskmanager.domain.rule.catalog.MaxContracts;
import dev.riskmanager.domain.rule.catalog.MaxContractsPerInstrument;
import dev.riskmanager.domain.rule.catalog.NoStopLossGrace;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.rule.catalog.SymbolBlocks;
import dev.riskmanager.domain.rule.catalog.TradeFrequencyLimit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The blocks that the documentation prints load as they stand, and each key does something. */
class DocumentedConfigTest {
  private static final AccountId MAIN = new AccountId(13298777);
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final LocalTime FIVE = LocalTime.of(17, 0);
  private static final Map<String, String> ENVIRONMENT =
      Map.of("TOPSTEPX_USERNAME", "ada", "TOPSTEPX_API_KEY", "0123456789abcdef");

  @TempDir Path dir = Path.of("unset");

  @BeforeEach
  void filesAsPrinted() throws IOException {
    for (String name : List.of("accounts.yaml", "risk_config.yaml", "holidays.yaml")) {
      try (InputStream in =
          getClass().getResourceAsStream("/dev/riskmanager/daemon/config/documented_" + name)) {
        Files.write(dir.resolve(name), in.readAllBytes());
      }
    }
    Files.writeString(dir.resolve("engine.yaml"), "");
  }

  @Test
  void accountsAndHolidays() {
    Configuration found = load();

    assertThat(found.files().accounts().credentials().orElseThrow().username()).isEqualTo("ada");
    assertThat(found.files().accounts().credentials().orElseThrow().apiKey().value())
        .isEqualTo("0123456789abcdef");
    assertThat(found.names()).containsExactly(Map.entry(MAIN, "Main Trading Account"));
    Holidays holidays = found.files().holidays();
    assertThat(holidays.closed()).containsExactly(LocalDate.of(2025, 1, 1));
    assertThat(holidays.early().values())
        .containsExactly(
            new Holidays.EarlyClose(LocalDate.of(2025, 11, 28), LocalTime.of(12, 15), CHICAGO));
  }

  @Test
  void generalAndTheContractLimits() {
    RuleSet rules = load().rules().rules(MAIN);

    assertThat(rules.general())
        .isEqualTo(
            new GeneralSettings(
                new ResetTime(FIVE, CHICAGO),
                true,
                Duration.ofSeconds(5),
                GeneralSettings.BlindPolicy.ALERT,
                Duration.ofSeconds(30)));
    assertThat(rule(rules, MaxContracts.ID))
        .isEqualTo(new MaxContracts(RulePolicy.PLAIN, 5, true, Response.flatten(Lock.NONE)));
    MaxContractsPerInstrument each =
        (MaxContractsPerInstrument) rule(rules, MaxContractsPerInstrument.ID);
    assertThat(each.limits().toString()).contains("MNQ=2", "ES=1", "NQ=1");
    assertThat(each.unlisted()).contains(0L);
    assertThat(each.response()).isEqualTo(new Response(Action.REDUCE, false, Lock.NONE));
  }

  @Test
  void theRulesAboutMoney() {
    RuleSet rules = load().rules().rules(MAIN);

    assertThat(rule(rules, DailyRealizedLoss.ID))
        .isEqualTo(
            new DailyRealizedLoss(
                RulePolicy.PLAIN,
                Money.of("-500"),
                new ResetTime(FIVE, NEW_YORK),
                false,
                Response.flatten(Lock.UNTIL_RESET)));
    assertThat(rule(rules, find("daily_unrealized_loss")).toString())
        .contains("limit=-300.00", "total=false", "patience=PT0S", "CLOSE_POSITION");
    assertThat(rule(rules, find("max_unrealized_profit")).toString())
        .contains("limit=500.00", "patience=PT0S", "CLOSE_POSITION");
    assertThat(rule(rules, DailyRealizedProfit.ID))
        .isEqualTo(
            new DailyRealizedProfit(
                RulePolicy.PLAIN,
                Money.of("1000"),
                new ResetTime(FIVE, CHICAGO),
                Response.flatten(Lock.UNTIL_RESET)));
  }

  @Test
  void theRulesAboutTrades() {
    RuleSet rules = load().rules().rules(MAIN);

    TradeFrequencyLimit frequency = (TradeFrequencyLimit) rule(rules, TradeFrequencyLimit.ID);
    assertThat(frequency.count()).isEqualTo(TradeFrequencyLimit.Count.ORDERS);
    assertThat(frequency.windows())
        .extracting(
            TradeFrequencyLimit.Window::name,
            TradeFrequencyLimit.Window::limit,
            w -> w.response().lock())
        .containsExactly(
            tuple("per_minute", 3L, Lock.of(Duration.ofSeconds(60))),
            tuple("per_hour", 10L, Lock.of(Duration.ofSeconds(1800))),
            tuple("per_session", 50L, Lock.of(Duration.ofSeconds(3600))));
    assertThat(((CooldownAfterLoss) rule(rules, CooldownAfterLoss.ID)).tiers())
        .containsExactly(
            new CooldownAfterLoss.Tier(
                Money.of("-100"), Response.flatten(Lock.of(Duration.ofSeconds(300)))),
            new CooldownAfterLoss.Tier(
                Money.of("-200"), Response.flatten(Lock.of(Duration.ofSeconds(900)))));
  }

  @Test
  void theOtherRules() {
    RuleSet rules = load().rules().rules(MAIN);

    assertThat(rule(rules, NoStopLossGrace.ID))
        .isEqualTo(
            new NoStopLossGrace(RulePolicy.PLAIN, Duration.ofSeconds(10), Response.CLOSE_POSITION));
    assertThat(rule(rules, find("session_block_outside")).toString())
        .contains(
            "global=Optional[09:30-16:00 America/New_York]",
            "ES=18:00-17:00 America/Chicago",
            "closesAtEnd=true",
            "locks=true");
    assertThat(((AuthLossGuard) rule(rules, AuthLossGuard.ID)).checkInterval()).hasSeconds(30);
    assertThat(((SymbolBlocks) rule(rules, SymbolBlocks.ID)).patterns())
        .containsExactly("RTY", "BTC");
    assertThat(rules.rule(find("trade_management"))).as("disabled").isEmpty();
    assertThat(rules.rules().size()).isEqualTo(12);
  }

  @Test
  void overridesOfAnAccountReplaceKeyByKey() throws IOException {
    Files.writeString(
        dir.resolve("accounts.yaml"),
        """
        topstepx: {username: "${TOPSTEPX_USERNAME}", api_key: "${TOPSTEPX_API_KEY}"}
        accounts:
          - account_id: 13298777
          - account_id: 13298778
            account_name: Practice
            rules:
              daily_realized_loss: {limit: -250, mode: shadow, admin_unlock: forbidden}
              trade_management: {enabled: true}
              symbol_blocks: {enabled: false}
        """);
    Configuration found = load();

    RuleSet own = found.rules().rules(new AccountId(13298778));
    DailyRealizedLoss loss = (DailyRealizedLoss) rule(own, DailyRealizedLoss.ID);
    assertThat(loss.limit()).isEqualTo(Money.of("-250"));
    assertThat(loss.reset()).isEqualTo(new ResetTime(FIVE, NEW_YORK));
    assertThat(loss.policy().shadow()).isTrue();
    assertThat(loss.policy().adminUnlock()).isEqualTo(RulePolicy.AdminUnlock.FORBIDDEN);
    assertThat(own.rule(find("trade_management"))).isPresent();
    assertThat(own.rule(SymbolBlocks.ID)).isEmpty();
    RuleSet main = found.rules().rules(MAIN);
    assertThat(((DailyRealizedLoss) rule(main, DailyRealizedLoss.ID)).limit())
        .isEqualTo(Money.of("-500"));
    assertThat(main.rule(SymbolBlocks.ID)).isPresent();
  }

  /** The new spellings win over the older ones, one by one. */
  @Test
  void theResponseIsOverriddenKeyByKey() throws IOException {
    Files.writeString(
        dir.resolve("risk_config.yaml"),
        """
        max_contracts: {limit: 5, close_all: true, action: reduce, lockout: 30m}
        daily_realized_loss: {limit: -500, enforcement: close_all_and_lockout, lockout: none}
        daily_unrealized_loss: {limit: -300, action: close_all}
        max_unrealized_profit: {target: 9, cancel_orders: true, lockout: until_reset, admin_unlock: 30m}
        no_stop_loss_grace: {grace_period_seconds: 1h30m, action: none, lockout: 1800}
        symbol_blocks: {blocked_symbols: [RTY], action: close_position}
        """);
    RuleSet rules = load().rules().rules(MAIN);

    assertThat(((MaxContracts) rule(rules, MaxContracts.ID)).response())
        .isEqualTo(new Response(Action.REDUCE, false, Lock.of(Duration.ofMinutes(30))));
    assertThat(((DailyRealizedLoss) rule(rules, DailyRealizedLoss.ID)).response())
        .isEqualTo(Response.flatten(Lock.NONE));
    assertThat(rule(rules, find("daily_unrealized_loss")).toString())
        .contains("response=" + new Response(Action.CLOSE_ALL, true, Lock.NONE));
    assertThat(rule(rules, find("max_unrealized_profit")).toString())
        .contains("response=" + new Response(Action.CLOSE_POSITION, true, Lock.UNTIL_RESET));
    assertThat(rule(rules, find("max_unrealized_profit")).policy().adminUnlock())
        .isEqualTo(new RulePolicy.AdminUnlock(true, Duration.ofMinutes(30)));
    NoStopLossGrace grace = (NoStopLossGrace) rule(rules, NoStopLossGrace.ID);
    assertThat(grace.grace()).hasMinutes(90);
    assertThat(grace.response())
        .isEqualTo(new Response(Action.NONE, false, Lock.of(Duration.ofMinutes(30))));
    assertThat(((SymbolBlocks) rule(rules, SymbolBlocks.ID)).response())
        .isEqualTo(new Response(Action.CLOSE_POSITION, false, Lock.WHILE_SYMBOL_BLOCKED));
  }

  private static RuleId find(String key) {
    return RuleCatalog.find(key).orElseThrow();
  }

  private static RiskRule rule(RuleSet rules, RuleId id) {
    Optional<RiskRule> rule = rules.rule(id);
    assertThat(rule).as(id.key()).isPresent();
    return rule.orElseThrow();
  }

  private Configuration load() {
    Configuration found =
        Configuration.read(dir, ENVIRONMENT, CredentialsUse.RESOLVE, LocalDate.of(2025, 6, 1));
    assertThat(found.problems().errors()).isEmpty();
    return found;
  }
}
