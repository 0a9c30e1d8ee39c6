package dev.riskmanager.daemon.control;

import dev.riskmanager.wire.Protocol;
import dev.riskmanager.wire.RpcError;
import dev.riskmanager.wire.WireJson;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is sent to a client, as the bytes of its line. */
final class AnswerLine {
  private AnswerLine() {}

  private record Result(String jsonrpc, JsonNode id, Object result) {}

  private record Failure(String jsonrpc, @Nullable JsonNode id, RpcError error) {}

  /**
   * The result of a request.
   *
   * @throws RpcFailure if it is longer than a line may be
   */
  static byte[] result(JsonNode id, Object result) throws RpcFailure {
    byte[] line = of(new Result("2.0", id, result));
    if (line.length > Protocol.MAX_LINE_BYTES) {
      throw new RpcFailure(
          Protocol.UNAVAILABLE,
          "the answer is longer than "
              + Protocol.MAX_LINE_BYTES
              + " bytes; ask for less (one account, a shorter tail)");
    }
    return line;
  }

  /** The error that a request, or a line that is none, is answered with. */
  static byte[] error(@Nullable JsonNode id, RpcError error) {
    return of(new Failure("2.0", id, error));
  }

  /**
   * A message as it is sent.
   *
   * @throws tools.jackson.core.JacksonException if a record cannot be written, which is a mistake
   *     in the engine
   */
  static byte[] of(Object message) {
    return (WireJson.write(message) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
