package dev.riskmanager.daemon.control;

import dev.riskmanager.daemon.port.Answer;
import dev.riskmanager.daemon.port.Refusal;
import dev.riskmanager.wire.Protocol;
import dev.riskmanager.wire.RpcError;

/** A request ends with an error instead of a result. */
final class RpcFailure extends Exception {
  private static final long serialVersionUID = 1;
  private final transient RpcError error;

  RpcFailure(RpcError error) {
    // No stack trace: this is an answer, and whoever sends garbage must not make us fill them in.
    super(error.message(), null, false, false);
    this.error = error;
  }

  RpcFailure(int code, String message) {
    this(new RpcError(code, message));
  }

  RpcError error() {
    return error;
  }

  /** The value of an answer, or its refusal as a failure. */
  static <T> T valueOf(Answer<T> answer) throws RpcFailure {
    return switch (answer) {
      case Answer.Done<T>(T value) -> value;
      case Answer.Refused<T>(Refusal why) -> throw new RpcFailure(toError(why));
    };
  }

  private static RpcError toError(Refusal why) {
    int code =
        switch (why.kind()) {
          case FORBIDDEN -> Protocol.FORBIDDEN;
          case NOT_FOUND -> Protocol.NOT_FOUND;
          case BAD_PARAMETER -> Protocol.INVALID_PARAMS;
          case UNAVAILABLE -> Protocol.UNAVAILABLE;
          case OUTCOME_UNKNOWN -> Protocol.OUTCOME_UNKNOWN;
          case NOT_SUPPORTED -> Protocol.METHOD_NOT_FOUND;
        };
    return why.field()
        .map(field -> RpcError.badParameter(field, why.message()))
        .orElseGet(() -> new RpcError(code, why.message()));
  }
}
