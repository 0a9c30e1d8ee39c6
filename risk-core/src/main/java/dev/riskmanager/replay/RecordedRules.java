package dev.riskmanager.replay;

import dev.riskmanager.domain.engine.RuleBook;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.catalog.RuleCatalog;
import dev.riskmanager.domain.settings.Problems;
import dev.riskmanager.recording.RecordingFormat.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Tells when the given rules are not those that a recording was made under: then its decisions are
 * what would have been, not what was. What the rules mean is compared, not how they were written.
 */
final class RecordedRules implements Lane {
  private final RuleBook given;
  private final Rules before;
  private final Lane lane;
  private final Consumer<String> tell;

  /**
   * Makes a lane that passes everything on.
   *
   * @param given the rules of {@code --config}
   * @param before where a recorded rule set says nothing of the holidays
   */
  RecordedRules(RuleBook given, Rules before, Lane lane, Consumer<String> tell) {
    this.given = given;
    this.before = before;
    this.lane = lane;
    this.tell = tell;
  }

  @Override
  public boolean take(Line line) {
    JsonNode rules = line.data().path("rules");
    if (line.event().equals("EngineStarted") && rules.isObject()) {
      compare(rules, line);
    }
    return lane.take(line);
  }

  private void compare(JsonNode rules, Line line) {
    Problems problems = new Problems();
    RuleBook recorded = ConfigChange.read(rules, before, problems).book(problems);
    if (problems.hasErrors()) {
      tell.accept("warning: the rules of the recording cannot be compared with those of --config");
      return;
    }
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < recorded.accounts().size(); i++) {
      AccountId account = recorded.accounts().keyAt(i);
      String what = difference(recorded.accounts().valueAt(i), given.of(account));
      if (!what.isEmpty()) {
        differences.add("account " + account + ": " + what);
      }
    }
    if (!differences.isEmpty()) {
      String hash = line.data().path("configHash").asString("");
      tell.accept(
          "warning: recorded under other rules than those of --config"
              + (hash.isEmpty() ? "" : " (" + hash + ")")
              + "; "
              + String.join("; ", differences)
              + ". Leave out --config to replay what was decided");
    }
  }

  private static String difference(RuleSet recorded, Optional<RuleSet> other) {
    if (other.isEmpty()) {
      return "is not among the accounts of --config";
    }
    List<String> differ = new ArrayList<>();
    if (!recorded.general().equals(other.get().general())) {
      differ.add("general");
    }
    for (RuleId id : RuleCatalog.ids()) {
      if (!recorded.rule(id).equals(other.get().rule(id))) {
        differ.add(id.toString());
      }
    }
    return differ.isEmpty() ? "" : String.join(", ", differ) + " differ";
  }

  @Override
  public long decisions() {
    return lane.decisions();
  }
}
