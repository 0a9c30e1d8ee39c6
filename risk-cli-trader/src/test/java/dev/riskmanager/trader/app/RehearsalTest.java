package dev.riskmanager.trader.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.trader.Samples;
import dev.riskmanager.wire.AccountView;
import dev.riskmanager.wire.BalanceState;
import dev.riskmanager.wire.BalanceView;
import dev.riskmanager.wire.Hello;
import dev.riskmanager.wire.LogView;
import dev.riskmanager.wire.PnlView;
import dev.riskmanager.wire.Protocol;
import dev.riskmanager.wire.WireJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  private static final Path FILE =
      Path.of("src/main/resources/dev/riskmanager/trader/app/rehearsal.txt");

  /** What it answers is what an engine answers: every record with every member. */
  @Test
  void itsAnswersAreThoseOfTheProtocol() throws IOException {
    Map<String, Object> answers = new LinkedHashMap<>();
    answers.put("hello", new Hello(Protocol.VERSION, "risk-engine/1.0.0", "view", "trader"));
    answers.put("status", Samples.status(compared(Samples.cooling()), Samples.second()));
    answers.put("lockouts", Samples.lockouts());
    answers.put("log", new LogView(Samples.actions()));
    answers.put("receipts", Samples.receipts());
    answers.put("receipt", Samples.receipt());
    answers.put("hours", Samples.hours());
    answers.put("curve", Samples.curve());
    if (Boolean.getBoolean("golden.update")) {
      StringBuilder text = new StringBuilder();
      answers.forEach(
          (method, answer) ->
              text.append(method).append(' ').append(WireJson.write(answer)).append('\n'));
      Files.writeString(FILE, text.toString(), StandardCharsets.UTF_8);
    }

    Map<String, String> written = new LinkedHashMap<>();
    for (String line : Files.readAllLines(FILE)) {
      written.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
    }
    assertThat(written).containsOnlyKeys(answers.keySet());
    // As an engine of another version would: a member that is missing is not known.
    answers.forEach(
        (method, answer) ->
            assertThat(
                    (Object)
                        WireJson.read(
                            Objects.requireNonNull(written.get(method), method), answer.getClass()))
                .as(method)
                .isEqualTo(answer));
  }

  /** With the balance compared and the books read, as it is in every picture but the first few. */
  private static AccountView compared(AccountView account) {
    PnlView pnl = account.pnl();
    BalanceView balance =
        new BalanceView(
            BalanceState.AGREES,
            "50000.00",
            Instant.parse("2025-10-30T22:00:05Z"),
            "-170.50",
            "49829.50",
            "49829.50",
            "0.00",
            null);
    return account
        .withPnl(
            new PnlView(
                pnl.tradingDay(),
                pnl.realized(),
                pnl.open(),
                pnl.fees(),
                pnl.total(),
                pnl.trades(),
                pnl.bySymbol(),
                balance))
        .withBooksRead(true);
  }
}
