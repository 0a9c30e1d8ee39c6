package dev.riskmanager.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.world.World;
import dev.riskmanager.wire.CurveView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveKeeperTest {
  @TempDir Path directory;
  private final World world = new World("");
  private Path file;

  @BeforeEach
  void home() {
    file = directory.resolve("pnl_curve.json");
  }

  private CurveKeeper keeper() {
    return new CurveKeeper(world::state, world::now, file);
  }

  private static CurveView.AccountCurve only(CurveKeeper keeper) {
    return keeper.view(OptionalLong.empty()).accounts().getFirst();
  }

  private void tradesAndPrices(CurveKeeper keeper) {
    world.at("10:00:00").position("MNQ", 1, "21000").quote("MNQ", "21000.00");
    keeper.sample();
    world.at("10:00:02").quote("MNQ", "20990.00");
    keeper.sample();
    world.at("10:00:04").quote("MNQ", "21005.00");
    keeper.sample();
  }

  @Test
  void theOpenProfitIsPartOfIt() {
    CurveKeeper keeper = keeper();

    tradesAndPrices(keeper);

    CurveView.AccountCurve curve = only(keeper);
    assertThat(curve.accountId()).isEqualTo(World.ME.value());
    assertThat(curve.tradingDay()).isEqualTo(World.DAY);
    assertThat(curve.points())
        .extracting(CurveView.CurvePointView::total)
        .containsExactly("0.00", "-20.00", "10.00");
    assertThat(curve.points().getLast().t()).isEqualTo(world.instant("10:00:04"));
  }

  @Test
  void whatIsNotKnownIsNoPoint() {
    CurveKeeper keeper = keeper();
    keeper.sample();
    world.at("10:00:00").position("MNQ", 1, "21000");
    keeper.sample();

    assertThat(only(keeper).points()).isEmpty();
  }

  @Test
  void aRestartGoesOn() throws IOException {
    CurveKeeper keeper = keeper();
    tradesAndPrices(keeper);
    keeper.save();
    CurveView before = keeper.view(OptionalLong.empty());

    CurveKeeper next = CurveKeeper.of(world::state, world::now, file);

    assertThat(next.view(OptionalLong.empty())).isEqualTo(before);
    Files.delete(file);
    next.save();
    assertThat(file).doesNotExist();
  }

  @Test
  void theNextDayBeginsEmpty() {
    CurveKeeper keeper = keeper();
    tradesAndPrices(keeper);
    world.clock("22:00:01");

    assertThat(only(keeper).points()).isEmpty();
    assertThat(only(keeper).tradingDay()).isEqualTo(LocalDate.parse("2025-11-01"));
    keeper.sample();
    assertThat(only(keeper).points()).hasSizeLessThan(2);
  }

  @Test
  void aBrokenFileIsNoReasonToStop() throws IOException {
    for (String text : new String[] {"", "{\"accounts\":[{\"points\":[{}]}]}", "[]", "no json"}) {
      Files.writeString(file, text);

      CurveKeeper keeper = CurveKeeper.of(world::state, world::now, file);

      assertThat(only(keeper).points()).as(text).isEmpty();
    }
  }

  @Test
  void anotherAccountIsNotAmongThem() {
    assertThat(keeper().view(OptionalLong.of(4711)).accounts()).isEmpty();
  }
}
