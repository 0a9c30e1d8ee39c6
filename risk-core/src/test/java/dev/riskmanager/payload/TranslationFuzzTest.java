package dev.riskmanager.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.riskmanager.payload.Translation.Translated;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Recorded payloads, damaged at random: whatever comes of it, nothing throws. */
class TranslationFuzzTest {
  private static final String[] NAMES = {
    "GatewayUserAccount",
    "GatewayUserOrder",
    "GatewayUserPosition",
    "GatewayUserTrade",
    "GatewayQuote",
    "GatewayTrade",
    "GatewayDepth"
  };
  private static final String[] VALUES = {
    "null",
    "true",
    "-1",
    "0",
    "1e999999999",
    "-1e-999999999",
    "99999999999999999999999",
    "\"\"",
    "\"x\"",
    "[]",
    "{}",
    "[[[[[[[[1]]]]]]]]",
    "0.0000005",
    "\"9223372036854775807\"",
    "2147483648",
    "\"2026-08-19T15:00:00+00:00\"",
    "\"+999999999-12-31T23:59:59Z\"",
    "{\"action\":1,\"data\":{}}"
  };

  @Test
  void nothingThrowsAndWhatIsLeftOutIsNamed() {
    SplittableRandom random = new SplittableRandom(20260819);
    List<JsonNode> recorded = new ArrayList<>();
    Recordings.read("hub_events.json").values().forEach(e -> recorded.add(e.path("payload")));
    int accepted = 0;
    int rejected = 0;
    for (int i = 0; i < 30_000; i++) {
      JsonNode payload = recorded.get(random.nextInt(recorded.size())).deepCopy();
      for (int n = random.nextInt(4); n > 0; n--) {
        damage(payload, random);
      }
      List<JsonNode> arguments = new ArrayList<>();
      if (random.nextBoolean() && payload.has("payload")) {
        arguments.add(payload.get("contractId"));
        arguments.add(payload.get("payload"));
      } else {
        arguments.add(payload);
      }
      arguments.removeIf(argument -> argument == null);
      Translated result =
          Translation.hubEvent(NAMES[random.nextInt(NAMES.length)], List.copyOf(arguments));
      accepted += result.events().size();
      rejected += result.rejected().size();
      assertThat(result.rejected()).allSatisfy(r -> assertThat(r.reason()).isNotBlank());
      Translation.snapshot(true, payload);
      Translation.contractsListed(payload);
    }
    assertThat(accepted).isGreaterThan(1000);
    assertThat(rejected).isGreaterThan(1000);
  }

  private static void damage(JsonNode node, SplittableRandom random) {
    switch (node) {
      case ObjectNode object when !object.isEmpty() -> {
        List<String> names = List.copyOf(object.propertyNames());
        String name = names.get(random.nextInt(names.size()));
        JsonNode child = object.get(name);
        if (child.isContainer() && random.nextInt(4) > 0) {
          damage(child, random);
        } else if (random.nextBoolean()) {
          object.remove(name);
        } else {
          object.set(name, value(random));
        }
      }
      case ArrayNode array when !array.isEmpty() -> {
        int index = random.nextInt(array.size());
        if (random.nextBoolean()) {
          damage(array.get(index), random);
        } else {
          array.set(index, value(random));
        }
      }
      default -> {}
    }
  }

  private static JsonNode value(SplittableRandom random) {
    return WireJson.read(VALUES[random.nextInt(VALUES.length)]);
  }

  @Test
  void hugeInputIsRefusedByTheReader() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    String longNumber = "{\"size\":" + "9".repeat(100_000) + "}";
    for (String text : List.of(deep, longNumber)) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> WireJson.read(text))
          .isInstanceOf(JacksonException.class);
    }
  }
}
