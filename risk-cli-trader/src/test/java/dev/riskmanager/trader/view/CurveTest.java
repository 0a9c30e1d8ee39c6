package dev.riskmanager.trader.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.Samples;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static List<CurvePoint> points(String... totals) {
    List<CurvePoint> points = new ArrayList<>();
    for (String total : totals) {
      points.add(
          new CurvePoint(
              Samples.NOW.minusSeconds(60L * (totals.length - points.size())),
              new BigDecimal(total)));
    }
    return points;
  }

  private static List<String> drawn(int columns, int rows, String... totals) {
    return Curve.withScale(points(totals), Samples.NOW, columns, rows, Glyphs.UNICODE).stream()
        .map(Line::text)
        .toList();
  }

  @Test
  void itsEndsAndItsNewestPointStandBesideIt() {
    assertThat(drawn(24, 3, "0.00", "85.49", "-322.50", "-12.00"))
        .hasSize(3)
        .allMatch(line -> line.length() == 24)
        .satisfiesExactly(
            high -> assertThat(high).endsWith(" high +85"),
            now -> assertThat(now).endsWith("  now -12"),
            low -> assertThat(low).endsWith(" low -323"));
    assertThat(drawn(24, 2, "10", "-10")).first().asString().endsWith("high +10");
    assertThat(drawn(20, 1, "0", "85", "-322")).singleElement().asString().endsWith(" +85/-322");
  }

  @Test
  void withoutRoomOrPointsThereIsNoScale() {
    assertThat(drawn(12, 1, "0", "85", "-322")).singleElement().asString().doesNotContain("85");
    assertThat(drawn(20, 2, "5")).containsExactly("", "");
  }
}
