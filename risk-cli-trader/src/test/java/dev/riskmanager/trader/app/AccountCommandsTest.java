package dev.riskmanager.trader.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.Samples;
import dev.riskmanager.wire.ClockView;
import dev.riskmanager.wire.HoursView;
import dev.riskmanager.wire.LogKind;
import dev.riskmanager.wire.LogView;
import dev.riskmanager.wire.StatusView;
import dev.riskmanager.wire.WireJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The commands that print one thing of each account, the log and the receipt. */
class AccountCommandsTest {
  private static final StatusView BOTH = Samples.status(Samples.free(), Samples.second());

  @ParameterizedTest
  @CsvSource({"pnl, pnl rules", "positions, positions orders", "rules, rules"})
  void jsonHoldsThoseMembersOfEachAccount(String command, String members) throws IOException {
    try (World world = new World(BOTH)) {
      JsonNode json = WireJson.mapper().readTree(world.run(command, "--json").out());
      JsonNode whole = WireJson.mapper().readTree(WireJson.write(BOTH));

      assertThat(json.propertyNames()).containsExactly("asOf", "accounts");
      assertThat(json.get("accounts")).hasSize(2);
      List<String> names = new ArrayList<>(List.of("accountId", "name"));
      names.addAll(List.of(members.split(" ", -1)));
      for (int i = 0; i < 2; i++) {
        JsonNode account = json.get("accounts").get(i);
        assertThat(account.propertyNames()).containsExactlyElementsOf(names);
        for (String name : names) {
          assertThat(account.get(name)).isEqualTo(whole.get("accounts").get(i).get(name));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"pnl", "positions", "rules"})
  void eachAccountHasItsPageAndOneCanBeChosen(String command) throws IOException {
    try (World world = new World(BOTH)) {
      assertThat(world.run(command).lines())
          .contains("Main Trading Account (13298777)", "日本語の口座 (20202020)");
      assertThat(world.run(command, "--account", "20202020").out())
          .startsWith("日本語の口座 (20202020)")
          .doesNotContain("13298777");
      assertThat(world.run(command, "--account", "5").code()).isEqualTo(1);
    }
  }

  @Test
  void aPositionWithItsStopAndItsAge() throws IOException {
    try (World world = new World(Samples.status(Samples.cooling()))) {
      assertThat(world.run("positions").lines())
          .startsWith(
              "Main Trading Account (13298777)",
              "  symbol  side   size     entry      mark  open $  stop     age     contract",
              "  ES      SHORT     1  21000.25  20994.00  -12.50  NO STOP  1m 18s "
                  + " CON.F.US.ES.Z25");
    }
  }

  @Test
  void withSeveralAccountsEachLineOfTheLogSaysWhose() throws IOException {
    try (World world = new World(BOTH)) {
      assertThat(world.run("log").out()).doesNotContain("Chicago  " + Samples.MAIN);

      ClockView clock = Objects.requireNonNull(BOTH.clock());
      List<HoursView.AccountHours> accounts =
          List.of(
              new HoursView.AccountHours(Samples.MAIN, clock, List.of()),
              new HoursView.AccountHours(Samples.SECOND, clock, List.of()));
      world
          .engine()
          .hours(new HoursView(Samples.NOW, clock, List.of(), List.of(), List.of(), accounts));

      assertThat(world.run("log").lines())
          .hasSameSizeAs(Samples.actions())
          .allMatch(line -> line.contains("Chicago  " + Samples.MAIN + "  "));
      assertThat(world.run("log", "--account", "" + Samples.MAIN).out())
          .doesNotContain("Chicago  " + Samples.MAIN);
      assertThat(world.run("status", "--once").lines())
          .filteredOn(line -> line.contains("VIOLATION"))
          .isNotEmpty()
          .allMatch(line -> line.contains("  " + Samples.MAIN + "  VIOLATION"));
    }
  }

  @Test
  void hoursAndReceiptsAreWhatTheEngineSaid() throws IOException {
    try (World world = new World(BOTH)) {
      world.engine().hours(Samples.hours());
      world.engine().receipt(Samples.receipt());

      assertThat(world.run("hours", "--json").out())
          .isEqualTo(WireJson.write(Samples.hours()) + "\n");
      assertThat(world.run("why", "--json").out())
          .isEqualTo(WireJson.write(Samples.receipt()) + "\n");
      assertThat(world.run("why", "r-7", "--json").code()).isZero();
    }
  }

  @Test
  void aReceiptThatIsNotThereIsAFailure() throws IOException {
    try (World world = new World(BOTH)) {
      World.Result none = world.run("why");
      assertThat(none.code()).isEqualTo(1);
      assertThat(none.err()).isEqualTo("risk-trader: there is no receipt yet\n");

      world.engine().receipt(Samples.receipt());
      World.Result other = world.run("why", "r-8");
      assertThat(other.code()).isEqualTo(1);
      assertThat(other.err()).isEqualTo("risk-trader: there is no receipt r-8\n");
    }
  }

  @Test
  void whyOfAnAccountIsItsLastReceipt() throws IOException {
    try (World world = new World(BOTH)) {
      world.engine().receipt(Samples.receipt());
      world
          .engine()
          .log(
              new LogView(
                  List.of(
                      Samples.entry(2, "17:21:18", LogKind.VIOLATION, "RULE-003", "the last"),
                      Samples.entry(3, "17:21:19", LogKind.RESET, null, "without receipt"))));

      assertThat(world.run("why", "--account", "13298777").out()).contains("r-7");
      World.Result nothing = world.run("why", "--account", "20202020");
      assertThat(nothing.code()).isEqualTo(1);
      assertThat(nothing.err().lines())
          .singleElement()
          .asString()
          .contains("nothing has been enforced on account 20202020");
    }
  }

  @Test
  void theLogCanBeCutToItsEndToARuleAndToAnAccount() throws IOException {
    try (World world = new World(BOTH)) {
      assertThat(world.run("log").lines()).hasSize(5);
      assertThat(world.run("log", "--tail", "1").lines())
          .singleElement()
          .asString()
          .isEqualTo(
              "2025-10-31 12:21:19 Chicago  ENFORCEMENT      RULE-003  FLAT: proven after 184 ms");
      assertThat(world.run("log", "--rule", "RULE-003").lines()).hasSize(4);
      assertThat(world.run("log", "--rule", "daily_realized_loss").lines()).hasSize(4);
      assertThat(world.run("log", "--account", "20202020").lines()).isEmpty();
      assertThat(world.run("log", "--account", "13298777", "--tail", "2").lines()).hasSize(2);
    }
  }

  @Test
  void theLogAsJson() throws IOException {
    try (World world = new World(BOTH)) {
      assertThat(world.run("log", "--json").out())
          .isEqualTo(WireJson.write(new LogView(Samples.actions())) + "\n");
      assertThat(world.run("log", "--json", "--account", "20202020").out())
          .isEqualTo("{\"entries\":[]}\n");
      assertThat(world.run("log", "--json", "--account", "13298777", "--tail", "2").out())
          .isEqualTo(WireJson.write(new LogView(Samples.actions().subList(3, 5))) + "\n");
    }
  }
}
