package dev.riskmanager.sim.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PricePathTest {
  private final ContractCatalog catalog = new ContractCatalog();
  private final Contract mnq = catalog.find("MNQ").orElseThrow();
  private final Contract es = catalog.find("ES").orElseThrow();

  private static List<BigDecimal> run(PricePath path, Contract contract, String from, int steps) {
    List<BigDecimal> prices = new ArrayList<>();
    BigDecimal last = new BigDecimal(from);
    for (int i = 0; i < steps; i++) {
      last = path.next(contract, last);
      assertThat(contract.isOnTick(last)).isTrue();
      prices.add(last);
    }
    return prices;
  }

  @Test
  void oneSeedIsOneWalkAndAnotherSeedAnother() {
    List<BigDecimal> first = run(new PricePath.Walk(7), mnq, "29547", 500);
    assertThat(run(new PricePath.Walk(7), mnq, "29547", 500)).isEqualTo(first);
    assertThat(run(new PricePath.Walk(8), mnq, "29547", 500)).isNotEqualTo(first);
    assertThat(run(new PricePath.Walk(7), es, "29547", 500)).isNotEqualTo(first);
  }

  @Test
  void aWalkNeverReachesZero() {
    List<BigDecimal> prices = run(new PricePath.Walk(3), mnq, "0.5", 2_000);
    assertThat(Collections.min(prices)).isPositive();
  }

  @Test
  void theRecordedPathIsTheRecordedBars() {
    List<Bar> bars = Bar.recorded();
    Bar first = bars.getFirst();
    List<BigDecimal> prices =
        run(new PricePath.Recorded(bars), mnq, first.open().toPlainString(), bars.size() * 4 - 1);
    assertThat(prices.get(2)).isEqualByComparingTo(first.close());
    assertThat(prices.getLast()).isEqualByComparingTo(bars.getLast().close());
    BigDecimal highest = bars.stream().map(Bar::high).max(BigDecimal::compareTo).orElseThrow();
    assertThat(Collections.max(prices)).isEqualByComparingTo(highest);
  }

  @Test
  void otherProductsMoveByTheSameFractionAndItStartsOver() {
    List<Bar> bars = Bar.recorded();
    int all = bars.size() * 4 - 1;
    List<BigDecimal> prices = run(new PricePath.Recorded(bars), es, "7000", all + 3);
    BigDecimal expected =
        es.onTick(
            bars.getLast()
                .close()
                .multiply(new BigDecimal("7000"))
                .divide(bars.getFirst().open(), java.math.MathContext.DECIMAL64));
    assertThat(prices.get(all - 1)).isEqualByComparingTo(expected);
    BigDecimal fraction =
        bars.getFirst()
            .close()
            .subtract(bars.getFirst().open())
            .divide(bars.getFirst().open(), java.math.MathContext.DECIMAL64);
    BigDecimal again = prices.get(all + 2).subtract(prices.get(all - 1));
    assertThat(again.signum()).isEqualTo(es.onTick(expected.multiply(fraction)).signum());
  }

  @Test
  void aPriceSetByHandIsWhereThePathGoesOn() {
    PricePath path = new PricePath.Recorded(Bar.recorded());
    path.next(mnq, new BigDecimal("29547"));
    BigDecimal next = path.next(mnq, new BigDecimal("10000"));
    assertThat(next).isBetween(new BigDecimal("9950"), new BigDecimal("10050"));
  }

  @Test
  void barsJoinTheRecordedPastAndWhatIsTradedNow() {
    Instant start = Instant.parse("2026-08-19T15:00:30Z");
    List<Instant> now = new ArrayList<>(List.of(start));
    BarHistory history = new BarHistory(catalog, now::getFirst);
    Quote quote = Quote.first(mnq, new BigDecimal("29547"), 1, start);
    history.traded(quote.next(new BigDecimal("29560"), 1, start));
    history.traded(quote.next(new BigDecimal("29540"), 1, start.plusSeconds(10)));
    history.traded(quote.next(new BigDecimal("29550.25"), 1, start.plusSeconds(29)));
    history.traded(quote.next(new BigDecimal("29600"), 1, start.plusSeconds(30)));
    now.set(0, start.plusSeconds(31));
    Instant from = start.minus(Duration.ofMinutes(10));
    Instant to = start.plus(Duration.ofMinutes(10));
    List<Bar> minutes = history.bars(mnq, from, to, BarUnit.MINUTE, 1, 100, false);
    Bar newest = minutes.getFirst();
    assertThat(newest)
        .isEqualTo(
            new Bar(
                Instant.parse("2026-08-19T15:00:00Z"),
                new BigDecimal("29560"),
                new BigDecimal("29560"),
                new BigDecimal("29540"),
                new BigDecimal("29550.25"),
                3));
    assertThat(minutes.get(1).time()).isEqualTo(Instant.parse("2026-08-19T14:59:00Z"));
    assertThat(minutes.get(1).close()).isEqualByComparingTo("29547");
    assertThat(history.bars(mnq, from, to, BarUnit.MINUTE, 1, 100, true).getFirst().close())
        .isEqualByComparingTo("29600");
    assertThat(history.bars(mnq, from, to, BarUnit.MINUTE, 5, 1, false).getFirst().time())
        .isEqualTo(Instant.parse("2026-08-19T14:55:00Z"));
    assertThat(history.bars(mnq, from, to, BarUnit.SECOND, 1, 2, true))
        .extracting(Bar::time)
        .containsExactly(start.plusSeconds(30), start.plusSeconds(29));
  }

  @Test
  void daysBeginWithTheSessionOfTheEveningBefore() {
    Instant wednesday = Instant.parse("2026-08-19T15:00:00Z");
    assertThat(BarUnit.DAY.begin(wednesday, 1)).isEqualTo("2026-08-18T22:00:00Z");
    assertThat(BarUnit.DAY.begin(Instant.parse("2026-08-19T21:59:59Z"), 1))
        .isEqualTo("2026-08-18T22:00:00Z");
    assertThat(BarUnit.DAY.begin(Instant.parse("2026-08-19T22:00:00Z"), 1))
        .isEqualTo("2026-08-19T22:00:00Z");
    assertThat(BarUnit.WEEK.begin(wednesday, 1)).isEqualTo("2026-08-16T22:00:00Z");
    assertThat(BarUnit.MONTH.begin(wednesday, 1)).isEqualTo("2026-07-31T22:00:00Z");
  }
}
