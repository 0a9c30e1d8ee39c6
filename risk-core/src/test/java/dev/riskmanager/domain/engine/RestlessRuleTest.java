package dev.riskmanager.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.model.RuleId;
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
import dev.riskmanager.domain.rule.catalog.MaxContracts;
import dev.riskmanager.domain.state.Episode;
import dev.riskmanager.domain.timer.Timer;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule that asks to be woken at a time that is not to come holds up nothing. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestlessRuleTest extends WorldTest {

  /**
   * Wants to be woken whenever it is asked.
   *
   * @param ahead of now
   */
  private record Restless(Duration ahead) implements RiskRule {
    @Override
    public RuleId id() {
      return new RuleId(0, "restless");
    }

    @Override
    public RulePolicy policy() {
      return RulePolicy.PLAIN;
    }

    @Override
    public Set<Trigger> triggers() {
      return EnumSet.of(Trigger.POSITION, Trigger.TIMER, Trigger.REVIEW);
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
      Instant due = input.now().plus(ahead);
      return new Verdict.Builder().remember("asked", 1).wake("again", due).build();
    }

    @Override
    public Reading read(RuleInput input) {
      return Reading.of("", "", 0);
    }
  }

  private static World world(Duration ahead) {
    RiskRule limit = new MaxContracts(RulePolicy.PLAIN, 2, true, Response.ALERT);
    return new World(
        RuleSet.of(GeneralSettings.DEFAULTS, List.of(limit, new Restless(ahead))), "14:00");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, -3_600_000_000_000L})
  void aWakeThatIsNotToComeIsAFailureOfItsRule(long ahead) {
    World world = world(Duration.ofNanos(ahead));
    world.position("MNQ", 1);
    List<Step.RuleFailure> failures = world.takeFailures();
    assertThat(failures).hasSize(1);
    assertThat(failures.getFirst().rule().key()).isEqualTo("restless");
    assertThat(failures.getFirst().error())
        .hasMessageContaining("again")
        .hasMessageContaining("woken");
    Timer timer = world.books().timers().values().getFirst();
    assertThat(timer.deadline()).isEqualTo(world.instant("14:00:01"));
    assertThat(world.books().memory().size()).as("what it remembered").isEqualTo(1);
    world.at("14:05").position("MNQ", 3).expect("violation 001", "alert 001");
    assertThat(world.takeFailures()).as("once in a step, not once a second").hasSize(1);
  }

  @Test
  void aWakeThatIsToComeIsNone() {
    World world = world(Duration.ofSeconds(1));
    world.position("MNQ", 1);
    assertThat(world.takeFailures()).isEmpty();
    assertThat(world.books().timers().values().getFirst().deadline())
        .isEqualTo(world.instant("14:00:01"));
  }
}
