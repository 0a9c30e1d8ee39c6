package dev.riskmanager.wire;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a request to the engine was not done. The message is one line for the user, says what to do,
 * and holds no secret.
 */
public abstract sealed class ControlException extends Exception {
  private static final long serialVersionUID = 1;

  private ControlException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * The exit code of a program that ends because of this.
   *
   * @return 1 failed, 3 engine not running, 4 authentication failed or blocked
   */
  public int exitCode() {
    return 1;
  }

  /** The message; it is always there. */
  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }

  /** Nobody listens at the socket. */
  public static final class EngineNotRunning extends ControlException {
    private static final long serialVersionUID = 1;

    private final transient Optional<RefusedStart> refused;

    EngineNotRunning(String message, @Nullable Throwable cause) {
      this(message, cause, Optional.empty());
    }

    EngineNotRunning(String message, @Nullable Throwable cause, Optional<RefusedStart> refused) {
      super(message, cause);
      this.refused = refused;
    }

    /** Why its last start was refused, where that is why it does not run. */
    public Optional<RefusedStart> refused() {
      return refused;
    }

    @Override
    public int exitCode() {
      return 3;
    }
  }

  /** This user may not use the socket. */
  public static final class AccessDenied extends ControlException {
    private static final long serialVersionUID = 1;

    AccessDenied(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * The connection ended before the answer came: whether the request was carried out is not known.
   */
  public static final class ConnectionLost extends ControlException {
    private static final long serialVersionUID = 1;

    ConnectionLost(String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    @Override
    public int exitCode() {
      return 3;
    }
  }

  /** No answer in time: whether the request was or will be carried out is not known. */
  public static final class TimedOut extends ControlException {
    private static final long serialVersionUID = 1;

    TimedOut(String message) {
      super(message, null);
    }
  }

  /** The other side speaks something else. */
  public static final class ProtocolMismatch extends ControlException {
    private static final long serialVersionUID = 1;

    ProtocolMismatch(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** What the engine sent made this program fail: a defect of one of the two. */
  public static final class NotTakenIn extends ControlException {
    private static final long serialVersionUID = 1;

    /**
     * That it failed.
     *
     * @param cause how
     */
    public NotTakenIn(Throwable cause) {
      super(
          "could not take in what the engine sent ("
              + cause
              + "); compare --version with that of the engine",
          cause);
    }
  }

  /**
   * The engine answered with an error: nothing was done, unless it is an {@link OutcomeUnknown}.
   */
  public abstract static sealed class Refused extends ControlException {
    private static final long serialVersionUID = 1;
    private final int code;

    private Refused(int code, String message) {
      super(message, null);
      this.code = code;
    }

    /**
     * The error code.
     *
     * @return one of {@link Protocol}
     */
    public int code() {
      return code;
    }
  }

  /** No password yet, or a wrong one. */
  public static final class NotAuthenticated extends Refused {
    private static final long serialVersionUID = 1;

    NotAuthenticated(String message) {
      super(Protocol.NOT_AUTHENTICATED, message);
    }

    @Override
    public int exitCode() {
      return 4;
    }
  }

  /** Too many wrong passwords. */
  public static final class Blocked extends Refused {
    private static final long serialVersionUID = 1;
    private final transient @Nullable Instant until;

    Blocked(String message, @Nullable Instant until) {
      super(Protocol.BLOCKED, message);
      this.until = until;
    }

    /**
     * When passwords are accepted again.
     *
     * @return the end of the block, null when the engine did not say
     */
    public @Nullable Instant until() {
      return until;
    }

    @Override
    public int exitCode() {
      return 4;
    }
  }

  /** Forbidden by policy. */
  public static final class Forbidden extends Refused {
    private static final long serialVersionUID = 1;

    Forbidden(String message) {
      super(Protocol.FORBIDDEN, message);
    }
  }

  /** No such account, lockout or receipt. */
  public static final class NotFound extends Refused {
    private static final long serialVersionUID = 1;

    NotFound(String message) {
      super(Protocol.NOT_FOUND, message);
    }
  }

  /** A parameter is missing or wrong. */
  public static final class BadParameters extends Refused {
    private static final long serialVersionUID = 1;
    private final @Nullable String field;

    BadParameters(String message, @Nullable String field) {
      super(Protocol.INVALID_PARAMS, message);
      this.field = field;
    }

    /**
     * Which parameter.
     *
     * @return its name, null when the engine did not say
     */
    public @Nullable String field() {
      return field;
    }
  }

  /** This engine, or this socket, has no such method. */
  public static final class MethodNotFound extends Refused {
    private static final long serialVersionUID = 1;

    MethodNotFound(String message) {
      super(Protocol.METHOD_NOT_FOUND, message);
    }
  }

  /** The engine cannot do it at the moment. */
  public static final class Unavailable extends Refused {
    private static final long serialVersionUID = 1;

    Unavailable(String message) {
      super(Protocol.UNAVAILABLE, message);
    }
  }

  /** The engine has taken it on and cannot say yet whether it is done. */
  public static final class OutcomeUnknown extends Refused {
    private static final long serialVersionUID = 1;

    OutcomeUnknown(String message) {
      super(Protocol.OUTCOME_UNKNOWN, message);
    }
  }

  /** Any other error of the engine. */
  public static final class EngineError extends Refused {
    private static final long serialVersionUID = 1;

    EngineError(int code, String message) {
      super(code, message);
    }
  }
}
