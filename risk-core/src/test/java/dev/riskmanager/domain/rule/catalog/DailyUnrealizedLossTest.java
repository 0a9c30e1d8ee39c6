package dev.riskmanager.domain.rule.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.domain.decision.Decision;
import dev.riskmanager.domain.rule.Reading;
import dev.riskmanager.domain.world.RuleFile;
import dev.riskmanager.domain.world.World;
import dev.riskmanager.domain.world.WorldTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RULE-004: the open loss of a position, or of the account. */
class DailyUnrealizedLossTest extends WorldTest {
  private static World world(String section) {
    return new World("daily_unrealized_loss: {" + section + "}");
  }

  private static Reading reading(World world) {
    return world.reading("004");
  }

  /** One NQ from 21000: 20 dollars a point, so 15 points are the limit. */
  private static World longNq(String more) {
    World world = world("limit: -300" + more);
    world.position("NQ", 1, "21000");
    return world;
  }

  private static String[] closed(String position) {
    return new String[] {
      "violation 004 " + position.substring(0, position.indexOf(' ')), "close " + position + " 004"
    };
  }

  // ---- when

  @ParameterizedTest
  @CsvSource({
    // 20 dollars a point
    "-300,     NQ,  1, 21000, 20985, true",
    "-300,     NQ,  1, 21000, 20985.25, false",
    "-300,     NQ,  1, 21000, 20984.75, true",
    "-320,     NQ, -1, 21000, 21016, true",
    "-320,     NQ, -1, 21000, 21015.75, false",
    "-320,     NQ, -1, 21000, 20900, false",
    // 2 dollars a point
    "-87.5,    MNQ, 5, 20100.25, 20091.5, true",
    "-87.5,    MNQ, 5, 20100.25, 20091.75, false",
    "-12,      MNQ, -3, 20100, 20102, true",
    "-12.01,   MNQ, -3, 20100, 20102, false",
    // 50 dollars a point; the average lies between ticks
    "-206.25,  ES,  3, 6000.125, 5998.75, true",
    "-206.26,  ES,  3, 6000.125, 5998.75, false",
    "-62.5,    ES, -1, 5990.5, 5991.75, true",
    "-62.5,    ES, -1, 5990.5, 5991.5, false",
    // 5 dollars a tick of 0.1
    "-45,      RTY, 1, 2210.4, 2209.5, true",
    "-45,      RTY, 1, 2210.4, 2209.6, false",
    // 10 dollars a tick of 0.01
    "-1550,    CL, -5, 70, 70.31, true",
    "-1550,    CL, -5, 70, 70.3, false",
    // 6.25 dollars a tick of 0.0000005
    "-18.75,   6J,  1, 0.00675, 0.0067485, true",
    "-18.75,   6J,  1, 0.00675, 0.006749, false",
    "-50,      6J, -2, 0.0065, 0.006502, true",
    "-50.01,   6J, -2, 0.0065, 0.006502, false"
  })
  void theOpenLossOfAPosition(
      String limit, String symbol, long size, String average, String mark, boolean breach) {
    World world = world("limit: " + limit);
    world.position(symbol, size, average);
    world.quote(symbol, mark);
    String side = size > 0 ? " long " : " short ";
    world.expect(breach ? closed(symbol + side + Math.abs(size)) : new String[0]);
  }

  @Test
  void whatItSays() {
    World world = longNq("");
    world.quote("NQ", "20984.25").expect(closed("NQ long 1"));
    Decision.ViolationFound found = (Decision.ViolationFound) world.decisions().getFirst();
    assertThat(found.observed()).isEqualTo("NQ open P&L: $-315.00");
    assertThat(found.limit()).isEqualTo("$-300.00");
    assertThat(found.cause().reason())
        .isEqualTo("Open loss limit exceeded: NQ $-315.00 (limit: $-300.00)");
  }

  @Test
  void itIsPerPosition() {
    World world = longNq("");
    world.position("ES", -2, "6000");
    world.quote("ES", "6002.75"); // -275.00
    world.quote("NQ", "20986"); // -280.00
    world.quote("ES", "6003").expect(closed("ES short 2"));
    world.quote("NQ", "20985").expect(closed("NQ long 1"));
  }

  @Test
  void anAveragedPriceCounts() {
    World world = longNq("");
    world.quote("NQ", "20986");
    world.position("NQ", 2, "20993.5"); // -300.00 from there
    world.expect(closed("NQ long 2"));
  }

  @Test
  void aMarketTradeIsAPrice() {
    longNq("").marketTrade("NQ", "20985").expect(closed("NQ long 1"));
  }

  @Test
  void otherContractsAccountsAndEventsAreIgnored() {
    World world = longNq("");
    world.account(2).position("NQ", -1, "21000");
    world.account(1);
    world.quote("NQ.H26", "20000");
    world.quote("MNQ", "20000");
    world.quote("NQ", "21014.75"); // the other account: -295.00
    world.order(5, "NQ").buy(9).limit("19000").send();
    world.trade("CL", -1).pnl("-5000").send();
    world.canTrade(true);
    world.account(2).quote("NQ", "21015").expect(closed("NQ short 1"));
    world.account(1);
  }

  @Test
  void aPriceThatWasThereBeforeThePositionCounts() {
    World world = world("limit: -300");
    world.quote("NQ", "20985");
    world.at("14:00:04").position("NQ", 1, "21000").expect(closed("NQ long 1"));
  }

  @Test
  void whatAFillHasClosedIsNoLongerOpen() {
    World world = world("limit: -300");
    world.position("NQ", 2, "21000");
    world.quote("NQ", "20993"); // -280.00
    world.trade("NQ", -1).pnl("-140").send();
    world.quote("NQ", "20986"); // -280.00 of the one that is left
    world.quote("NQ", "20985").expect(closed("NQ long 2"));
    world = world("limit: -300");
    world.position("NQ", 2, "21000");
    world.trade("NQ", -2).pnl("-140").send();
    world.quote("NQ", "20000");
  }

  /** A last price outside the market is a bad tick, an old trade, or an arbitrage nobody has. */
  @Test
  void theLastPriceIsHeldWithinTheMarket() {
    World world = longNq("");
    world.quote("NQ", "20000", "20990", "20990.25");
    assertThat(reading(world)).isEqualTo(Reading.of("-200.00", "-300.00", 667));
    world.marketTrade("NQ", "19000");
    world.quote("NQ", "20985.25", "20985.5");
    world.quote("NQ", "20984.75", "20985").expect(closed("NQ long 1"));
    assertThat(reading(world)).isEqualTo(Reading.of("-305.00", "-300.00", 1017));
  }

  @Test
  void withoutALastPriceTheMiddleCounts() {
    World world = longNq("");
    world.quote("NQ", "20980", "20991"); // 20985.50
    world.quote("NQ", "20980", "20990").expect(closed("NQ long 1"));
  }

  @Test
  void aCrossedMarketIsNoMeasureOfTheLastPrice() {
    World world = longNq("");
    world.quote("NQ", "20986", "20995", "20990");
    world.quote("NQ", "20985", "20995", "20990").expect(closed("NQ long 1"));
  }

  // ---- what is done

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                      |          | close NQ long 1 004",
        "action: close_position  |          | close NQ long 1 004",
        "action: close_all       |          | cancel all 004, close all 004",
        "'action: close_all, cancel_orders: false' | | close all 004",
        "cancel_orders: true     |          | cancel 7 004, close NQ long 1 004",
        "action: none            |          | alert 004 NQ",
        "lockout: 20m            | cooldown until 2025-10-31T14:20:00Z | cancel 7 004 guard, cancel"
            + " 9 004 guard, close NQ long 1 004",
        "'action: close_all, lockout: until_reset' | hard until 2025-10-31T22:00:00Z | cancel all"
            + " 004, close all 004",
        "'action: none, lockout: until_reset' | hard until 2025-10-31T22:00:00Z | cancel 7 004"
            + " guard, cancel 9 004 guard",
      })
  void theResponse(String options, String lock, String lines) {
    String more = options.replace("'", "");
    World world = longNq(more.isEmpty() ? "" : ", " + more);
    world.position("ES", 1, "6000");
    world.order(7, "NQ").buy(1).limit("20000").send();
    world.order(8, "NQ").sell(1).stop("20900").send();
    world.order(9, "ES").buy(1).limit("5900").send();
    world.quote("NQ", "20985");
    String expected =
        (lock == null
                ? "violation 004 NQ, "
                : "violation 004 NQ " + lock + ", lock 004 " + lock + ", ")
            + lines;
    world.expect(expected.split(", "));
  }

  @Test
  void underItsLockoutTheOtherPositionsStay() {
    World world = longNq(", lockout: 20m");
    world.position("ES", 1, "6000");
    String lock = "cooldown until 2025-10-31T14:20:00Z";
    world
        .quote("NQ", "20985")
        .expect("violation 004 NQ " + lock, "lock 004 " + lock, "close NQ long 1 004");
    world.at("14:01").position("NQ", 0, "21000").expect("blocked 004");
    world.position("NQ", 1, "20900").expect("blocked 004", "close NQ long 1 004 guard");
    // What stays is still judged; the lockout does not become longer by it.
    world
        .quote("ES", "5994")
        .expect(
            "violation 004 ES cooldown until 2025-10-31T14:21:00Z guard",
            "lock 004 cooldown until 2025-10-31T14:21:00Z guard",
            "close ES long 1 004 guard");
  }

  // ---- episodes

  @Test
  void oneEpisodeLastsAsLongAsThePosition() {
    World world = longNq("");
    world.quote("NQ", "20985").expect(closed("NQ long 1"));
    world.quote("NQ", "20980");
    world.quote("NQ", "21000");
    world.quote("NQ", "20970");
    world.position("NQ", 1, "20999");
    world.position("NQ", 2, "20985").expect(closed("NQ long 2"));
    world.position("NQ", 1, "20985");
    world.quote("NQ", "20900");
    world.position("NQ", 0, "0");
    world.position("NQ", 1, "20910");
    world.quote("NQ", "20895").expect(closed("NQ long 1"));
    world.position("NQ", -1, "20880").expect(closed("NQ short 1"));
  }

  @Test
  void aRestartKnowsTheEpisodeAndNoPrice() {
    World world = longNq("");
    world.quote("NQ", "20985").expect(closed("NQ long 1"));
    world.restart();
    world.at("14:00:01").snapshot().listed(true).position("NQ", 1, "21000").noOrders().send();
    assertThat(reading(world).degraded()).contains("no fresh price for NQ");
    world.quote("NQ", "20970");
    world.position("NQ", 2, "20985").expect(closed("NQ long 2"));
  }

  @Test
  void aBreachThatBeganWhileTheEngineWasGoneIsFoundByTheFirstPrice() {
    World world = longNq("");
    world.restart();
    world.at("14:05").quote("NQ", "20900");
    world.snapshot().listed(true).position("NQ", 1, "21000").noOrders().send();
    world.expect(closed("NQ long 1"));
  }

  @Test
  void inTheShadowItTellsOnceAnEpisode() {
    World world = longNq(", mode: shadow, lockout: 10m");
    world.quote("NQ", "20985").expect("violation 004 NQ shadow");
    world.position("NQ", 3, "21000");
    world.position("NQ", 0, "0");
    world.position("NQ", -1, "20900").expect("violation 004 NQ shadow");
    assertThat(world.books().locks().active().isEmpty()).isTrue();
  }

  // ---- locked

  @Test
  void whatALockoutLetStayIsJudgedAndWhatItDidNotIsLeftToTheGuard() {
    World world = longNq("");
    world.lockUntil("15:00").expect("lock MANUAL manual until 2025-10-31T15:00:00Z");
    world.at("14:01").trade("ES", 1).send().expect("blocked MANUAL");
    world.position("ES", 1, "6000").expect("blocked MANUAL", "close ES long 1 MANUAL guard");
    world.quote("ES", "5900");
    world.quote("NQ", "20985").expect("violation 004 NQ guard", "close NQ long 1 004 guard");
    world.quote("NQ", "20980");
    world.at("14:02").trade("NQ", 1).send().expect("blocked MANUAL");
    world.position("NQ", 2, "20990").expect("blocked MANUAL", "reduce NQ 2>1 MANUAL guard");
  }

  @Test
  void aLockoutOfTheSymbolGatesItForThatSymbolOnly() {
    World world =
        new World(
            "{symbol_blocks: {blocked_symbols: [RTY]}, daily_unrealized_loss: {limit: -300}}");
    world
        .position("RTY", 1, "2000")
        .expect("violation 011 RTY symbol", "lock 011 RTY symbol open", "close RTY long 1 011");
    world.quote("RTY", "1900");
    world.position("NQ", 1, "21000");
    world.quote("NQ", "20985").expect(closed("NQ long 1"));
  }

  // ---- scope: total

  @Nested
  class Total {
    private final String[] flatten = {"violation 004", "cancel all 004", "close all 004"};

    @ParameterizedTest
    @CsvSource({
      // MNQ long 2 from 21000, ES short 1 from 6000; the limit is -300
      "20950, 6001.75, false", // -200.00 - 87.50
      "20950, 6002,    true", // -200.00 - 100.00
      "20900, 5997.75, false", // -400.00 + 112.50
      "20900, 5998,    true", // -400.00 + 100.00
      "20925, 6000,    true", // -300.00
      "21010, 6006.75, false", // +40.00 - 337.50 = -297.50
      "21009, 6006.75, true" // +36.00 - 337.50 = -301.50
    })
    void theSumOfAllPositions(String mnq, String es, boolean breach) {
      World world = world("limit: -300, scope: total");
      world.position("MNQ", 2, "21000");
      world.position("ES", -1, "6000");
      world.quote("ES", "5990"); // +500.00
      world.quote("MNQ", mnq);
      world.quote("ES", es).expect(breach ? flatten : new String[0]);
    }

    @Test
    void aPositionWithoutAFreshPriceLeavesTheSumUnknown() {
      World world = world("limit: -300, scope: total");
      world.position("NQ", 1, "21000");
      world.position("ES", -1, "6000");
      world.quote("NQ", "20900");
      assertThat(reading(world).degraded()).contains("no fresh price for ES");
      world.quote("ES", "5990");
      world.expect(flatten);
    }

    @Test
    void itLastsUntilAllOfThemAreGone() {
      World world = world("limit: -300, scope: total");
      world.position("NQ", 1, "21000");
      world.position("ES", -1, "6000");
      world.quote("ES", "6000");
      world.quote("NQ", "20985").expect(flatten);
      world.position("NQ", 0, "0");
      world.quote("ES", "6050");
      world.position("ES", 0, "0");
      world.position("ES", 1, "6056").expect(flatten);
    }

    @Test
    void aSymbolLockoutDoesNotGateIt() {
      World world =
          new World(
              """
              symbol_blocks: {blocked_symbols: [RTY]}
              daily_unrealized_loss: {limit: -300, scope: total}
              """);
      world
          .position("RTY", 1, "2000")
          .expect("violation 011 RTY symbol", "lock 011 RTY symbol open", "close RTY long 1 011");
      world.quote("RTY", "1994").expect(flatten);
    }

    @Test
    void itsReading() {
      World world = world("limit: -300, scope: total");
      assertThat(reading(world)).isEqualTo(Reading.of("0.00", "-300.00", 0));
      world.position("MNQ", 2, "21000");
      world.position("ES", -1, "6000");
      world.quote("MNQ", "20970"); // -120.00
      world.quote("ES", "5999.5"); // +25.00
      assertThat(reading(world)).isEqualTo(Reading.of("-95.00", "-300.00", 317));
    }
  }

  // ---- confirm_ms

  @Nested
  class Confirmed {
    @Test
    void aSecondQuoteConfirms() {
      World world = longNq(", confirm_ms: 2000");
      world.quote("NQ", "20984");
      world.at("14:00:00.001").quote("NQ", "20985").expect(closed("NQ long 1"));
      world.clock("14:00:05");
    }

    @Test
    void aQuoteInBetweenThatIsNoBreachStartsOver() {
      World world = longNq(", confirm_ms: 2000");
      world.quote("NQ", "20000"); // a bad tick
      world.at("14:00:00.100").quote("NQ", "20999");
      world.clock("14:00:02");
      world.at("14:00:03").quote("NQ", "20985");
      world.at("14:00:03.500").quote("NQ", "20985.25");
      world.clock("14:00:05");
    }

    @Test
    void soDoesThatMuchTime() {
      World world = longNq(", confirm_ms: 2000");
      world.quote("NQ", "20984");
      world.clock("14:00:01.999");
      world.clock("14:00:02").expect(closed("NQ long 1"));
      world.clock("14:00:10");
    }

    @Test
    void aQuoteOfAnotherContractConfirmsNothing() {
      World world = longNq(", confirm_ms: 2000");
      world.position("ES", 1, "6000");
      world.quote("NQ", "20984");
      world.quote("ES", "5990");
      world.quote("ES", "6000");
      world.quote("NQ", "20984").expect(closed("NQ long 1"));
    }

    @Test
    void aPositionEventConfirmsNothingBeforeItsTime() {
      World world = longNq(", confirm_ms: 2000");
      world.quote("NQ", "20984");
      world.at("14:00:01.999").position("NQ", 1, "20999.75");
      world.at("14:00:02").position("NQ", 1, "20999.5").expect(closed("NQ long 1"));
    }

    @Test
    void flatOrTurnedItStartsOver() {
      World world = longNq(", confirm_ms: 2000");
      world.quote("NQ", "20984");
      world.position("NQ", 0, "0");
      world.position("NQ", 1, "21000");
      world.quote("NQ", "20984").expect(closed("NQ long 1"));
      world = longNq(", confirm_ms: 2000");
      world.quote("NQ", "20984");
      world.position("NQ", -1, "20985");
      world.quote("NQ", "21000");
      world.quote("NQ", "21000.25").expect(closed("NQ short 1"));
    }

    /** An unknown price is no recovery. */
    @Test
    void aPriceThatHasBecomeTooOldNeitherConfirmsNorClears() {
      World world = longNq(", confirm_ms: 8000");
      world.quote("NQ", "20984");
      world.clock("14:00:08");
      assertThat(reading(world).degraded()).contains("no fresh price for NQ");
      world.at("14:00:20").quote("NQ", "20983").expect(closed("NQ long 1"));
    }

    @Test
    void aRestartRemembersTheFirst() {
      World world = longNq(", confirm_ms: 3000");
      world.quote("NQ", "20984");
      world.restart();
      world.at("14:00:01").snapshot().listed(true).position("NQ", 1, "21000").noOrders().send();
      world.at("14:00:02").quote("NQ", "20985").expect(closed("NQ long 1"));
    }

    @Test
    void theTotalIsConfirmedByTheContractThatBrokeIt() {
      World world = world("limit: -300, scope: total, confirm_ms: 2000");
      world.position("NQ", 1, "21000");
      world.position("ES", 1, "6000");
      world.quote("ES", "6000");
      world.quote("NQ", "20000"); // a bad tick
      world.at("14:00:00.010").quote("ES", "6000.25");
      world.at("14:00:00.020").quote("NQ", "20999");
      world.clock("14:00:03");
      world.at("14:00:04").quote("NQ", "20980");
      world.at("14:00:04.100").quote("ES", "6000");
      world
          .at("14:00:04.200")
          .quote("NQ", "20981")
          .expect("violation 004", "cancel all 004", "close all 004");
    }

    @Test
    void theTotalIsConfirmedByTimeToo() {
      World world = world("limit: -300, scope: total, confirm_ms: 700");
      world.position("NQ", 1, "21000");
      world.quote("NQ", "20984");
      world.clock("14:00:00.699");
      world.clock("14:00:00.700").expect("violation 004", "cancel all 004", "close all 004");
    }
  }

  // ---- degraded

  @Test
  void aPriceThatIsTooOldValuesNothing() {
    World world =
        new World("{general: {stale_quote_seconds: 3}, daily_unrealized_loss: {limit: -300}}");
    world.quote("NQ", "20985");
    world.at("14:00:03.001").position("NQ", 1, "21000");
    assertThat(reading(world).degraded()).contains("no fresh price for NQ");
    world.quote("NQ", "20985").expect(closed("NQ long 1"));
    assertThat(reading(world)).isEqualTo(Reading.of("-300.00", "-300.00", 1000));
  }

  @Test
  void aPriceOfExactlyThatAgeIsGood() {
    World world = world("limit: -300");
    world.quote("NQ", "20985");
    world.at("14:00:05").position("NQ", 1, "21000").expect(closed("NQ long 1"));
    assertThat(reading(world).degraded()).isEmpty();
    world.clock("14:00:05.000000001");
    assertThat(reading(world).degraded()).contains("no fresh price for NQ");
  }

  @Test
  void aContractWithoutATickValueIsNoPass() {
    World world = world("limit: -300");
    world.position("XYZ", 1, "100");
    world.quote("XYZ", "1");
    assertThat(reading(world).degraded()).contains("the tick value of XYZ is not known");
  }

  @Test
  void itsReadingIsTheWorstPosition() {
    World world = world("limit: -300");
    assertThat(reading(world)).isEqualTo(Reading.of("0.00", "-300.00", 0));
    world.position("NQ", 1, "21000");
    world.position("ES", -1, "6000");
    world.quote("NQ", "21020"); // +400.00
    world.quote("ES", "6002.5"); // -125.00
    assertThat(reading(world)).isEqualTo(Reading.of("-125.00", "-300.00", 417));
  }

  // ---- configuration

  @ParameterizedTest
  @ValueSource(strings = {"0", "300", "0.5", "much", "''"})
  void theLimitMustBeBelowZero(String limit) {
    assertThat(RuleFile.problems("daily_unrealized_loss: {limit: " + limit + "}"))
        .singleElement()
        .asString()
        .startsWith("daily_unrealized_loss.limit: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{scope: total}                    | limit",
        "{limit: -5, scope: account}       | scope",
        "{limit: -5, confirm_ms: -1}       | confirm_ms",
        "{limit: -5, confirm_ms: 1.5}      | confirm_ms",
        "{limit: -5, confirm_ms: 600001}   | confirm_ms",
        "{limit: -5, action: reduce}       | action",
        "{limit: -5, target: 5}            | target",
      })
  void whatIsWrongIsNamed(String section, String path) {
    assertThat(RuleFile.problems("daily_unrealized_loss: " + section))
        .singleElement()
        .asString()
        .startsWith("daily_unrealized_loss." + path + ": ");
  }
}
