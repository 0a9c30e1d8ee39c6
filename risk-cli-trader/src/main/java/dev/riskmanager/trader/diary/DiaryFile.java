package dev.riskmanager.trader.diary;

import dev.riskmanager.wire.WireJson;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The file of the diary: the trader's own, unknown to the engine. It is replaced as a whole, so
 * that it is always either the old or the new one.
 */
public final class DiaryFile {
  private final Path file;

  /**
   * A file.
   *
   * @param file where it is, or will be
   */
  public DiaryFile(Path file) {
    this.file = file;
  }

  /**
   * The file of a user.
   *
   * @param environment of the user
   * @param home of the user
   * @return {@code $XDG_STATE_HOME/risk-manager/diary.json}; without that variable, or if it is not
   *     absolute, {@code ~/.local/state/risk-manager/diary.json}
   */
  public static DiaryFile of(Map<String, String> environment, Path home) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    Path directory =
        !state.isEmpty() && Path.of(state).isAbsolute()
            ? Path.of(state)
            : home.resolve(".local").resolve("state");
    return new DiaryFile(directory.resolve("risk-manager").resolve("diary.json"));
  }

  /**
   * Where it is.
   *
   * @return its path
   */
  public Path path() {
    return file;
  }

  /**
   * Reads it.
   *
   * @return the diary, empty when there is no file
   * @throws IOException if it cannot be read or is no diary
   */
  public Diary read() throws IOException {
    if (!Files.exists(file)) {
      return Diary.EMPTY;
    }
    try {
      Diary diary = WireJson.mapper().readValue(Files.readAllBytes(file), Diary.class);
      if (diary != null) {
        return diary;
      }
    } catch (JacksonException | NullPointerException e) {
      throw noDiary(e);
    }
    throw noDiary(null);
  }

  private IOException noDiary(@Nullable Exception why) {
    String where =
        why instanceof JacksonException e && e.getLocation() != null
            ? " (line " + e.getLocation().getLineNr() + ")"
            : "";
    return new IOException(
        file + " is no diary" + where + "; mend it or move it away, it was left as it is", why);
  }

  /**
   * Writes it.
   *
   * @param diary what it shall hold
   * @throws IOException if it could not be written; the old one is then still there
   */
  public void write(Diary diary) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(file + " is no file");
    }
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    Files.createDirectories(directory, only(posix, "rwx------"));
    Path next = Files.createTempFile(directory, "diary", ".new", only(posix, "rw-------"));
    try {
      try (FileOutputStream out = new FileOutputStream(next.toFile())) {
        out.write(
            (WireJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(diary) + "\n")
                .getBytes(StandardCharsets.UTF_8));
        // On the disk before it takes the place of the old one.
        out.getFD().sync();
      }
      try {
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(next);
    }
  }

  private static FileAttribute<?>[] only(boolean posix, String permissions) {
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
