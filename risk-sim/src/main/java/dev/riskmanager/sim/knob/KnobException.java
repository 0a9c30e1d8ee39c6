package dev.riskmanager.sim.knob;

/** An unknown knob or a value it cannot take; the message says what is allowed. */
public final class KnobException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KnobException(String message) {
    super(message);
  }
}
