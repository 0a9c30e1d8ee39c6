package dev.riskmanager.daemon.config;

import dev.riskmanager.daemon.config.AccountsFile.CredentialsUse;
import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.ConfigNode.Place;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.domain.settings.Settings;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The four files of a configuration directory, read together so that every mistake is listed at
 * once.
 *
 * @param engineText the tree of {@code engine.yaml} as it was written; empty without the file
 * @param riskConfig the tree of {@code risk_config.yaml}, references replaced; its rules are read
 *     by the catalog
 */
public record ConfigFiles(
    EngineSettings engine,
    Optional<ConfigNode> engineText,
    AccountsFile accounts,
    ConfigNode riskConfig,
    Holidays holidays) {

  /**
   * Reads all four, which must be there; but {@code engine.yaml} is all optional, and without it
   * the defaults hold, with a warning.
   *
   * @param directory the directory of the files
   * @param environment what <code>${NAME}</code> is replaced from
   * @param wired the optional parts that this engine has
   * @param today to warn of a year without holidays
   * @param problems takes what is wrong; when it has errors, the result is not to be used
   */
  public static ConfigFiles load(
      Path directory,
      Map<String, String> environment,
      CredentialsUse use,
      Set<OptionalPart> wired,
      LocalDate today,
      Problems problems) {
    return load(FileTexts.of(directory), environment, use, wired, today, problems);
  }

  /** The same of texts that may stand in place of files. */
  public static ConfigFiles load(
      FileTexts texts,
      Map<String, String> environment,
      CredentialsUse use,
      Set<OptionalPart> wired,
      LocalDate today,
      Problems problems) {
    Optional<ConfigNode> written =
        optional(texts, ShippedConfig.ENGINE, "the defaults hold", problems);
    EngineSettings engine =
        written
            .map(tree -> References.resolve(tree, environment, problems))
            .map(tree -> EngineSettings.read(Settings.of("", tree, problems), wired))
            .orElse(EngineSettings.DEFAULTS);
    AccountsFile accounts =
        texts
            .read(ShippedConfig.ACCOUNTS, problems)
            .map(tree -> AccountsFile.read(tree, environment, use, problems))
            .orElse(new AccountsFile(Optional.empty(), List.of()));
    ConfigNode riskConfig = riskConfig(texts, environment, problems);
    Holidays holidays = read(texts.read(ShippedConfig.HOLIDAYS, problems), environment, problems);
    HolidaysFile.warnIfOutdated(holidays, today, ShippedConfig.HOLIDAYS, problems);
    return new ConfigFiles(engine, written, accounts, riskConfig, holidays);
  }

  /** {@code risk_config.yaml} alone, which must be there; an empty tree when it cannot be read. */
  public static ConfigNode riskConfig(
      Path directory, Map<String, String> environment, Problems problems) {
    return riskConfig(FileTexts.of(directory), environment, problems);
  }

  private static ConfigNode riskConfig(
      FileTexts texts, Map<String, String> environment, Problems problems) {
    return texts
        .read(ShippedConfig.RISK_CONFIG, problems)
        .map(tree -> References.resolve(tree, environment, problems))
        .orElse(new ConfigNode.Mapping(new Place(ShippedConfig.RISK_CONFIG, 1, 1), List.of()));
  }

  /** {@code holidays.yaml} alone; the shipped ones when it is not there. */
  public static Holidays holidays(
      Path directory, Map<String, String> environment, LocalDate today, Problems problems) {
    Holidays holidays = holidays(directory, environment, problems);
    HolidaysFile.warnIfOutdated(holidays, today, ShippedConfig.HOLIDAYS, problems);
    return holidays;
  }

  /** The same, whatever year it is. */
  public static Holidays holidays(
      Path directory, Map<String, String> environment, Problems problems) {
    FileTexts texts = FileTexts.of(directory);
    return read(
        optional(texts, ShippedConfig.HOLIDAYS, "the shipped holidays hold", problems),
        environment,
        problems);
  }

  private static Holidays read(
      Optional<ConfigNode> file, Map<String, String> environment, Problems problems) {
    return file.map(tree -> References.resolve(tree, environment, problems))
        .map(tree -> HolidaysFile.read(Settings.of("", tree, problems)))
        .orElseGet(ShippedConfig::holidays);
  }

  private static Optional<ConfigNode> optional(
      FileTexts texts, String name, String otherwise, Problems problems) {
    if (texts.has(name)) {
      return texts.read(name, problems);
    }
    problems.warning(
        new Place(name, 0, 0),
        "",
        "the file is missing: " + texts.directory().resolve(name) + "; " + otherwise);
    return Optional.empty();
  }
}
