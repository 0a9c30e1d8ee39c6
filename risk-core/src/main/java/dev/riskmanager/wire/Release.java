package dev.riskmanager.wire;

/**
 * The version of this source. It stands here and not in a file that the build writes, because a
 * short-lived program would open its jars only to read that; a test holds that it is the build's.
 */
public final class Release {
  private static final String VERSION = "1.0.0-SNAPSHOT";

  private Release() {}

  /**
   * The version as the build tool has it.
   *
   * @return such as {@code 1.0.0} or {@code 1.0.0-SNAPSHOT}
   */
  public static String version() {
    return VERSION;
  }
}
