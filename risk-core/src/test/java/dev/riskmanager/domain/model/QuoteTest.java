package dev.riskmanager.domain.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mark: what a position is valued at. */
class QuoteTest {
  private static final ContractId NQ = new ContractId("CON.F.US.ENQ.Z25");
  private static final Instant T = Instant.parse("2025-10-31T14:00:00Z");

  private static Optional<Price> price(@Nullable String text) {
    return Optional.ofNullable(text).map(Price::of);
  }

  private static Quote quote(@Nullable String last, @Nullable String bid, @Nullable String ask) {
    return Quote.unknown(NQ).merge(price(last), price(bid), price(ask), T);
  }

  @ParameterizedTest
  @CsvSource({
    // last inside, at either end, outside
    "21000.25, 21000, 21000.5, 21000.25",
    "20999,    20999, 20999.25, 20999",
    "21003.25, 21003, 21003.25, 21003.25",
    "20100,    20990, 20990.25, 20990",
    "22100,    20980, 20980.25, 20980.25",
    // bid and ask at the same price
    "100,      101,   101,     101",
    // without a last price, or with one of zero: the middle
    ",         21000, 21000.5, 21000.25",
    "0,        20000, 20000.25, 20000.125",
    ",         0.006701, 0.0067015, 0.00670125",
    ",         -37.65, -37.61, -37.63",
    // crossed: the last price as it is; without one the middle all the same
    "20500,    20600, 20400, 20500",
    "20700,    20600, 20400, 20700",
    ",         20600, 20400, 20500",
    // one side alone bounds nothing
    "20100,    20990, ,      20100",
    "20200,    ,      20100, 20200",
    "20300,    0,     20100, 20300",
    "20400,    ,      ,      20400"
  })
  void theMark(@Nullable String last, @Nullable String bid, @Nullable String ask, String expected) {
    assertThat(quote(last, bid, ask).mark()).contains(new Mark(Price.of(expected), T));
  }

  @ParameterizedTest
  @CsvSource({", , ", "0, 0, 0", ", 21000, ", ", , 21000", "0, 21000, 0", ", -5, 5"})
  void noMark(@Nullable String last, @Nullable String bid, @Nullable String ask) {
    assertThat(quote(last, bid, ask).mark()).isEmpty();
  }

  @Test
  void aSparseQuoteChangesOnlyWhatItCarries() {
    Quote first = quote("21000", "20999.75", "21000.25");
    Instant later = T.plusMillis(40);
    Quote second = first.merge(Optional.empty(), price("20990"), price("20990.5"), later);
    assertThat(second.last()).isEqualTo(price("21000"));
    assertThat(second.mark()).contains(new Mark(Price.of("20990.5"), later));
    Quote third = second.merge(price("20990.25"), Optional.empty(), price("0"), later);
    assertThat(third.mark()).contains(new Mark(Price.of("20990.25"), later));
    assertThat(third.ask()).isEqualTo(price("20990.5"));
  }

  @Test
  void whicheverLastPriceArrivedLaterCounts() {
    Quote traded = quote("21000", null, null).merge(price("21001"), price(null), price(null), T);
    assertThat(traded.mark().orElseThrow().price()).isEqualTo(Price.of("21001"));
    Quote quoted = traded.merge(price("20998"), price(null), price(null), T);
    assertThat(quoted.mark().orElseThrow().price()).isEqualTo(Price.of("20998"));
  }
}
