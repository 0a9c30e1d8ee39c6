package dev.riskmanager.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets a process see another time of day than the machine's, which can be changed while it runs:
 * libfaketime, of Debian's package {@code faketime}. Its monotonic clock stays true, as it does
 * when somebody sets a machine's clock.
 */
final class FakeClock {
  private static final List<String> PLACES = List.of("/usr/lib", "/usr/lib64", "/usr/local/lib");

  private FakeClock() {}

  static boolean isThere() {
    return library().isPresent();
  }

  private static Optional<Path> library() {
    for (String place : PLACES) {
      Path directory = Path.of(place);
      if (Files.isDirectory(directory)) {
        try (Stream<Path> found =
            Files.find(
                directory, 3, (path, attributes) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
          Optional<Path> first = found.findFirst();
          if (first.isPresent()) {
            return first;
          }
        } catch (IOException e) {
          continue;
        }
      }
    }
    return Optional.empty();
  }

  /** The file holds how far the clock is off, as {@code +3600} or {@code -90}, in seconds. */
  static Map<String, String> environment(Path file) {
    return Map.of(
        "LD_PRELOAD",
        library().orElseThrow().toString(),
        "FAKETIME_TIMESTAMP_FILE",
        file.toString(),
        // Read again this often: at every look at the clock the file costs more than all the rest.
        "FAKETIME_CACHE_DURATION",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        "DONT_FAKE_MONOTONIC",
        "1",
        // Else every timed wait of the JVM comes back at once, and its threads spin.
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }
}
