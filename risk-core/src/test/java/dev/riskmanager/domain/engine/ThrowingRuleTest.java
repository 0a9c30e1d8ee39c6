package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.rule.GeneralSettings;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.rule.Response;
import dev.riskmanager.domain.rule.RiskRule;
import dev.riskmanager.domain.rule.RuleInput;
import dev.riskmanager.domain.rule.RulePolicy;
import dev.riskmanager.domain.rule.RuleSet;
import dev.riskmanager.domain.rule.Strictness;
import dev.riskmanager.domain.rule.Trigger;
import dev.riskmanager.domain.rule.Verdict;
import dev.riskmanager.domain.rule.Violation;
import dev.riskmanager.domain.rule.catalog.MaxContracts;
import dev.riskmanager.domain.state.Episode;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One rule's failure never stops another, and is neither a pass nor a violation. */
class ThrowingRuleTest extends WorldTest {

  /** Finds a breach in every position and fails when it is four contracts. */
  private record Fragile(RuleId id) implements RiskRule {
    @Override
    public RulePolicy policy() {
      return RulePolicy.PLAIN;
    }

    @Override
    public Set<Trigger> triggers() {
      return EnumSet.of(Trigger.POSITION, Trigger.REVIEW);
    }

    @Override
    public Episode.Ends episodeEnds() {
      return Episode.Ends.WHEN_CLEARED;
    }

    @Override
    public Strictness strictness() {
      return Strictness.NONE;
    }

    @Override
    public Verdict evaluate(RuleInput input) {
      long held = input.account().holding(World.id("MNQ")).signedSize();
      if (held == 4) {
        throw new IllegalStateException("four");
      }
      return held == 0
          ? Verdict.NONE
          : new Verdict.Builder()
              .remember("held", held)
              .add(Violation.of(Violation.Scope.ACCOUNT, held, "", "", "fragile", Response.ALERT))
              .build();
    }

    @Override
    public Reading read(RuleInput input) {
      return Reading.of("", "", 0);
    }
  }

  private static World world() {
    RiskRule limit = new MaxContracts(RulePolicy.PLAIN, 2, true, Response.ALERT);
    Fragile before = new Fragile(new RuleId(0, "fragile_before"));
    return new World(RuleSet.of(GeneralSettings.DEFAULTS, List.of(limit, before)), "14:00");
  }

  @Test
  void theOthersAreAskedAllTheSame() {
    World world = world();
    world.position("MNQ", 4).expect("violation 001", "alert 001");
    List<Step.RuleFailure> failures = world.takeFailures();
    assertThat(failures).hasSize(1);
    assertThat(failures.getFirst().rule().key()).isEqualTo("fragile_before");
    assertThat(failures.getFirst().account()).isEqualTo(World.ME);
    assertThat(failures.getFirst().error()).hasMessage("four");
  }

  @Test
  void aFailureNeitherEndsAnEpisodeNorForgets() {
    World world = world();
    world.position("MNQ", 1).expect("violation MANUAL", "alert MANUAL");
    var before = world.books();
    world.position("MNQ", 4).expect("violation 001", "alert 001");
    assertThat(world.takeFailures()).hasSize(1);
    assertThat(world.books().memory()).isEqualTo(before.memory());
    Table<Episode.Key, Episode> episodes = world.books().episodes();
    Episode.Key key = before.episodes().keyAt(0);
    assertThat(episodes.get(key)).isEqualTo(before.episodes().get(key));
  }

  @Test
  void itIsAskedAgainAtTheNextEvent() {
    World world = world();
    world.position("MNQ", 4).expect("violation 001", "alert 001");
    assertThat(world.takeFailures()).hasSize(1);
    world.position("MNQ", 1).expect("violation MANUAL", "alert MANUAL");
  }
}
