package dev.riskmanager.daemon.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file that holds the number and the hash of the newest record of the audit. Written whole
 * under another name and renamed, so it is the old one or the new one.
 */
final class Marker {
  private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,17}) ([0-9a-f]{64})\\R?");

  private final Path file;

  Marker(Path file) {
    this.file = file;
  }

  /**
   * What it says; empty when it is not there.
   *
   * @throws IOException when it cannot be read, or holds something else
   */
  Optional<AuditHead> read() throws IOException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.US_ASCII);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IOException(file + " is not what the engine wrote");
    }
    return Optional.of(new AuditHead(Long.parseLong(matcher.group(1)), matcher.group(2)));
  }

  /** Returns when the disk has it. */
  void write(AuditHead head) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    PrivateFiles.create(fresh);
    Files.writeString(fresh, head.seq() + " " + head.hash() + "\n", StandardCharsets.US_ASCII);
    PrivateFiles.force(fresh);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    PrivateFiles.forceDirectory(Objects.requireNonNull(file.getParent(), "absolute"));
  }
}
