package dev.riskmanager.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultDeckTest {

  @ParameterizedTest
  @CsvSource({
    "1,1,true",
    "2,7,true",
    "3,1,true",
    "4,3,true",
    "10,1,true",
    "500,9,true",
    "3,5,false"
  })
  void theRoundsOfARunHaveEachKindTogether(long rounds, long from, boolean clock) {
    int least = FaultDeck.least(rounds, clock);
    Set<FaultKind> met = EnumSet.noneOf(FaultKind.class);
    for (long seed = from; seed < from + rounds; seed++) {
      FaultDeck deck = new FaultDeck(seed, least, clock);
      for (int i = 0; i < least; i++) {
        met.add(deck.next());
      }
    }
    Set<FaultKind> all = EnumSet.allOf(FaultKind.class);
    all.removeIf(kind -> !clock && kind.isOfTheClock());
    assertThat(met).isEqualTo(all);
  }

  @ParameterizedTest
  @CsvSource({"3,5", "8,19"})
  void noneComesAgainBeforeAllHaveCome(long seed, int first) {
    FaultDeck deck = new FaultDeck(seed, first, true);
    Set<FaultKind> met = EnumSet.noneOf(FaultKind.class);
    for (int i = 0; i < FaultKind.values().length; i++) {
      assertThat(met.add(deck.next())).isTrue();
    }
  }
}
