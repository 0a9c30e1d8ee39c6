package dev.riskmanager.sim.http;

/** A request the venue cannot read: HTTP 400. */
final class BadRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadRequest(String message) {
    super(message);
  }
}
