package dev.riskmanager.trader.term;

import java.io.IOException;

/** A terminal that can be told where a picture begins and ends, and shows none of it before. */
interface Whole {
  /** A picture begins. */
  void begin() throws IOException;

  /** It is whole. */
  void end() throws IOException;
}
