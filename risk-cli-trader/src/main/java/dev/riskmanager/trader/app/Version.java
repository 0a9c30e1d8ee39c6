package dev.riskmanager.trader.app;

import dev.riskmanager.wire.Release;

/** The version of this program. */
final class Version {
  private Version() {}

  /** Name and version as the engine hears them. */
  static String client() {
    return "risk-trader/" + number();
  }

  /** The version. */
  static String number() {
    return Release.version();
  }
}
