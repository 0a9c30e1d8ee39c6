package dev.riskmanager.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.daemon.config.ShippedConfig;
import dev.riskmanager.domain.event.RiskEvent;
import dev.riskmanager.domain.model.AccountId;
import dev.riskmanager.domain.model.ContractId;
import dev.riskmanager.domain.model.Money;
import dev.riskmanager.domain.model.Order;
import dev.riskmanager.domain.model.OrderSide;
import dev.riskmanager.domain.model.OrderStatus;
import dev.riskmanager.domain.model.OrderType;
import dev.riskmanager.domain.model.Position;
import dev.riskmanager.domain.model.Price;
import dev.riskmanager.domain.model.Side;
import dev.riskmanager.domain.model.Trade;
import dev.riskmanager.recording.RecordingEncoder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same recording and rules give the same bytes in every process. The order of hashed sets and
 * maps differs between starts of the JVM, so two processes tell whether one slipped in.
 */
class SameBytesTest {
  private static final List<String> PRODUCTS = List.of("MNQ", "EP", "ENQ", "RTY", "CLE", "JY6");

  @TempDir private Path directory;

  @Test
  void twoProcessesPrintTheSame() throws Exception {
    Path config = Files.createDirectory(directory.resolve("config"));
    Files.writeString(
        config.resolve("risk_config.yaml"),
        ShippedConfig.text(ShippedConfig.RISK_CONFIG).replace("enabled: false", "enabled: true"));
    Path events = directory.resolve("day.jsonl");
    write(events, 20_251_031);
    byte[] first = run(config, events, "de_DE", "UTC");
    byte[] second = run(config, events, "tr_TR", "Asia/Tokyo");
    assertThat(new String(first, java.nio.charset.StandardCharsets.UTF_8).lines().count())
        .as("the day has decisions")
        .isGreaterThan(100);
    assertThat(second).isEqualTo(first);
  }

  private byte[] run(Path config, Path events, String locale, String zone) throws Exception {
    Path out = directory.resolve("out-" + locale);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=" + locale.substring(0, 2),
                "-Duser.country=" + locale.substring(3),
                "-Duser.timezone=" + zone,
                "-cp",
                System.getProperty("java.class.path"),
                ReplayChild.class.getName(),
                config.toString(),
                events.toString())
            .redirectOutput(out.toFile())
            .redirectErrorStream(false)
            .redirectError(directory.resolve("err-" + locale).toFile())
            .start();
    assertThat(process.waitFor())
        .as("%s", Files.readString(directory.resolve("err-" + locale)))
        .isZero();
    return Files.readAllBytes(out);
  }

  /** Six accounts with fills, positions, orders and quotes in several contracts, all mixed up. */
  private static void write(Path file, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Instant t = Instant.parse("2025-10-31T13:00:00Z");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 1; i <= 1_200; i++) {
        t = t.plusMillis(random.nextInt(1, 40_000));
        out.write(RecordingEncoder.line(t, event(i, t, random)));
        out.write('\n');
      }
    }
  }

  private static RiskEvent event(long id, Instant t, SplittableRandom random) {
    AccountId account = new AccountId(random.nextInt(1, 7));
    ContractId contract =
        new ContractId("CON.F.US." + PRODUCTS.get(random.nextInt(PRODUCTS.size())) + ".Z25");
    Price price = Price.of(String.format(Locale.ROOT, "%d.25", random.nextInt(90, 110)));
    OrderSide side = random.nextBoolean() ? OrderSide.BUY : OrderSide.SELL;
    return switch (random.nextInt(4)) {
      case 0 ->
          new RiskEvent.TradeReported(
              new Trade(
                  id,
                  account,
                  contract,
                  side,
                  random.nextInt(1, 4),
                  price,
                  random.nextBoolean()
                      ? Optional.empty()
                      : Optional.of(Money.of(String.valueOf(random.nextInt(-90, 60)))),
                  Money.of("0.37"),
                  id,
                  t,
                  random.nextInt(50) == 0));
      case 1 ->
          new RiskEvent.PositionReported(
              account,
              contract,
              random.nextInt(3) == 0
                  ? Optional.empty()
                  : Optional.of(
                      new Position(
                          id,
                          account,
                          contract,
                          random.nextBoolean() ? Side.LONG : Side.SHORT,
                          random.nextInt(1, 6),
                          price,
                          t)));
      case 2 ->
          new RiskEvent.OrderReported(
              new Order(
                  random.nextInt(1, 400),
                  account,
                  contract,
                  random.nextBoolean() ? OrderStatus.OPEN : OrderStatus.CANCELLED,
                  random.nextBoolean() ? OrderType.STOP : OrderType.LIMIT,
                  side,
                  random.nextInt(1, 5),
                  0,
                  Optional.of(price),
                  Optional.of(price),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  t,
                  t,
                  ""));
      default ->
          new RiskEvent.QuoteReported(
              contract, Optional.of(price), Optional.empty(), Optional.empty());
    };
  }
}
