package dev.riskmanager.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The {@code error} member of an answer.
 *
 * @param code one of {@link Protocol}
 * @param message one line for the user
 * @param data what a program may want to know besides, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RpcError(int code, String message, @Nullable Data data) {

  /**
   * An error without further data.
   *
   * @param code one of {@link Protocol}
   * @param message one line for the user
   */
  public RpcError(int code, String message) {
    this(code, message, null);
  }

  /**
   * An error about a parameter.
   *
   * @param field the parameter
   * @param message one line for the user
   * @return the error
   */
  public static RpcError badParameter(String field, String message) {
    return new RpcError(
        Protocol.INVALID_PARAMS, field + ": " + message, new Data(field, null, null));
  }

  /**
   * Details of an error.
   *
   * @param field the parameter that is wrong
   * @param until when a block ends
   * @param attemptsLeft how many wrong passwords are left before a block
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Data(
      @Nullable String field, @Nullable Instant until, @Nullable Integer attemptsLeft) {}

  /** The exception a client throws for it. */
  ControlException.Refused toException() {
    return switch (code) {
      case Protocol.NOT_AUTHENTICATED -> new ControlException.NotAuthenticated(message);
      case Protocol.BLOCKED ->
          new ControlException.Blocked(message, data == null ? null : data.until());
      case Protocol.FORBIDDEN -> new ControlException.Forbidden(message);
      case Protocol.NOT_FOUND -> new ControlException.NotFound(message);
      case Protocol.INVALID_PARAMS ->
          new ControlException.BadParameters(message, data == null ? null : data.field());
      case Protocol.METHOD_NOT_FOUND -> new ControlException.MethodNotFound(message);
      case Protocol.UNAVAILABLE -> new ControlException.Unavailable(message);
      case Protocol.OUTCOME_UNKNOWN -> new ControlException.OutcomeUnknown(message);
      default -> new ControlException.EngineError(code, message);
    };
  }
}
