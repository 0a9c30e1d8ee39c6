package dev.riskmanager.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.config.AccountsFile.CredentialsUse;
import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.calendar.Holidays.EarlyClose;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.domain.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedConfigTest {
  static final List<String> FILES = ShippedConfig.FILES;

  private static final List<String> RULE_KEYS =
      List.of(
          "max_contracts",
          "max_contracts_per_instrument",
          "daily_realized_loss",
          "daily_unrealized_loss",
          "max_unrealized_profit",
          "trade_frequency_limit",
          "cooldown_after_loss",
          "no_stop_loss_grace",
          "session_block_outside",
          "auth_loss_guard",
          "symbol_blocks",
          "trade_management",
          "daily_realized_profit");

  private final Problems problems = new Problems();

  @ParameterizedTest
  @FieldSource("FILES")
  void theProgramCarriesTheSamplesOfTheRepository(String file) throws IOException {
    assertThat(ShippedConfig.text(file)).isEqualTo(Files.readString(Path.of("..", "config", file)));
  }

  @Test
  void theSampleOfTheEngineIsTheDefaults() {
    EngineSettings settings =
        EngineSettings.read(Settings.of("", tree(ShippedConfig.ENGINE), problems), Set.of());

    assertThat(problems.all()).isEmpty();
    assertThat(settings).isEqualTo(EngineSettings.DEFAULTS);
  }

  @Test
  void theCommentedPartsOfTheEnginesSampleLoadWhenUncommented() {
    List<String> lines = new ArrayList<>();
    boolean example = false;
    for (String line : ShippedConfig.text(ShippedConfig.ENGINE).lines().toList()) {
      example |= line.equals("# metrics:");
      boolean code = example && line.matches("# ( *)[a-z_#].*");
      lines.add(
          code && !line.startsWith("# Who") && !line.startsWith("# violation")
              ? line.substring(2)
              : line);
    }
    ConfigNode tree =
        References.resolve(
            Trees.tree(String.join("\n", lines), problems),
            Map.of(
                "DISCORD_WEBHOOK", "https://example.org/d",
                "TELEGRAM_TOKEN", "1:2",
                "MAIL_PASSWORD", "p",
                "HEARTBEAT_URL", "https://example.org/h"),
            problems);

    EngineSettings settings =
        EngineSettings.read(
            Settings.of("", tree, problems),
            Set.of(OptionalPart.METRICS, OptionalPart.NOTIFICATIONS));

    assertThat(problems.all()).isEmpty();
    assertThat(settings.metrics()).isPresent();
    assertThat(settings.notifications().email()).isPresent();
    assertThat(settings.notifications().heartbeat()).isPresent();
  }

  @Test
  void theSampleOfTheAccountsLoads() {
    AccountsFile file =
        AccountsFile.read(
            tree(ShippedConfig.ACCOUNTS),
            Map.of("TOPSTEPX_USERNAME", "ada", "TOPSTEPX_API_KEY", "0123456789abcdef"),
            CredentialsUse.RESOLVE,
            problems);

    assertThat(problems.all()).isEmpty();
    assertThat(file.accounts()).extracting(a -> a.id().value()).containsExactly(13298777L);
  }

  @Test
  void theSampleOfTheRulesHasAllThirteenAndNoneIsToldToWatchOnly() {
    ConfigNode tree = tree(ShippedConfig.RISK_CONFIG);
    RuleSet rules = RuleCatalog.read(tree, Holidays.NONE, problems);

    List<String> sections = new ArrayList<>(List.of("general"));
    sections.addAll(RULE_KEYS);
    assertThat(Settings.of("", tree, new Problems()).names()).containsExactlyElementsOf(sections);
    assertThat(RuleCatalog.ids()).extracting(RuleId::key).containsExactlyElementsOf(RULE_KEYS);
    assertThat(problems.all()).isEmpty();
    assertThat(rules.rules())
        .allSatisfy(rule -> assertThat(rule.policy().shadow()).as(rule.id().key()).isFalse());
  }

  @Test
  void theSampleOfTheRulesIsTheDocumentedOneWithItsDefaultsWrittenOut() throws IOException {
    Object documented;
    try (InputStream in = getClass().getResourceAsStream("documented_risk_config.yaml")) {
      documented = PlainYaml.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }

    assertThat(PlainYaml.of(ShippedConfig.text(ShippedConfig.RISK_CONFIG)))
        .isEqualTo(
            PlainYaml.with(
                documented,
                List.of("daily_realized_loss", "include_open"),
                PlainYaml.value("false")));
  }

  @Test
  void everyRuleOfTheSampleIsExplainedUnderItsNumber() {
    String text = ShippedConfig.text(ShippedConfig.RISK_CONFIG);

    for (int i = 0; i < RULE_KEYS.size(); i++) {
      assertThat(text)
          .containsPattern(String.format("(?m)^# RULE-%03d: .*\n%s:$", i + 1, RULE_KEYS.get(i)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2025, 2026, 2027, 2028})
  void theHolidaysOfAYearFollowTheExchangesRules(int year) {
    Holidays shipped = ShippedConfig.holidays();
    LocalDate from = LocalDate.of(year, 1, 1);
    LocalDate to = from.plusYears(1);
    Expected expected = new Expected(year);

    assertThat(shipped.closedBetween(from, to)).isEqualTo(expected.closed);
    Map<LocalDate, LocalTime> early = new TreeMap<>();
    for (EarlyClose close : shipped.earlyBetween(from, to).values()) {
      early.put(close.date(), close.close());
      assertThat(close.zone()).isEqualTo(ZoneId.of("America/Chicago"));
    }
    assertThat(early).isEqualTo(expected.early);
    HolidaysFile.warnIfOutdated(shipped, LocalDate.of(year, 6, 1), "holidays.yaml", problems);
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void theYearBehindTheLastIsAWarning() {
    HolidaysFile.warnIfOutdated(
        ShippedConfig.holidays(), LocalDate.of(2028, 12, 1), "holidays.yaml", problems);

    assertThat(problems.warnings())
        .singleElement()
        .extracting(Object::toString)
        .asString()
        .contains("2029");
  }

  /** The rules that the head of holidays.yaml states, and the two days that were announced. */
  private static final class Expected {
    final TreeSet<LocalDate> closed = new TreeSet<>();
    final TreeMap<LocalDate, LocalTime> early = new TreeMap<>();

    Expected(int year) {
      LocalDate newYear = LocalDate.of(year, 1, 1);
      if (newYear.getDayOfWeek() != DayOfWeek.SATURDAY) {
        closed.add(observed(newYear));
      }
      closed.add(goodFriday(year));
      closed.add(observed(LocalDate.of(year, 12, 25)));
      LocalTime noon = LocalTime.NOON;
      LocalTime quarterPast = LocalTime.of(12, 15);
      early.put(nth(3, DayOfWeek.MONDAY, year, Month.JANUARY), noon);
      early.put(nth(3, DayOfWeek.MONDAY, year, Month.FEBRUARY), noon);
      early.put(
          LocalDate.of(year, 5, 1).with(TemporalAdjusters.lastInMonth(DayOfWeek.MONDAY)), noon);
      early.put(observed(LocalDate.of(year, 6, 19)), noon);
      eve(LocalDate.of(year, 7, 4), quarterPast);
      early.put(observed(LocalDate.of(year, 7, 4)), noon);
      early.put(nth(1, DayOfWeek.MONDAY, year, Month.SEPTEMBER), noon);
      LocalDate thanksgiving = nth(4, DayOfWeek.THURSDAY, year, Month.NOVEMBER);
      early.put(thanksgiving, noon);
      early.put(thanksgiving.plusDays(1), quarterPast);
      eve(LocalDate.of(year, 12, 25), quarterPast);
      if (year == 2025) {
        early.put(LocalDate.of(2025, 1, 9), LocalTime.of(8, 30));
      }
      if (year == 2026) {
        closed.remove(LocalDate.of(2026, 4, 3));
        early.put(LocalDate.of(2026, 4, 3), LocalTime.of(8, 15));
      }
    }

    private void eve(LocalDate holiday, LocalTime close) {
      DayOfWeek day = holiday.getDayOfWeek();
      if (day.compareTo(DayOfWeek.TUESDAY) >= 0 && day.compareTo(DayOfWeek.FRIDAY) <= 0) {
        early.put(holiday.minusDays(1), close);
      }
    }

    private static LocalDate observed(LocalDate holiday) {
      return switch (holiday.getDayOfWeek()) {
        case SATURDAY -> holiday.minusDays(1);
        case SUNDAY -> holiday.plusDays(1);
        case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> holiday;
      };
    }

    private static LocalDate nth(int n, DayOfWeek day, int year, Month month) {
      return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(n, day));
    }

    /**
     * Two days before Easter by the anonymous Gregorian computus (Meeus, Astronomical Algorithms).
     */
    private static LocalDate goodFriday(int year) {
      int a = year % 19;
      int b = year / 100;
      int c = year % 100;
      int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
      int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
      int m = (a + 11 * h + 22 * l) / 451;
      int month = (h + l - 7 * m + 114) / 31;
      int day = (h + l - 7 * m + 114) % 31 + 1;
      return LocalDate.of(year, month, day).minusDays(2);
    }
  }

  private ConfigNode tree(String file) {
    return YamlFile.parse(file, ShippedConfig.text(file), problems).orElseThrow();
  }
}
