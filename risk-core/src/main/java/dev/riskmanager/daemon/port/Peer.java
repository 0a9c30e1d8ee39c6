package dev.riskmanager.daemon.port;

/**
 * Who is at the other end of a control socket.
 *
 * @param user the operating-system user, as the kernel says; {@link #UNKNOWN} where it does not say
 * @param client name and version the program gave of itself: a claim, not a fact
 */
public record Peer(String user, String client) {
  /** The user where the system does not tell. */
  public static final String UNKNOWN = "unknown";
}
