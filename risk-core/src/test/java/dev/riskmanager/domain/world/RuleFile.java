package dev.riskmanager.domain.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.calendar.Holidays;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.settings.ConfigNode;
import dev.riskmanager.domain.settings.Problems;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Rules from YAML text, without the places that the real reader keeps. */
public final class RuleFile {
  private static final ConfigNode.Place NOWHERE = new ConfigNode.Place("test", 0, 0);

  /** Thanksgiving, closed; the day after, closed early at 12:15 Chicago; Christmas, closed. */
  public static final Holidays HOLIDAYS =
      new Holidays(
          new TreeSet<>(List.of(LocalDate.of(2025, 11, 27), LocalDate.of(2025, 12, 25))),
          new TreeMap<>(
              Map.of(
                  LocalDate.of(2025, 11, 28),
                  new Holidays.EarlyClose(
                      LocalDate.of(2025, 11, 28),
                      LocalTime.of(12, 15),
                      ZoneId.of("America/Chicago")))));

  private RuleFile() {}

  /** The rules of a text that must be right. */
  public static RuleSet rules(String yaml) {
    Problems problems = new Problems();
    RuleSet rules = read(yaml, problems);
    assertThat(problems.errors()).as("problems of %s", yaml).isEmpty();
    return rules;
  }

  /** The tree of a text, which must be YAML. */
  public static ConfigNode tree(String yaml) {
    LoadSettings settings = LoadSettings.builder().setSchema(new FailsafeSchema()).build();
    return node(yaml.isBlank() ? Map.of() : new Load(settings).loadFromString(yaml));
  }

  /** The rules of a text that may be warned about. */
  public static RuleSet rulesWithWarnings(String yaml) {
    Problems problems = new Problems();
    RuleSet rules = read(yaml, problems);
    assertThat(problems.all()).as("problems of %s", yaml).allMatch(Problems.Problem::warning);
    return rules;
  }

  /** What is wrong with a text, one line each. */
  public static List<String> problems(String yaml) {
    Problems problems = new Problems();
    read(yaml, problems);
    return problems.all().stream()
        .map(p -> (p.warning() ? "warning " : "") + p.path() + ": " + p.message())
        .toList();
  }

  private static RuleSet read(String yaml, Problems problems) {
    return RuleCatalog.read(tree(yaml), HOLIDAYS, problems);
  }

  private static ConfigNode node(Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> {
        List<ConfigNode.Entry> entries = new ArrayList<>();
        map.forEach(
            (key, value) ->
                entries.add(new ConfigNode.Entry(NOWHERE, key.toString(), node(value))));
        yield new ConfigNode.Mapping(NOWHERE, entries);
      }
      case List<?> list ->
          new ConfigNode.Sequence(NOWHERE, list.stream().map(RuleFile::node).toList());
      default -> new ConfigNode.Scalar(NOWHERE, tree.toString(), false);
    };
  }
}
