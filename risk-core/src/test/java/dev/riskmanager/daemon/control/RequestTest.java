package dev.riskmanager.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestTest {
  @Test
  void aPasswordIsKeptApartAndWipedWithTheRequest() throws Exception {
    Request request =
        parse(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"lock\",\"params\":"
                + "{\"reason\":\"r\",\"password\":\"p\\u00e4ss \\ud83d\\udd11\"}}");

    char[] chars = request.params().requiredSecret("password").chars();
    assertThat(new String(chars)).isEqualTo("päss 🔑");
    assertThat(request.params().requiredSecret("password")).hasToString("****");
    assertThat(request.toString()).doesNotContain("päss");

    request.close();

    assertThat(chars).containsOnly('\0');
  }

  @Test
  void onlyWhatIsNamedAPasswordIsOne() throws Exception {
    try (Request request =
        parse(
            "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"passwd\",\"params\":"
                + "{\"oldPassword\":\"o\",\"newPassword\":\"n\",\"reason\":\"password\"}}")) {
      assertThat(new String(request.params().requiredSecret("oldPassword").chars())).isEqualTo("o");
      assertThat(new String(request.params().requiredSecret("newPassword").chars())).isEqualTo("n");
      assertThat(request.params().requiredText("reason", 100)).isEqualTo("password");
      assertThat(request.params().optionalSecret("password")).isEmpty();
    }
  }

  private static Request parse(String line) throws Request.Malformed {
    return Request.parse(line.getBytes(StandardCharsets.UTF_8));
  }
}
