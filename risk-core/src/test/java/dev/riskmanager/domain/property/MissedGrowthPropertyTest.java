package dev.riskmanager.domain.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.world.Rest;
import dev.riskmanager.domain.world.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Positions are the same with and without a gap in which a lockout ends. The trader opens on one
 * side of a contract only and closes all of it: with anything else it is not said which of the
 * contracts he would have had.
 */
class MissedGrowthPropertyTest {
  private static final String COOLDOWN =
      "cooldown_after_loss: {loss_thresholds: [{loss_amount: -100, cooldown_duration: 60}]}\n";

  /**
   * @param second from 14:00 on; the lockout ends at 60, what is before 50 is told
   * @param size contracts that are opened; 0 closes all there are
   */
  record Act(int second, String symbol, long size) {}

  /** What the venue holds of each symbol, since when. */
  private static final class Venue {
    private final World world;
    private final Map<String, Long> held = new TreeMap<>();
    private final Map<String, String> since = new TreeMap<>();

    Venue(World world) {
      this.world = world;
    }

    long held(String symbol) {
      return held.getOrDefault(symbol, 0L);
    }

    String since(String symbol) {
      return since.getOrDefault(symbol, "");
    }

    void change(String symbol, long size, String time) {
      if (held(symbol) == 0) {
        since.put(symbol, time);
      }
      held.merge(symbol, size, Long::sum);
    }

    /** Tells a trade and its position, and does at once what is decided about it. */
    void tell(String symbol, long size, boolean closes, String time) {
      world.takePrinted();
      change(symbol, size, time);
      var trade = world.trade(symbol, size);
      (closes ? trade.pnl("0") : trade).send();
      List<Decision> decided = new ArrayList<>(world.decisions());
      world.takePrinted();
      if (held(symbol) == 0) {
        world.position(symbol, 0);
      } else {
        world.openedAt(since(symbol), symbol, held(symbol));
      }
      decided.addAll(world.decisions());
      obey(decided, time);
    }

    void obey(List<Decision> decided, String time) {
      for (Decision decision : decided) {
        if (decision instanceof Decision.ContractAction action) {
          long target =
              action instanceof Decision.ReducePosition reduce
                  ? Long.signum(held(action.symbol())) * reduce.toSize()
                  : 0;
          if (target != held(action.symbol())) {
            tell(action.symbol(), target - held(action.symbol()), true, time);
          }
        }
      }
    }
  }

  @Provide
  Arbitrary<List<Act>> acts() {
    return Combinators.combine(
            Arbitraries.integers().between(30, 75),
            Arbitraries.of("MNQ", "MNQ", "ES"),
            Arbitraries.longs().between(0, 3))
        .as(Act::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(9)
        .map(
            acts -> {
              List<Act> sorted = new ArrayList<>(acts);
              sorted.sort(Comparator.comparingInt(Act::second));
              return sorted;
            });
  }

  @Property(seed = "20261121", tries = 1500)
  void positionsAreAsWithoutTheGap(
      @ForAll("acts") List<Act> acts, @ForAll boolean closes, @ForAll boolean killed) {
    assertThat(run(acts, closes, true, killed))
        .as("%s, closes %s, killed %s", acts, closes, killed)
        .isEqualTo(run(acts, closes, false, false));
  }

  private static Map<String, Long> run(
      List<Act> acts, boolean closes, boolean gap, boolean killed) {
    World world = new World(COOLDOWN);
    world.flatSnapshot().noTrades().send();
    Venue venue = new Venue(world);
    venue.tell("MNQ", 2, false, "14:00:00");
    if (closes) {

      world.takePrinted();
      world.trade("NQ", -1).pnl("-100").send();
      venue.obey(List.copyOf(world.decisions()), "14:00:00");
      if (venue.held("MNQ") != 0) {
        venue.tell("MNQ", -2, true, "14:00:00");
      }
    } else {
      world.takePrinted();
      world.at("14:00:01").lockUntil("14:01");
    }
    boolean blind = false;
    Rest rest = world.snapshot();
    for (Act act : acts) {
      if (gap && !blind && act.second() >= 50) {
        blind = lose(world, killed);
      }
      String time = time(act.second());
      long held = venue.held(act.symbol());
      long size = act.size() == 0 ? -held : act.symbol().equals("ES") ? -act.size() : act.size();
      if (size != 0 && blind) {
        venue.change(act.symbol(), size, time);
        var trade = world.trade(act.symbol(), size).executed(time);
        rest.trade(act.size() == 0 ? trade.pnl("0") : trade);
      } else if (size != 0) {
        world.at(time);
        venue.tell(act.symbol(), size, act.size() == 0, time);
      }
    }
    if (blind) {
      read(world, venue, rest, killed);
    }
    world.takePrinted();
    venue.held.values().removeIf(size -> size == 0);
    return venue.held;
  }

  private static boolean lose(World world, boolean killed) {
    world.at("14:00:50").takePrinted();
    (killed ? world.restart() : world).disconnected();
    return true;
  }

  private static void read(World world, Venue venue, Rest rest, boolean killed) {
    world.clock("14:01:20").takePrinted();
    venue.held.forEach(
        (symbol, size) -> {
          if (size != 0) {
            rest.opened(venue.since(symbol), symbol, size);
          }
        });

    if (killed) {
      rest.flat().noTrades().listed(true).noOrders().send();
    } else {
      world.reconnected().takePrinted();
      rest.reconcile();
    }
    venue.obey(List.copyOf(world.decisions()), "14:01:20");
  }

  private static String time(int second) {
    return second < 60 ? "14:00:" + second : "14:01:" + (second < 70 ? "0" : "") + (second - 60);
  }
}
