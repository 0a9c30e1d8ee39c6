package dev.riskmanager.domain.rule.catalog;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.GeneralSettings;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.domain.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every rule there is, in the order of the numbers. A new rule is one line here. */
public final class RuleCatalog {
  private static final String GENERAL = "general";

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(MaxContracts.ID, (s, general, holidays) -> MaxContracts.read(s)),
          new Entry(
              MaxContractsPerInstrument.ID,
              (s, general, holidays) -> MaxContractsPerInstrument.read(s)),
          new Entry(
              DailyRealizedLoss.ID, (s, general, holidays) -> DailyRealizedLoss.read(s, general)),
          new Entry(DailyUnrealizedLoss.ID, (s, general, holidays) -> DailyUnrealizedLoss.read(s)),
          new Entry(MaxUnrealizedProfit.ID, (s, general, holidays) -> MaxUnrealizedProfit.read(s)),
          new Entry(TradeFrequencyLimit.ID, (s, general, holidays) -> TradeFrequencyLimit.read(s)),
          new Entry(CooldownAfterLoss.ID, (s, general, holidays) -> CooldownAfterLoss.read(s)),
          new Entry(NoStopLossGrace.ID, (s, general, holidays) -> NoStopLossGrace.read(s)),
          new Entry(SessionBlockOutside.ID, SessionBlockOutside::read),
          new Entry(AuthLossGuard.ID, (s, general, holidays) -> AuthLossGuard.read(s)),
          new Entry(SymbolBlocks.ID, (s, general, holidays) -> SymbolBlocks.read(s)),
          new Entry(TradeManagement.ID, (s, general, holidays) -> TradeManagement.read(s)),
          new Entry(
              DailyRealizedProfit.ID,
              (s, general, holidays) -> DailyRealizedProfit.read(s, general)));

  private RuleCatalog() {}

  /** How a rule is made from its section. */
  @FunctionalInterface
  public interface Reader {
    RiskRule read(Settings section, GeneralSettings general, Holidays holidays);
  }

  /** One rule of the catalog. */
  public record Entry(RuleId id, Reader reader) {}

  public static List<RuleId> ids() {
    return ENTRIES.stream().map(Entry::id).toList();
  }

  /** The rule with that number or key: {@code RULE-003}, {@code daily_realized_loss}. */
  public static Optional<RuleId> find(String text) {
    return ids().stream()
        .filter(id -> id.key().equals(text) || id.toString().equalsIgnoreCase(text))
        .findFirst();
  }

  /**
   * Reads a rule file: {@code general} and one section for each rule. A rule that is absent is
   * disabled; a disabled one is checked all the same.
   *
   * @param top the file; what is wrong with it goes to {@code problems}
   * @param holidays of {@code holidays.yaml}, for the sessions
   */
  public static RuleSet read(ConfigNode top, Holidays holidays, Problems problems) {
    Settings file = Settings.of("", top, problems);
    GeneralSettings general =
        file.section(GENERAL).map(GeneralSettings::read).orElse(GeneralSettings.DEFAULTS);
    List<RiskRule> enabled = new ArrayList<>();
    for (Entry entry : ENTRIES) {
      file.section(entry.id().key())
          .ifPresent(
              section -> {
                boolean on = section.flag("enabled", true);
                RiskRule rule = entry.reader().read(section, general, holidays);
                section.finish();
                if (on) {
                  enabled.add(rule);
                }
              });
    }
    file.finish();
    return RuleSet.of(general, enabled);
  }
}
