package dev.riskmanager.daemon.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin's password: checked, set, changed, and blocked after {@link AttemptLog#ALLOWED} wrong
 * ones in {@link AttemptLog#WINDOW}. The hash is in one file, the wrong attempts in another beside
 * it, so that a restart forgets neither; the files are read anew each time and locked meanwhile, so
 * that the engine and a program that changes the password without it agree.
 *
 * <p>Thread-safe. All hashing is done on one thread of its own, one password at a time, however
 * many ask: it is meant to be slow, and must not take processors or memory from the engine. Callers
 * wait for it, so never the event thread.
 */
public final class AdminSecret implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AdminSecret.class);
  private static final Duration EMERGENCY_PACE = Duration.ofSeconds(1);

  /** After a password that was not accepted, for all who ask together. */
  private static final Duration REST = Duration.ofMillis(2);

  private static final int LONGEST = 1024;
  private static final int LOCK_ATTEMPTS = 50;
  private static final Duration LOCK_PAUSE = Duration.ofMillis(100);

  /**
   * A file lock is the process's, not the thread's: within the process this one is held as well.
   */
  private static final ReentrantLock PROCESS = new ReentrantLock();

  private final Path file;
  private final Path attemptFile;
  private final Path lockFile;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final ExecutorService hashing =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("admin-password").factory());

  // Of the hashing thread alone.
  private AttemptLog remembered = AttemptLog.NONE;
  private @Nullable Instant lastEmergency;

  private AdminSecret(Path file, InstantSource clock) {
    this.file = file;
    this.attemptFile = attemptsBeside(file);
    this.lockFile = file.resolveSibling(file.getFileName() + ".lock");
    this.clock = clock;
  }

  /** The file of the wrong passwords, beside that of the password. */
  static Path attemptsBeside(Path file) {
    return file.resolveSibling(file.getFileName() + ".attempts");
  }

  /** Held by whoever of this process writes the files. */
  static ReentrantLock writing() {
    return PROCESS;
  }

  /** What came of a password. */
  public sealed interface Verdict {
    /**
     * It is right.
     *
     * @param proof which password it was, for {@link AdminSecret#isCurrent}; no secret
     */
    record Accepted(String proof) implements Verdict {}

    /**
     * It is wrong.
     *
     * @param left how many more may be wrong before a block
     */
    record Wrong(int left) implements Verdict {}

    /**
     * It was not looked at.
     *
     * @param until the end of the block
     */
    record Blocked(Instant until) implements Verdict {}

    /** No password has been set yet. */
    record NotSet() implements Verdict {}

    /** One has been set already, so there can be no first one. */
    record AlreadySet() implements Verdict {}
  }

  /**
   * Opens the password of a home.
   *
   * @param file {@link dev.riskmanager.wire.HomeDir#adminSecret}; it need not exist, its directory
   *     must
   * @param clock tells how long ago a wrong password was; one that a person cannot set is best
   * @throws IOException with one line for the user, if the file is damaged or cannot be read
   */
  public static AdminSecret load(Path file, InstantSource clock) throws IOException {
    AdminSecret secret = new AdminSecret(file, clock);
    try {
      secret.stored();
      return secret;
    } catch (IOException e) {
      secret.close();
      throw e;
    }
  }

  /**
   * Whether there is a password.
   *
   * @throws IOException if the file is damaged or cannot be read
   */
  public boolean isSet() throws IOException {
    return stored().isPresent();
  }

  /**
   * Whether the password has not been changed since it was accepted.
   *
   * @throws IOException if the file is damaged or cannot be read
   */
  public boolean isCurrent(Verdict.Accepted accepted) throws IOException {
    return stored().map(hash -> proof(hash).equals(accepted)).orElse(false);
  }

  /**
   * Checks a password.
   *
   * @param password the caller wipes it
   * @throws IOException if the file is damaged or cannot be read
   */
  public Verdict verify(char[] password) throws IOException {
    return locked(() -> check(password, false));
  }

  /**
   * Checks a password also while passwords are blocked, at most once a second: for what reduces
   * risk. Wrong ones then neither lengthen the block nor count.
   *
   * @param password the caller wipes it
   * @throws IOException if the file is damaged or cannot be read
   */
  public Verdict verifyInEmergency(char[] password) throws IOException {
    return locked(() -> check(password, true));
  }

  /**
   * Sets the first password. Who may do that, the caller decides: the owner of the home.
   *
   * @param password one that {@link #problemWith} has nothing against; the caller wipes it
   * @return {@link Verdict.Accepted} or {@link Verdict.AlreadySet}
   * @throws IOException if it cannot be stored; then there is none
   */
  public Verdict setFirst(char[] password) throws IOException {
    refuseUnfit(password);
    return locked(() -> stored().isPresent() ? new Verdict.AlreadySet() : store(password));
  }

  /**
   * Changes the password.
   *
   * @param oldPassword the one so far; wrong ones count as in {@link #verify}; the caller wipes it
   * @param newPassword one that {@link #problemWith} has nothing against; the caller wipes it
   * @throws IOException if it cannot be stored; then the old one stays
   */
  public Verdict change(char[] oldPassword, char[] newPassword) throws IOException {
    refuseUnfit(newPassword);
    return locked(
        () -> {
          Verdict old = check(oldPassword, false);
          return old instanceof Verdict.Accepted ? store(newPassword) : old;
        });
  }

  /** Why something cannot be a password, for a person; empty if it can. */
  public static Optional<String> problemWith(char[] password) {
    if (password.length == 0) {
      return Optional.of("a password cannot be empty");
    }
    if (password.length > LONGEST) {
      return Optional.of("a password has at most " + LONGEST + " characters");
    }
    for (int i = 0; i < password.length; i++) {
      char c = password[i];
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < password.length
              && Character.isLowSurrogate(password[i + 1]);
      if (Character.isISOControl(c) || (Character.isSurrogate(c) && !pair)) {
        return Optional.of("a password cannot hold control characters or half characters");
      }
      i += pair ? 1 : 0;
    }
    return Optional.empty();
  }

  private static void refuseUnfit(char[] password) {
    problemWith(password)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
  }

  private Verdict check(char[] password, boolean emergency) throws IOException {
    Optional<PasswordHash> hash = stored();
    if (hash.isEmpty()) {
      return new Verdict.NotSet();
    }
    Instant now = clock.instant();
    AttemptLog attempts = attempts(now);
    Optional<Instant> blocked = attempts.blockedUntil(now);
    if (blocked.isPresent() && !(emergency && emergencyTurn(now))) {
      return new Verdict.Blocked(blocked.get());
    }
    if (hash.get().matches(password)) {
      return proof(hash.get());
    }
    if (blocked.isPresent()) {
      return new Verdict.Wrong(0);
    }
    AttemptLog after = attempts.afterWrong(now);
    remember(after);
    return after.blockedUntil(now).isPresent()
        ? new Verdict.Wrong(0)
        : new Verdict.Wrong(after.left(now));
  }

  /**
   * Whether a second has passed since the last password of an emergency; a clock set back is no
   * excuse.
   */
  private boolean emergencyTurn(Instant now) {
    Instant last = lastEmergency;
    if (last != null && !now.isBefore(last) && now.isBefore(last.plus(EMERGENCY_PACE))) {
      return false;
    }
    lastEmergency = now;
    return true;
  }

  private Verdict store(char[] password) throws IOException {
    PasswordHash hash = PasswordHash.of(password, random);
    SafeFile.replace(file, hash.phc() + "\n");
    return proof(hash);
  }

  private static Verdict.Accepted proof(PasswordHash hash) {
    // The salt is new with every password, so a few characters of the string tell them apart.
    return new Verdict.Accepted(Integer.toHexString(hash.phc().hashCode()));
  }

  private Optional<PasswordHash> stored() throws IOException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (MalformedInputException e) {
      text = "";
    }
    Optional<PasswordHash> hash = PasswordHash.parse(text);
    if (hash.isEmpty()) {
      throw new IOException(
          file
              + " is damaged; put it back from a backup, or as the owner of the home delete it and"
              + " run: risk-admin passwd");
    }
    return hash;
  }

  private AttemptLog attempts(Instant now) {
    try {
      Optional<AttemptLog> read =
          AttemptLog.read(Files.readString(attemptFile, StandardCharsets.UTF_8));
      if (read.isPresent()) {
        return read.get().at(now);
      }
      log.warn("{} is damaged; passwords are blocked as after wrong ones", attemptFile);
    } catch (NoSuchFileException e) {
      return remembered.at(now);
    } catch (IOException e) {
      log.warn("{} cannot be read; passwords are blocked as after wrong ones", attemptFile, e);
    }
    AttemptLog blocked = new AttemptLog(List.of(), now.plus(AttemptLog.WINDOW));
    remember(blocked);
    return blocked;
  }

  private void remember(AttemptLog attempts) {
    remembered = attempts;
    try {
      SafeFile.replace(attemptFile, attempts.write());
    } catch (IOException e) {
      log.error("cannot store wrong passwords in {}; they count until a restart", attemptFile, e);
    }
  }

  /** Does something with the files locked, on the hashing thread. */
  private Verdict locked(Step step) throws IOException {
    try {
      return hashing.submit(() -> paced(step)).get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw new IOException(failure.getMessage(), failure);
        case RuntimeException failure -> throw failure;
        case null, default -> throw new IOException("checking the password failed", e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while checking the password", e);
    }
  }

  /** A flood of wrong passwords is not to keep a processor busy with looking at two files. */
  private Verdict paced(Step step) throws IOException {
    Verdict verdict = lockedHere(step);
    if (!(verdict instanceof Verdict.Accepted)) {
      LockSupport.parkNanos(REST.toNanos());
    }
    return verdict;
  }

  private Verdict lockedHere(Step step) throws IOException {
    PROCESS.lock();
    try (FileChannel channel =
            FileChannel.open(
                lockFile,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                SafeFile.owner(lockFile));
        FileLock held = lock(channel)) {
      log.trace("holding {}", held);
      return step.take();
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      PROCESS.unlock();
    }
  }

  /**
   * Whoever holds it is about to finish; one who has been stopped in the middle must not stop us
   * too.
   */
  private FileLock lock(FileChannel channel) throws IOException {
    for (int i = 0; i < LOCK_ATTEMPTS; i++) {
      FileLock held = channel.tryLock();
      if (held != null) {
        return held;
      }
      LockSupport.parkNanos(LOCK_PAUSE.toNanos());
    }
    throw new IOException("another program holds " + lockFile + "; end it and try again");
  }

  /** Ends the hashing thread. */
  @Override
  public void close() {
    hashing.shutdown();
  }

  /** Something done with the files locked. */
  private interface Step {
    Verdict take() throws IOException;
  }
}
