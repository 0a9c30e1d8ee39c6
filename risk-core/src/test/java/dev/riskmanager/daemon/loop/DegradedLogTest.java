package dev.riskmanager.daemon.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.world.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rule that has no price says so, once, and says when it has one again. */
class DegradedLogTest {
  private static final String LOST = "warn RULE-004 DEGRADED on account 1: no fresh price for NQ";
  private static final String BACK = "info RULE-004 judges account 1 again";

  private final World world =
      new World("{max_contracts: {limit: 9}, daily_unrealized_loss: {limit: -300}}");
  private final List<String> lines = new ArrayList<>();
  private final DegradedLog log =
      new DegradedLog(text -> lines.add("warn " + text), text -> lines.add("info " + text));

  private List<String> at(String time) {
    lines.clear();
    world.clock(time);
    log.look(world.state());
    return List.copyOf(lines);
  }

  @Test
  void itTellsOfThePriceThatIsMissingAndOfItsReturn() {
    assertThat(at("14:00:01")).isEmpty();
    world.position("NQ", 1, "21000");
    assertThat(at("14:00:02")).containsExactly(LOST);
    assertThat(at("14:00:03")).isEmpty();
    world.quote("NQ", "21000");
    assertThat(at("14:00:03.500")).isEmpty(); // it looks once a second
    assertThat(at("14:00:04")).containsExactly(BACK);
    assertThat(at("14:00:08")).isEmpty();
    // A quiet market is told of once a minute.
    assertThat(at("14:00:09")).isEmpty();
    assertThat(at("14:01:01.999")).isEmpty();
    assertThat(at("14:01:03")).containsExactly(LOST);
    world.position("NQ", 0, "0");
    assertThat(at("14:01:04")).containsExactly(BACK);
  }

  @Test
  void beforeTheVenueHasToldAnythingThereIsNothingToTell() {
    world.restart();
    assertThat(at("14:00:10")).isEmpty();
  }
}
