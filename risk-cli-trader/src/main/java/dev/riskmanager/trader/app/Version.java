package dev.riskmanager.trader.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this program, written into it by the build. */
final class Version {
  private Version() {}

  /** Name and version as the engine hears them. */
  static String client() {
    return "risk-trader/" + number();
  }

  /** The version. */
  static String number() {
    try (InputStream file = Version.class.getResourceAsStream("version.txt")) {
      if (file == null) {
        throw new IllegalStateException("version.txt is missing from the program");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
