package dev.riskmanager.daemon.app;

import dev.riskmanager.wire.Release;

/** What was built. */
public final class Build {
  private Build() {}

  /** The version of this build, without the build tool's suffix. */
  public static String version() {
    return Release.version().replace("-SNAPSHOT", "");
  }
}
