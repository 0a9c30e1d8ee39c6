package dev.riskmanager.daemon.store;

import dev.riskmanager.daemon.port.Store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The key of the rows' hashes at a start, and what they say (ADR 0015). A home without a key gets
 * one; rows that carry no hash get theirs once, when the home had no key.
 */
final class SealsAtStart {
  private static final int SHOWN = 20;

  private final Path path;
  private final SealKeyFile file;
  private final SealKeyFile.Found found;
  private final SealKey key;

  private SealsAtStart(Path path, SealKeyFile file, SealKeyFile.Found found, SealKey key) {
    this.path = path;
    this.file = file;
    this.found = found;
    this.key = key;
  }

  /** Reads the key, or makes one. */
  static SealsAtStart begin(Path path) throws StoreException {
    SealKeyFile file = new SealKeyFile(path);
    SealKeyFile.Found found = file.read();
    try {
      SealKey key = found.key().isPresent() ? found.key().get() : file.create();
      return new SealsAtStart(path, file, found, key);
    } catch (IOException e) {
      throw StoreErrors.of(path, "written", e);
    }
  }

  SealKey key() {
    return key;
  }

  /** Whether there is a file that only a home with a database has. */
  boolean tellsOfEarlierRun() {
    return found.inUse() || found.trouble().isPresent();
  }

  /**
   * What the rows are found to be.
   *
   * @param trouble why they are not trusted; empty when they are
   * @param discarded those that are not taken over, because the venue tells them anew
   * @param seal whether all rows are to get the hash of what they hold
   */
  record Outcome(Optional<String> trouble, List<SealCheck.Changed> discarded, boolean seal) {
    private static Outcome of(String trouble) {
      return new Outcome(Optional.of(trouble), List.of(), true);
    }

    /** The rows that are not taken over, a line each; of many the first. */
    List<String> leftToTheVenue() {
      return discarded.stream()
          .limit(SHOWN)
          .map(row -> "left to the venue to tell: " + row.all())
          .toList();
    }
  }

  /**
   * Judges.
   *
   * @param fresh whether these books were made just now
   */
  Outcome judge(SealCheck check, boolean fresh) {
    if (fresh || !check.sealed() && !tellsOfEarlierRun()) {
      return new Outcome(Optional.empty(), List.of(), true);
    }
    if (found.trouble().isPresent()) {
      return Outcome.of("nothing vouches for the rows of the database: " + found.trouble().get());
    }
    if (!check.sealed()) {
      return Outcome.of(
          "the rows of the database carry no hashes, although this home has a key for them");
    }
    if (check.trouble().isEmpty()) {
      return new Outcome(Optional.empty(), List.of(), false);
    }
    if (!found.inUse()) {
      return Outcome.of(
          "the key of the rows' hashes, " + path + ", is missing: nothing vouches for the rows");
    }
    List<SealCheck.Changed> discarded =
        check.changed().stream().filter(SealsAtStart::comesAgain).toList();
    return new Outcome(check.trouble(), discarded, true);
  }

  /** Whether the venue tells it anew at every start. */
  private static boolean comesAgain(SealCheck.Changed row) {
    return row.table() == SealedTable.TRADES || row.table() == SealedTable.CONTRACTS;
  }

  /** The rows carry the key's hashes: it is not given up any more. */
  void confirm(Instant now) throws StoreException {
    if (found.inUse()) {
      return;
    }
    try {
      file.confirm(Replacement.stamp(now));
    } catch (IOException e) {
      throw StoreErrors.of(path, "written", e);
    }
  }
}
