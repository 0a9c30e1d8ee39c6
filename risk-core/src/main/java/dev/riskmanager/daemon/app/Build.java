package dev.riskmanager.daemon.app;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** What was built. */
public final class Build {
  private Build() {}

  /** The version of this build, without the build tool's suffix. */
  public static String version() {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("/dev/riskmanager/build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the program's own files are damaged: build.properties", e);
    }
    return properties.getProperty("version", "unknown").replace("-SNAPSHOT", "");
  }
}
