package dev.riskmanager.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class ServerMessageTest {
  @Test
  void anAnswerKeepsTheTextOfItsResult() {
    ServerMessage message =
        parse("{\"jsonrpc\":\"2.0\",\"id\":17,\"result\":{\"a\" : [1, {\"b\":\"ü}\"}]} }");

    assertThat(message.id()).isEqualTo(17);
    assertThat(message.result()).isEqualTo(new JsonText("{\"a\" : [1, {\"b\":\"ü}\"}]}"));
    assertThat(message.error()).isNull();
  }

  @Test
  void aResultMayBeAnyValue() {
    assertThat(parse("{\"result\":true,\"id\":1}").result()).isEqualTo(new JsonText("true"));
    assertThat(parse("{\"result\":-12.50,\"id\":1}").result()).isEqualTo(new JsonText("-12.50"));
    assertThat(parse("{\"result\":\"tä\\\"xt\",\"id\":1}").result())
        .isEqualTo(new JsonText("\"tä\\\"xt\""));
    assertThat(parse("{\"result\": null }").result()).isEqualTo(new JsonText("null"));
    assertThat(parse("{\"id\":1,\"result\":7}").result()).isEqualTo(new JsonText("7"));
  }

  @Test
  void anErrorBecomesItsException() {
    ServerMessage message =
        parse(
            "{\"id\":3,\"error\":{\"code\":-32002,\"message\":\"blocked\","
                + "\"data\":{\"until\":\"2025-10-31T17:00:00Z\",\"more\":1}}}");

    assertThat(requireNonNull(message.error()).toException())
        .isInstanceOfSatisfying(
            ControlException.Blocked.class,
            blocked -> {
              assertThat(blocked.until()).isEqualTo(Instant.parse("2025-10-31T17:00:00Z"));
              assertThat(blocked.exitCode()).isEqualTo(4);
              assertThat(blocked).hasMessage("blocked");
            });
  }

  @Test
  void aNotificationHasAMethodAndNoId() {
    ServerMessage message =
        parse("{\"jsonrpc\":\"2.0\",\"method\":\"changed\",\"params\":{\"asOf\":1}}");

    assertThat(message.id()).isNull();
    assertThat(message.method()).isEqualTo("changed");
    assertThat(message.params()).isEqualTo(new JsonText("{\"asOf\":1}"));
  }

  @Test
  void whatIsNoMessageIsAnError() {
    assertThatThrownBy(() -> parse("[]")).isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> parse("{\"id\":1")).isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> parse("HTTP/1.1 400 Bad Request"))
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void aRequestIsWrittenOnOneLine() {
    Map<String, @Nullable Object> params = new LinkedHashMap<>();
    params.put("accountId", 13298777L);
    params.put("symbol", null);
    params.put("reason", "two\nlines \"ü\"");
    params.put("password", "pä$\\s".toCharArray());
    params.put("until", Instant.parse("2025-10-31T17:00:00Z"));
    params.put("history", true);
    params.put("tail", 5);

    assertThat(new String(RequestWriter.write(8, "lock", params), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"lock\",\"params\":{\"accountId\":13298777,"
                + "\"reason\":\"two\\nlines \\\"ü\\\"\",\"password\":\"pä$\\\\s\","
                + "\"until\":\"2025-10-31T17:00:00Z\",\"history\":true,\"tail\":5}}\n");
  }

  private static ServerMessage parse(String line) {
    return ServerMessage.parse(line.getBytes(StandardCharsets.UTF_8));
  }
}
