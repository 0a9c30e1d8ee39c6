package dev.riskmanager.trader.app;

/** A command could not do its work; the message is one line that says why and what to do. */
final class Failure extends Exception {
  private static final long serialVersionUID = 1;
  private static final int FAILED = 1;

  private final int exitCode;

  Failure(String message) {
    this(FAILED, message);
  }

  Failure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** What the program ends with. */
  int exitCode() {
    return exitCode;
  }
}
