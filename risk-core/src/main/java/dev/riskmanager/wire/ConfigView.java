package dev.riskmanager.wire;

import java.time.Instant;
import java.util.List;

/**
 * The configuration in force: the answer of {@code config.show}.
 *
 * @param loadedAt when it was read
 * @param files the files, secrets masked
 */
public record ConfigView(Instant loadedAt, List<ConfigFile> files) {

  public ConfigView {
    files = Lists.copy(files);
  }

  /**
   * One file.
   *
   * @param name its name in the {@code config} directory
   * @param text its text, secrets masked
   * @param changedOnDisk whether the file differs from what is in force
   */
  public record ConfigFile(String name, String text, boolean changedOnDisk) {}
}
