package dev.riskmanager.daemon.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import dev.riskmanager.wire.EntriesView;
import dev.riskmanager.wire.EntryBlockView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntriesViewsTest extends WorldTest {
  private final EntriesViews views = new EntriesViews();

  private @Nullable EntriesView of(World world) {
    return views.of(world.state(), world.books(), world.now());
  }

  private String shortly(World world) {
    EntriesView view = of(world);
    return view == null
        ? "nobody can tell"
        : view.state()
            + " "
            + view.open()
            + " "
            + view.blocked().stream().map(EntryBlockView::symbol).toList();
  }

  @Test
  void whetherItMayBeTradedInOneWord() {
    String limits = "max_contracts_per_instrument: {limits: {ES: 1}, unknown_symbol_action: ";
    assertThat(shortly(new World("").clock("14:00"))).isEqualTo("OPEN [] []");
    assertThat(shortly(new World(limits + "allow}\n").clock("14:00"))).isEqualTo("OPEN [ES] []");
    World partly = new World(limits + "block}\n").clock("14:00");
    assertThat(shortly(partly)).isEqualTo("PARTLY [ES] [null]");
    partly.position("ES", 1);
    assertThat(shortly(partly)).isEqualTo("BLOCKED [] [ES, null]");
    partly.lockUntil("15:00").takePrinted();
    assertThat(shortly(partly)).isEqualTo("BLOCKED [] [null]");
    assertThat(shortly(new World("").clock("14:00").restart())).isEqualTo("nobody can tell");
  }

  @Test
  void theCoreIsAskedAnewWhenTheAccountHasChangedAndOnceASecond() {
    World world = new World("max_contracts: {limit: 1}\n").clock("14:00");
    EntriesView first = of(world);
    assertThat(of(world.at("14:00:00.999"))).isSameAs(first);
    assertThat(of(world.at("14:00:01"))).isNotSameAs(first).isEqualTo(first);
    world.position("MNQ", 1);
    assertThat(of(world)).isNotEqualTo(first);
  }
}
