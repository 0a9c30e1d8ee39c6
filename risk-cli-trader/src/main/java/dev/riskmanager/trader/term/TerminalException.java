package dev.riskmanager.trader.term;

import java.io.IOException;

/** There is no terminal to draw on, or it does not do what it is told. */
public final class TerminalException extends IOException {
  private static final long serialVersionUID = 1;

  TerminalException(String message) {
    super(message);
  }
}
