package dev.riskmanager.daemon.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A directory whose path leaves room for that of a socket, which a build's own directory may not.
 */
final class ShortPaths implements AfterEachCallback {
  private final Path root;

  ShortPaths() {
    try {
      root = Files.createTempDirectory(Path.of("/tmp"), "rm");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path root() {
    return root;
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(root)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
