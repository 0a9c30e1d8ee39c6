package dev.riskmanager.daemon.config;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.domain.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The samples of {@code config/}, as they were when this version was built. */
public final class ShippedConfig {
  public static final String ENGINE = "engine.yaml";
  public static final String ACCOUNTS = "accounts.yaml";
  public static final String RISK_CONFIG = "risk_config.yaml";
  public static final String HOLIDAYS = "holidays.yaml";

  /** The four files of a configuration. */
  public static final List<String> FILES = List.of(ENGINE, ACCOUNTS, RISK_CONFIG, HOLIDAYS);

  private static final String RESOURCES = "/dev/riskmanager/config/";

  private ShippedConfig() {}

  /**
   * The text of a sample.
   *
   * @param file one of {@link #FILES}
   */
  public static String text(String file) {
    try (InputStream in = ShippedConfig.class.getResourceAsStream(RESOURCES + file)) {
      if (in == null) {
        throw new IllegalStateException("the program is incomplete: " + file + " is not in it");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The shipped holidays, for a configuration without its own. */
  public static Holidays holidays() {
    Problems problems = new Problems();
    ConfigNode tree = YamlFile.parse(HOLIDAYS, text(HOLIDAYS), problems).orElseThrow();
    Holidays holidays = HolidaysFile.read(Settings.of("", tree, problems));
    if (problems.hasErrors()) {
      throw new IllegalStateException("the shipped holidays are wrong: " + problems.errors());
    }
    return holidays;
  }
}
