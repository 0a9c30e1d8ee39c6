package dev.riskmanager.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.riskmanager.domain.calendar.ResetTime;
import dev.riskmanager.domain.engine.Restoration;
import dev.riskmanager.domain.lockout.Baseline;
import dev.riskmanager.domain.lockout.Lockout;
import dev.riskmanager.domain.lockout.LockoutType;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.domain.persistent.Table;
import dev.riskmanager.domain.state.MemoryRow;
import dev.riskmanager.domain.timer.Timer;
import dev.riskmanager.payload.Fields.Malformed;
import dev.riskmanager.payload.WireJson;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class EngineStartTest {
  private static final Instant T = Instant.parse("2025-10-31T14:31:05.123456789Z");
  private static final AccountId A = new AccountId(13298777);
  private static final ContractId MNQ = new ContractId("CON.F.US.MNQ.Z25");

  private static final Restoration.Rows ROWS =
      new Restoration.Rows(
          List.of(
              new Lockout(
                  4,
                  A,
                  new RuleId(6, "trade_frequency_limit"),
                  Optional.empty(),
                  LockoutType.COOLDOWN,
                  "3/3 trades",
                  T,
                  Optional.of(T.plusSeconds(60)),
                  Baseline.of(Table.<ContractId, Long>empty().with(MNQ, -2L)),
                  LocalDate.of(2025, 10, 31)),
              new Lockout(
                  5,
                  A,
                  new RuleId(11, "symbol_blocks"),
                  Optional.of("RTY"),
                  LockoutType.SYMBOL,
                  "blocked \"RTY\"",
                  T,
                  Optional.empty(),
                  Baseline.ZERO,
                  LocalDate.of(2025, 11, 1)),
              new Lockout(
                  6,
                  A,
                  RuleId.MANUAL,
                  Optional.empty(),
                  LockoutType.MANUAL,
                  "lunch",
                  T,
                  Optional.of(T.plusSeconds(61)),
                  Baseline.ZERO,
                  LocalDate.of(2025, 10, 31),
                  2)),
          17,
          List.of(new Timer(A, "grace MNQ", T.plusSeconds(3), "grace period")),
          List.of(
              new Trade(
                  9,
                  A,
                  MNQ,
                  OrderSide.SELL,
                  2,
                  Price.of("21000.25"),
                  Optional.of(Money.of("-17.5")),
                  Money.of("0.61"),
                  8,
                  T.minusSeconds(5),
                  true)),
          List.of(
              new Restoration.ResetMark(
                  A, ResetTime.parse("17:00 America/Chicago"), LocalDate.of(2025, 10, 31))),
          List.of(
              new Restoration.Remembered(
                  A, new MemoryRow(MemoryRow.NUMBER, "a key", Optional.of("-3")))),
          List.of(new Contract(MNQ, "MNQ", "MNQZ5", Price.of("0.25"), Money.of("0.5"))),
          T.minusSeconds(20));

  private static final JsonNode RULES = WireJson.read("{\"accounts\":{\"13298777\":{}}}");

  @Test
  void whatIsWrittenIsReadBackTheSame() throws Malformed {
    String text = EngineStart.write(ROWS, List.of(A), RULES).toString();
    JsonNode data = WireJson.read(text);
    assertThat(EngineStart.read(data, Restoration.Rows.none(T))).isEqualTo(ROWS);
    assertThat(EngineStart.accounts(data)).containsExactly(A);
    assertThat(data.path("rules")).isEqualTo(RULES);
    assertThat(data.path("configHash").asString()).matches("sha256:[0-9a-f]{64}");
  }

  @Test
  void aMemberThatIsNotThereKeepsWhatIsKnown() throws Malformed {
    assertThat(EngineStart.read(WireJson.read("{}"), ROWS)).isEqualTo(ROWS);
    Restoration.Rows read = EngineStart.read(WireJson.read("{\"lockouts\":[]}"), ROWS);
    assertThat(read.lockouts()).isEmpty();
    assertThat(read.trades()).isEqualTo(ROWS.trades());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | the payload is a list, not an object",
        "{\"lockouts\":{}} | member lockouts is not a list",
        "{\"timers\":[{\"accountId\":1}]} | timers[0]: member name is missing",
        "{\"resets\":[{\"accountId\":1,\"reset\":\"17\",\"tradingDay\":\"2025-10-31\"}]} |"
            + " resets[0]:",
        "{\"resets\":[{\"accountId\":1,\"reset\":\"17:00 America/Chicago\",\"tradingDay\":\"x\"}]}"
            + " | resets[0]:",
        "{\"trades\":[{\"id\":1}]} | trades 1: member accountId is missing",
        "{\"lastSeen\":\"yesterday\"} | member lastSeen is not an ISO-8601 time"
      })
  void whatCannotBeReadIsNamed(String data, String why) {
    assertThatThrownBy(() -> EngineStart.read(WireJson.read(data), ROWS))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining(why);
  }

  @Test
  void theHashTellsRulesApart() {
    assertThat(RuleTree.hash(WireJson.read("{\"limit\":-500}")))
        .isEqualTo(RuleTree.hash(WireJson.read("{ \"limit\" : -500 }")))
        .isNotEqualTo(RuleTree.hash(WireJson.read("{\"limit\":-501}")));
  }
}
