package dev.riskmanager.domain.property;

import dev.riskmanager.domain.property.Move.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Where the properties get their scenarios from. */
abstract class Scenarios {
  /**
   * A build is the same every time; more tries go on from there: {@code
   * -Djqwik.tries.default=20000}.
   */
  static final String SEED = "20251031";

  static final int LONGEST = 60;

  /** A Friday's morning, the evening before a short day, and just before the clocks go back. */
  private static final List<Instant> STARTS =
      List.of(
          Instant.parse("2025-10-31T14:00:00Z"),
          Instant.parse("2025-11-26T19:40:00Z"),
          Instant.parse("2025-11-01T18:00:00Z"));

  @Provide
  Arbitrary<Scenario> scenarios() {
    return scenarios(RuleTexts.any());
  }

  static Arbitrary<Scenario> scenarios(Arbitrary<String> rules) {
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(6, STARTS.get(0)), Tuple.of(1, STARTS.get(1)), Tuple.of(1, STARTS.get(2))),
            rules,
            Arbitraries.of(true, false),
            moves()
                .list()
                .ofMinSize(1)
                .ofMaxSize(LONGEST)
                .withSizeDistribution(RandomDistribution.uniform()))
        .as(Scenario::new);
  }

  static Arbitrary<Move> moves() {
    Arbitrary<Long> account = Arbitraries.frequency(Tuple.of(4, 1L), Tuple.of(1, 2L));
    Arbitrary<String> contract =
        Arbitraries.frequency(
            Tuple.of(12, "MNQ"),
            Tuple.of(3, "ES"),
            Tuple.of(1, "MNQ.H26"),
            Tuple.of(1, "RTY"),
            Tuple.of(1, "XYZ"));
    Arbitrary<Integer> nth = Arbitraries.integers().between(0, 5);
    Arbitrary<Long> size =
        Arbitraries.frequencyOf(
            Tuple.of(5, Arbitraries.longs().between(-2, 2).filter(n -> n != 0)),
            Tuple.of(1, Arbitraries.longs().between(-7, 7).filter(n -> n != 0)));
    return Arbitraries.frequencyOf(
        Tuple.of(
            10,
            Combinators.combine(account, contract, size, Arbitraries.of(Report.class))
                .as(Move.Deal::new)),
        Tuple.of(9, Combinators.combine(contract, ticks()).as(Move.Tick::new)),
        Tuple.of(5, Combinators.combine(account, contract).as(Move.Leave::new)),
        Tuple.of(4, time().map(Move.Pass::new)),
        Tuple.of(
            3,
            Combinators.combine(
                    account,
                    contract,
                    Arbitraries.integers().between(1, 60),
                    Arbitraries.longs().between(-1, 3))
                .as(Move.Protect::new)),
        Tuple.of(2, Combinators.combine(account, contract, size).as(Move.Wait::new)),
        Tuple.of(
            2, Combinators.combine(account, nth, Arbitraries.of(true, false)).as(Move.Fill::new)),
        Tuple.of(1, Combinators.combine(account, nth).as(Move.Cancel::new)),
        Tuple.of(
            1,
            Combinators.combine(account, nth, Arbitraries.longs().between(1, 8))
                .as(Move.Resize::new)),
        Tuple.of(
            1, Combinators.combine(account, Arbitraries.of(false, true)).as(Move.Permission::new)),
        Tuple.of(
            1,
            Arbitraries.frequency(Tuple.of(5, -1L), Tuple.of(1, 1L), Tuple.of(1, 2L))
                .map(Move.Reconcile::new)),
        Tuple.of(2, admin(account)),
        Tuple.of(2, nth.map(Move.Again::new)),
        Tuple.of(1, Combinators.combine(account, nth).as(Move.TakeBack::new)),
        Tuple.of(1, time().map(Move.Outage::new)));
  }

  private static Arbitrary<Move> admin(Arbitrary<Long> account) {
    Arbitrary<String> rule =
        Arbitraries.of("", "", "RULE-003", "RULE-006", "RULE-007", "RULE-009", "MANUAL");
    return Arbitraries.frequencyOf(
        Tuple.of(3, Combinators.combine(account, rule).as(Move.Unlock::new)),
        Tuple.of(
            1,
            Combinators.combine(account, Arbitraries.integers().between(1, 90))
                .as((id, minutes) -> new Move.Lock(id, Duration.ofMinutes(minutes)))),
        Tuple.of(1, account.map(Move.Flatten::new)));
  }

  private static Arbitrary<Integer> ticks() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, Arbitraries.integers().between(-12, 12)),
        Tuple.of(1, Arbitraries.integers().between(-150, 150)));
  }

  private static Arbitrary<Duration> time() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.integers().between(50, 1500).map(Duration::ofMillis)),
        Tuple.of(4, Arbitraries.integers().between(2, 70).map(Duration::ofSeconds)),
        Tuple.of(2, Arbitraries.integers().between(5, 90).map(Duration::ofMinutes)),
        Tuple.of(1, Arbitraries.integers().between(3, 30).map(Duration::ofHours)));
  }
}
