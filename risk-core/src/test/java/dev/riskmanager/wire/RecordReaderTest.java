package dev.riskmanager.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class RecordReaderTest {
  /** Every kind of member there is. */
  record All(
      String text,
      int number,
      long big,
      boolean flag,
      @Nullable Long maybe,
      @Nullable BigDecimal exact,
      @Nullable Instant time,
      @Nullable LocalDate day,
      @Nullable LockoutType type,
      @Nullable RuleState state,
      @Nullable List<Inner> inner,
      @Nullable List<String> words) {}

  record Inner(String name, @Nullable Inner deeper) {}

  private static final String WHOLE =
      "{\"text\":\"tä\\\"xt\",\"number\":-7,\"big\":9007199254740993,\"flag\":true,\"maybe\":13,"
          + "\"exact\":34.10,\"time\":\"2025-10-31T17:21:19.412Z\",\"day\":\"2025-10-31\","
          + "\"type\":\"hard\",\"state\":\"BREACHED\","
          + "\"inner\":[{\"name\":\"a\",\"deeper\":{\"name\":\"b\"}}],\"words\":[\"x\",\"y\"]}";

  @Test
  void everyKindOfMember() {
    assertThat(RecordReader.read(WHOLE, All.class))
        .isEqualTo(
            new All(
                "tä\"xt",
                -7,
                9007199254740993L,
                true,
                13L,
                new BigDecimal("34.10"),
                Instant.parse("2025-10-31T17:21:19.412Z"),
                LocalDate.parse("2025-10-31"),
                LockoutType.HARD,
                RuleState.BREACHED,
                List.of(new Inner("a", new Inner("b", null))),
                List.of("x", "y")));
  }

  @Test
  void theMapperReadsTheSame() throws IOException {
    try (InputStream file =
        requireNonNull(RecordReaderTest.class.getResourceAsStream("/wire/status.json"))) {
      String json = new String(file.readAllBytes(), StandardCharsets.UTF_8);

      assertThat(RecordReader.read(json, StatusView.class))
          .isEqualTo(WireJson.mapper().readValue(json, StatusView.class));
    }
  }

  @Test
  void missingAndNullMembersAreNullZeroOrFalse() {
    All nothing = new All(absent(), 0, 0, false, null, null, null, null, null, null, null, null);

    assertThat(RecordReader.read("{}", All.class)).isEqualTo(nothing);
    assertThat(
            RecordReader.read(
                "{\"text\":null,\"number\":null,\"flag\":null,\"inner\":null}", All.class))
        .isEqualTo(nothing);
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T absent() {
    return null;
  }

  @Test
  void unknownMembersAreSkippedWhateverTheyHold() {
    Inner read =
        RecordReader.read("{\"new\":{\"a\":[1,{\"name\":\"no\"}]},\"name\":\"a\"}", Inner.class);

    assertThat(read).isEqualTo(new Inner("a", null));
  }

  @Test
  void aConstantOfALaterVersionIsUnknown() {
    assertThat(RecordReader.read("{\"type\":\"lunar\",\"state\":\"TIRED\"}", All.class))
        .extracting(All::type, All::state)
        .containsExactly(LockoutType.UNKNOWN, RuleState.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{\"number\":\"7\"}",
        "{\"number\":7.5}",
        "{\"number\":2147483648}",
        "{\"big\":9223372036854775808}",
        "{\"flag\":1}",
        "{\"text\":{}}",
        "{\"time\":\"yesterday\"}",
        "{\"day\":\"2025-02-30\"}",
        "{\"inner\":{}}",
        "{\"inner\":[7]}",
        "{\"inner\":[null]}",
        "{\"words\":[\"x\"",
        "{\"number\":1,\"number\":2}",
        "{} {}",
        "{\"number\":1"
      })
  void anythingElseIsRefused(String json) {
    assertThatThrownBy(() -> RecordReader.read(json, All.class))
        .isInstanceOf(JacksonException.class);
  }
}
