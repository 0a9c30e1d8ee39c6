package dev.riskmanager.wire;

/** The numbers of the control protocol. */
public final class Protocol {
  /** The version a client names in {@code hello}. */
  public static final int VERSION = 1;

  /** The longest line either side may send, in bytes, without the line feed. */
  public static final int MAX_LINE_BYTES = 1 << 20;

  /**
   * The longest path of a Unix domain socket in bytes. Linux allows 108 with a terminating zero;
   * Java keeps one of them for itself.
   */
  public static final int MAX_SOCKET_PATH_BYTES = 106;

  /** Not JSON, or not UTF-8. */
  public static final int PARSE_ERROR = -32700;

  /** JSON, but not a request, or out of order. */
  public static final int INVALID_REQUEST = -32600;

  /** No such method on this socket. */
  public static final int METHOD_NOT_FOUND = -32601;

  /** A parameter is missing, unknown or wrong; {@code data.field} names it. */
  public static final int INVALID_PARAMS = -32602;

  /** The engine failed; its log says more. */
  public static final int INTERNAL_ERROR = -32603;

  /** {@code authenticate} first, or the password was wrong. */
  public static final int NOT_AUTHENTICATED = -32001;

  /** Too many wrong passwords; {@code data.until} says until when. */
  public static final int BLOCKED = -32002;

  /** Forbidden by policy. */
  public static final int FORBIDDEN = -32003;

  /** No such account, lockout, receipt. */
  public static final int NOT_FOUND = -32004;

  /** The engine cannot do it at the moment: it is starting, stopping, or cannot write. */
  public static final int UNAVAILABLE = -32005;

  /** It was taken on and may still be carried out: nobody knows yet. */
  public static final int OUTCOME_UNKNOWN = -32006;

  private Protocol() {}
}
