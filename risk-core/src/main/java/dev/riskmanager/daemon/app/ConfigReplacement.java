package dev.riskmanager.daemon.app;

import dev.riskmanager.daemon.config.AtomicFile;
import dev.riskmanager.daemon.port.Refusal;
import dev.riskmanager.wire.HomeDir;
import dev.riskmanager.wire.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Replaces a file of the configuration, unless somebody else has changed it meanwhile. */
final class ConfigReplacement {
  private ConfigReplacement() {}

  /**
   * Replaces it as a whole.
   *
   * @param base the SHA-256 of the text that was edited
   * @return why it was not replaced; empty when it is on the disk
   */
  static Optional<Refusal> make(HomeDir home, String file, String base, String text) {
    Path path = home.config().resolve(file);
    try {
      if (!Sha256.hex(Files.readAllBytes(path)).equalsIgnoreCase(base)) {
        return Optional.of(
            Refusal.badParameter(
                "base",
                file + " was changed by somebody else meanwhile; nothing was written, edit again"));
      }
      // A link is kept: what it points to is replaced.
      AtomicFile.write(path.toRealPath(), text);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          Refusal.of(
              Refusal.Kind.UNAVAILABLE,
              "cannot write " + path + " (" + e.getMessage() + "); nothing was changed"));
    }
  }

  /** The SHA-256 of a text as a file has it. */
  static String hash(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }
}
