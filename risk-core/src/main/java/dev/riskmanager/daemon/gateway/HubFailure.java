package dev.riskmanager.daemon.gateway;

/** A hub could not be connected, or did not do what it was asked. */
final class HubFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  HubFailure(String reason, int status) {
    super(reason);
    this.status = status;
  }

  HubFailure(String reason) {
    this(reason, 0);
  }

  /** The HTTP status of a refused connection; 0 when that was not it. */
  int status() {
    return status;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
