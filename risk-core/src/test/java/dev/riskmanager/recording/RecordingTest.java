package dev.riskmanager.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.Account;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.Contract;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.RuleId;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.payload.Recordings;
import dev.riskmanager.payload.Translation;
import dev.riskmanager.payload.Translation.Translated;
import dev.riskmanager.recording.RecordingFormat.MalformedLine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecordingTest {
  private static final Instant T = Instant.parse("2026-08-19T15:00:00.123456789Z");
  private static final AccountId A = new AccountId(13298777);
  private static final ContractId MNQ = new ContractId("CON.F.US.MNQ.U26");
  private static final Account ACCOUNT =
      new Account(A, "PRAC \"1\"", Money.of("-0.000000001"), false, true, false);
  private static final Position POSITION =
      new Position(7, A, MNQ, Side.SHORT, 3, Price.of("29500.375"), T);
  private static final Trade TRADE =
      new Trade(
          3005000001L,
          A,
          MNQ,
          OrderSide.SELL,
          2,
          Price.of("0.0000005"),
          Optional.of(Money.of("-170.5")),
          Money.of("0.61"),
          9,
          T,
          true);
  private static final Order ORDER =
      new Order(
          3425000100L,
          A,
          MNQ,
          OrderStatus.UNKNOWN,
          OrderType.UNKNOWN,
          OrderSide.BUY,
          5,
          2,
          Optional.of(Price.of("1")),
          Optional.of(Price.of("2.5")),
          Optional.of(-40L),
          Optional.of(1L),
          Optional.of(2L),
          T,
          T.plusSeconds(1),
          "tag-SL");
  private static final Order BARE =
      new Order(
          1,
          A,
          MNQ,
          OrderStatus.SUSPENDED,
          OrderType.TRAILING_STOP,
          OrderSide.SELL,
          1,
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          T,
          T,
          "");

  static Stream<RiskEvent> events() {
    RuleId rule = new RuleId(3, "daily_realized_loss");
    return Stream.of(
        new RiskEvent.AccountReported(ACCOUNT),
        new RiskEvent.OrderReported(ORDER),
        new RiskEvent.OrderReported(BARE),
        new RiskEvent.PositionReported(A, MNQ, Optional.of(POSITION)),
        new RiskEvent.PositionReported(A, MNQ, Optional.empty()),
        new RiskEvent.TradeReported(TRADE),
        new RiskEvent.QuoteReported(
            MNQ, Optional.of(Price.of("3")), Optional.empty(), Optional.of(Price.of("3.25"))),
        new RiskEvent.QuoteReported(MNQ, Optional.empty(), Optional.empty(), Optional.empty()),
        new RiskEvent.MarketTraded(MNQ, Price.of("-37.63")),
        new RiskEvent.ContractsListed(
            List.of(new Contract(MNQ, "MNQ", "MNQU6", Price.of("0.25"), Money.of("0.5")))),
        new RiskEvent.SnapshotTaken(
            false,
            Optional.of(List.of(ACCOUNT)),
            Optional.of(List.of(POSITION)),
            Optional.of(List.of(ORDER, BARE)),
            Optional.of(List.of(TRADE))),
        new RiskEvent.SnapshotTaken(
            true, Optional.empty(), Optional.of(List.of()), Optional.empty(), Optional.empty()),
        new RiskEvent.SnapshotTaken(
            true,
            Optional.of(A),
            Optional.empty(),
            Optional.of(List.of()),
            Optional.of(List.of(ORDER)),
            Optional.of(List.of(TRADE))),
        new RiskEvent.ClockTicked(),
        new RiskEvent.Disconnected("nothing heard for 30 s"),
        new RiskEvent.Disconnected("silent", Optional.of(T.minusSeconds(7))),
        new RiskEvent.Held(A, "the database is older than the marker"),
        new RiskEvent.UnlockRequested(A, Optional.of(RuleId.BOOKS), Optional.empty(), "bob", ""),
        new RiskEvent.UnlockRequested(A, Optional.of(RuleId.BLIND), Optional.empty(), "bob", ""),
        new RiskEvent.Reconnected(),
        new RiskEvent.UnlockRequested(A, Optional.of(rule), Optional.of("MNQ"), "alice", "sorry"),
        new RiskEvent.UnlockRequested(A, Optional.empty(), Optional.empty(), "bob", ""),
        new RiskEvent.UnlockRequested(A, Optional.of(RuleId.MANUAL), Optional.empty(), "bob", ""),
        new RiskEvent.LockRequested(A, T.plusSeconds(60), "alice", "lunch"),
        new RiskEvent.FlattenRequested(A, "alice", "fire"));
  }

  private static Translated read(String line) throws MalformedLine {
    return RecordingFormat.event(RecordingFormat.parse(line));
  }

  @ParameterizedTest
  @MethodSource("events")
  void whatIsWrittenIsReadBackTheSame(RiskEvent event) throws MalformedLine {
    String line = RecordingEncoder.line(T, event);
    assertThat(line).doesNotContain("\n");
    assertThat(RecordingFormat.parse(line).t()).isEqualTo(T);
    Translated back = read(line);
    assertThat(back.rejected()).isEmpty();
    assertThat(back.events()).containsExactly(event);
  }

  @Test
  void linesAreAsTheInterfaceSays() {
    assertThat(
            RecordingEncoder.line(
                Instant.parse("2026-08-19T15:00:00Z"),
                new RiskEvent.QuoteReported(
                    MNQ, Optional.of(Price.of("3")), Optional.empty(), Optional.empty())))
        .isEqualTo(
            "{\"t\":\"2026-08-19T15:00:00Z\",\"event\":\"GatewayQuote\",\"data\":{\"lastPrice\":3},"
                + "\"contractId\":\"CON.F.US.MNQ.U26\"}");
  }

  @Test
  void theVenuesOwnPayloadsReadAsOnTheWire() throws MalformedLine {
    String data = Recordings.hubEvent("trade").path("data").toString();
    Translated read =
        read(
            "{\"t\":\"2026-08-19T15:00:00Z\",\"event\":\"GatewayUserTrade\",\"data\":"
                + data
                + "}");
    assertThat(read)
        .isEqualTo(Translation.hubEvent("GatewayUserTrade", List.of(Recordings.hubEvent("trade"))));
    String depth =
        "{\"t\":\"2026-08-19T15:00:00Z\",\"event\":\"GatewayTrade\",\"contractId\":\"C.1\","
            + "\"data\":[{\"price\":2}]}";
    assertThat(read(depth).events())
        .containsExactly(new RiskEvent.MarketTraded(new ContractId("C.1"), Price.of("2")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"t\":\"2026-08-19T15:00:00Z\" | it is not one JSON object",
        "[] | member event is missing",
        "{\"t\":\"2026-08-19T15:00:00Z\"} | member event is missing",
        "{\"event\":\"Clock\"} | member t is not an ISO-8601 time with an offset",
        "{\"t\":5,\"event\":\"Clock\"} | member t is not an ISO-8601 time with an offset",
        "{\"t\":\"now\",\"event\":\"Clock\"} | member t is not an ISO-8601 time with an offset"
      })
  void malformedLinesAreNamed(String line, String complaint) {
    assertThatThrownBy(() -> RecordingFormat.parse(line))
        .isInstanceOf(MalformedLine.class)
        .hasMessage(complaint);
  }

  @Test
  void setUpLinesAreNoEventsAndUnknownOnesAreRejected() throws MalformedLine {
    String line = "{\"t\":\"2026-08-19T15:00:00Z\",\"event\":\"%s\",\"data\":{}}";
    assertThat(read(line.formatted("EngineStarted"))).isEqualTo(Translated.NOTHING);
    assertThat(read(line.formatted("ConfigChanged"))).isEqualTo(Translated.NOTHING);
    assertThat(read(line.formatted("Sunrise")).rejected())
        .extracting(Translation.Rejected::toString)
        .containsExactly("Sunrise: an event of this name is not known");
    assertThat(read(line.formatted("Admin")).rejected())
        .extracting(Translation.Rejected::toString)
        .containsExactly("Admin: member method is missing");
  }
}
