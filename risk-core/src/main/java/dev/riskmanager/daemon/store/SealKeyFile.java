package dev.riskmanager.daemon.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;

/**
 * The file of the {@link SealKey}, 0600, away from the database. A new key lies under another name
 * until the rows carry its hashes: so a crash in between is told from a key that was taken away.
 */
final class SealKeyFile {
  private final Path file;
  private final Path pending;

  SealKeyFile(Path file) {
    this.file = file;
    this.pending = file.resolveSibling(file.getFileName() + ".new");
  }

  /**
   * What is there.
   *
   * @param key empty when there is none
   * @param inUse whether rows are known to carry its hashes
   * @param trouble why a file that is there is of no use; empty when it is not so
   */
  record Found(Optional<SealKey> key, boolean inUse, Optional<String> trouble) {}

  /** Looks; changes nothing but the permissions of the file, when others could read it. */
  Found read() {
    Optional<String> trouble = Optional.empty();
    try {
      Optional<SealKey> found = read(file);
      if (found.isPresent()) {
        return new Found(found, true, Optional.empty());
      }
    } catch (IOException e) {
      trouble = Optional.of(file + " cannot be read: " + StoreErrors.why(e));
    }
    try {
      return new Found(trouble.isPresent() ? Optional.empty() : read(pending), false, trouble);
    } catch (IOException _) {
      return new Found(Optional.empty(), false, trouble); // It was never in use.
    }
  }

  private static Optional<SealKey> read(Path path) throws IOException {
    String text;
    try {
      text = Files.readString(path, StandardCharsets.US_ASCII);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    PrivateFiles.restrict(path);
    Optional<SealKey> key = SealKey.parse(text);
    if (key.isEmpty()) {
      throw new IOException("it is not what the engine wrote");
    }
    return key;
  }

  /** Makes a key that is not in use yet; returns when the disk has it. */
  SealKey create() throws IOException {
    SealKey key = SealKey.random();
    Files.deleteIfExists(pending);
    PrivateFiles.create(pending);
    Files.writeString(pending, key.text() + "\n", StandardCharsets.US_ASCII);
    PrivateFiles.force(pending);
    forceDirectory();
    return key;
  }

  /** From now on it is in use. A file of that name that was of no use is kept beside. */
  void confirm(String when) throws IOException {
    if (Files.exists(file)) {
      Files.move(file, file.resolveSibling(file.getFileName() + ".kept-" + when));
    }
    Files.move(pending, file, StandardCopyOption.ATOMIC_MOVE);
    forceDirectory();
  }

  private void forceDirectory() throws IOException {
    PrivateFiles.forceDirectory(Objects.requireNonNull(file.getParent(), "absolute"));
  }
}
