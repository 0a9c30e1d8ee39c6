package dev.riskmanager.daemon.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what the file of the wrong passwords said: one that was taken away, emptied or put back
 * from before is put right, so that no block is lifted with it. Not safe for many threads.
 */
public final class AttemptWitness {
  private static final Logger log = LoggerFactory.getLogger(AttemptWitness.class);

  private final Path file;
  private final InstantSource clock;
  private final ReentrantLock writing;
  private AttemptLog known;

  /**
   * Knows what was remembered.
   *
   * @param secret the file of the password; that of the wrong ones is beside it
   * @param remembered what {@link #remembered} returned before; empty for nothing
   */
  public AttemptWitness(Path secret, String remembered, InstantSource clock) {
    this.file = AdminSecret.attemptsBeside(secret);
    this.clock = clock;
    this.writing = AdminSecret.writing();
    this.known = AttemptLog.read(remembered).orElse(AttemptLog.NONE);
  }

  /** What there is to remember. */
  public String remembered() {
    return known.write();
  }

  /**
   * Looks at the file, and puts it right if it has forgotten what still counts.
   *
   * @return what was found wrong with it; empty when nothing is
   */
  public Optional<String> look() {
    writing.lock();
    try {
      Instant now = clock.instant();
      @Nullable String text = text();
      // One that is damaged blocks by itself.
      AttemptLog found = text == null ? AttemptLog.NONE : AttemptLog.read(text).orElse(known);
      AttemptLog both = both(known.at(now), found, now);
      boolean forgot = !both.equals(both(AttemptLog.NONE, found, now));
      known = both;
      if (!forgot) {
        return Optional.empty();
      }
      SafeFile.replace(file, both.write());
      return Optional.of(
          "the file of the wrong passwords "
              + (text == null ? "was taken away" : "is an older one, or was edited")
              + both.blockedUntil(now)
                  .map(end -> "; passwords stay blocked until " + end)
                  .orElse(""));
    } catch (IOException e) {
      log.warn("{} cannot be looked at or put right", file, e);
      return Optional.empty();
    } finally {
      writing.unlock();
    }
  }

  private @Nullable String text() throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** All that still counts of both: a block says what the wrong ones before it would. */
  private static AttemptLog both(AttemptLog one, AttemptLog other, Instant now) {
    Optional<Instant> block = one.blockedUntil(now);
    Optional<Instant> otherBlock = other.blockedUntil(now);
    Instant until =
        block.isPresent() && otherBlock.isPresent() && otherBlock.get().isAfter(block.get())
            ? otherBlock.get()
            : block.or(() -> otherBlock).orElse(null);
    TreeSet<Instant> wrong = new TreeSet<>();
    if (until == null) {
      wrong.addAll(one.counting(now));
      wrong.addAll(other.counting(now));
    }
    return new AttemptLog(wrong.stream().toList(), until);
  }
}
