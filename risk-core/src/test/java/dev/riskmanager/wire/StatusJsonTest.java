package dev.riskmanager.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The status as the documentation prints it: same names, same order, same spelling of every value.
 */
class StatusJsonTest {
  @Test
  void everyMemberOfTheDocumentedObjectComesBackInItsPlace() throws Exception {
    String documented = sample();
    JsonNode want = WireJson.mapper().readTree(documented);

    JsonNode got =
        WireJson.mapper().readTree(WireJson.write(WireJson.read(documented, StatusView.class)));

    List<String> differences = new ArrayList<>();
    compare("", want, got, differences);
    assertThat(differences).isEmpty();
  }

  /** Members may be added, but only behind those that are documented. */
  private static void compare(String at, JsonNode want, JsonNode got, List<String> differences) {
    if (want.isObject()) {
      List<String> wanted = want.properties().stream().map(Map.Entry::getKey).toList();
      List<String> found =
          got.properties().stream().map(Map.Entry::getKey).limit(wanted.size()).toList();
      if (!wanted.equals(found)) {
        differences.add(at + ": members " + found + " instead of " + wanted);
      }
      wanted.forEach(name -> compare(at + "/" + name, want.get(name), got.path(name), differences));
    } else if (want.isArray()) {
      if (want.size() != got.size()) {
        differences.add(at + ": " + got.size() + " elements instead of " + want.size());
      }
      for (int i = 0; i < want.size(); i++) {
        compare(at + "/" + i, want.get(i), got.path(i), differences);
      }
    } else if (!want.toString().equals(got.toString())) {
      differences.add(at + ": " + got + " instead of " + want);
    }
  }

  @Test
  void theRecordHoldsWhatTheTextSays() throws Exception {
    StatusView status = WireJson.read(sample(), StatusView.class);

    assertThat(status.asOf()).isEqualTo(Instant.parse("2025-10-31T17:21:19.412Z"));
    assertThat(status.engine().state()).isEqualTo(EngineState.PROTECTING);
    AccountView account = status.accounts().getFirst();
    assertThat(account.accountId()).isEqualTo(13298777);
    assertThat(account.lockouts().getFirst().type()).isEqualTo(LockoutType.HARD);
    assertThat(account.rules().getFirst().used()).isEqualTo(new BigDecimal("34.1"));
    assertThat(account.orders().getFirst().type()).isEqualTo(OrderType.STOP);
    assertThat(account.simulated()).isNull();
    assertThat(status.lastActions()).isEmpty();
  }

  @Test
  void readersSkipWhatTheyDoNotKnow() {
    EngineView engine =
        WireJson.read(
            "{\"state\":\"SOMETHING_NEW\",\"added\":{\"later\":[1,2]},\"pid\":9,\"version\":\"2\","
                + "\"startedAt\":\"2025-10-31T16:00:00Z\"}",
            EngineView.class);

    assertThat(engine.state()).isEqualTo(EngineState.UNKNOWN);
    assertThat(engine.problems()).isEmpty();
    assertThat(engine.uptimeSeconds()).isZero();
    assertThat(engine.pid()).isEqualTo(9);
  }

  @Test
  void aLogLineLeavesOutWhatDoesNotApply() {
    LogEntry entry =
        new LogEntry(
            4,
            Instant.parse("2025-10-31T16:00:00Z"),
            LogKind.ENGINE,
            null,
            null,
            null,
            null,
            "Risk Manager ACTIVE - Protecting your capital!",
            null);

    assertThat(WireJson.write(entry))
        .isEqualTo(
            "{\"seq\":4,\"t\":\"2025-10-31T16:00:00Z\",\"kind\":\"ENGINE\","
                + "\"text\":\"Risk Manager ACTIVE - Protecting your capital!\"}");
  }

  @Test
  void aRatioIsWrittenPlainly() {
    RuleView rule =
        new RuleView(
            "RULE-001",
            "max_contracts",
            RuleMode.SHADOW,
            RuleState.SHADOW,
            "10",
            "1",
            new BigDecimal("1E+1"),
            null);

    assertThat(WireJson.write(rule))
        .isEqualTo(
            "{\"ruleId\":\"RULE-001\",\"rule\":\"max_contracts\",\"mode\":\"shadow\","
                + "\"state\":\"SHADOW\",\"value\":\"10\",\"limit\":\"1\",\"used\":10,\"detail\":null}");
  }

  private static String sample() throws Exception {
    try (InputStream in = StatusJsonTest.class.getResourceAsStream("/wire/status.json")) {
      return new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
