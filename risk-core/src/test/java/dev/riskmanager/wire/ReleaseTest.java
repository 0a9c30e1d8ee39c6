package dev.riskmanager.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ReleaseTest {
  @Test
  void theVersionInTheSourceIsThatOfTheBuild() throws Exception {
    Properties built = new Properties();
    try (InputStream file =
        Release.class.getResourceAsStream("/dev/riskmanager/build.properties")) {
      built.load(file);
    }

    assertThat(Release.version())
        .as("Release.VERSION and the version in pom.xml are changed together")
        .isEqualTo(built.getProperty("version"));
  }
}
